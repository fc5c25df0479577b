/// All that is written on a virtual terminal security module.
public struct SecurityModuleImage: Hashable, Sendable {
    /// The commands that the module knows (PROTOCOLS.md 1.8a).
    public enum Dialect: String, Hashable, Sendable, CaseIterable {
        /// `BF DE`: the process factor follows the factors of the card.
        case bfde
        /// `80 1A`: `80 FC` takes the process factor.
        case cla801a = "801a"
    }

    /// Digits of a terminal number.
    public static let terminalNumberLength = 12

    /// The commands that the module knows.
    public var dialect: Dialect
    /// The algorithm of its keys; SSF33 is none that it can compute.
    public var cipher: CardCipher
    /// What it has keys for.
    public var keys: Set<SimulatedKeys.Purpose>
    /// Which of its keys are wrong.
    public var wrongKeys: Set<SimulatedKeys.Purpose>
    /// 12 digits.
    public var terminalNumber: String
    /// Answer to reset; nil makes the synthetic one of PROTOCOLS.md 1.6.
    public var answerToReset: [UInt8]?

    /// Makes an image.
    public init(
        dialect: Dialect,
        cipher: CardCipher,
        keys: Set<SimulatedKeys.Purpose> = Set(SimulatedKeys.Purpose.allCases),
        wrongKeys: Set<SimulatedKeys.Purpose> = [],
        terminalNumber: String = "440703000001",
        answerToReset: [UInt8]? = nil
    ) {
        precondition(terminalNumber.utf8.count == Self.terminalNumberLength)
        self.dialect = dialect
        self.cipher = cipher
        self.keys = keys
        self.wrongKeys = wrongKeys
        self.terminalNumber = terminalNumber
        self.answerToReset = answerToReset
    }
}
