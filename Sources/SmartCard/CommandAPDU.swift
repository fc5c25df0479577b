/// A command APDU of cases 1 to 4, short or extended (ISO 7816-3, 12.1).
///
/// | case | data | answer data |
/// |---|---|---|
/// | 1 | no | no |
/// | 2 | no | yes |
/// | 3 | yes | no |
/// | 4 | yes | yes |
///
/// The description shows header, Lc and Le only, since data can be a PIN or a person's.
public struct CommandAPDU: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The most data bytes that a command can carry (extended Lc is 2 bytes).
    public static let dataLimit = 65_535

    /// The greatest expected length (extended Le of 0).
    public static let expectedLengthLimit = 65_536

    /// Class byte.
    public var cla: UInt8

    /// Instruction byte.
    public var ins: UInt8

    /// First parameter byte.
    public var p1: UInt8

    /// Second parameter byte.
    public var p2: UInt8

    /// The data field, at most ``dataLimit`` bytes; empty if the command has none.
    public var data: [UInt8] {
        didSet { precondition(data.count <= Self.dataLimit, "command data has more than 65,535 bytes") }
    }

    /// Ne, the greatest number of answer bytes that are wanted: 1 to 65,536, or nil if none.
    public var expectedLength: Int? {
        didSet { precondition(Self.isExpectedLength(expectedLength), "expected length is not 1 to 65,536") }
    }

    /// Makes a command; lengths out of bounds are a programmer's error.
    ///
    /// - Parameters:
    ///   - cla: Class byte.
    ///   - ins: Instruction byte.
    ///   - p1: First parameter byte.
    ///   - p2: Second parameter byte.
    ///   - data: The data field, at most ``dataLimit`` bytes.
    ///   - expectedLength: Ne, 1 to 65,536, or nil if no answer data is wanted.
    public init(
        cla: UInt8 = 0,
        ins: UInt8,
        p1: UInt8 = 0,
        p2: UInt8 = 0,
        data: [UInt8] = [],
        expectedLength: Int? = nil
    ) {
        precondition(data.count <= Self.dataLimit, "command data has more than 65,535 bytes")
        precondition(Self.isExpectedLength(expectedLength), "expected length is not 1 to 65,536")
        self.cla = cla
        self.ins = ins
        self.p1 = p1
        self.p2 = p2
        self.data = data
        self.expectedLength = expectedLength
    }

    /// Header, Lc and Le, never data.
    public var description: String {
        var text = Hexadecimal.string([cla, ins, p1, p2])
        if !data.isEmpty { text += " Lc=\(data.count)" }
        if let expectedLength { text += " Le=\(expectedLength)" }
        return text
    }

    /// The same as ``description``: data is not shown to debuggers' printing either.
    public var debugDescription: String { description }

    private static func isExpectedLength(_ length: Int?) -> Bool {
        guard let length else { return true }
        return (1...expectedLengthLimit).contains(length)
    }
}
