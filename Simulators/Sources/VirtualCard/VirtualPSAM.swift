public import BlockCipher

/// A terminal security module in memory, with the simulator's own keys (PROTOCOLS.md 1.8a).
///
/// It answers as a chip with T=0 does: data that follows data is fetched by GET RESPONSE.
public struct VirtualPSAM: Sendable {
    /// Names of the folder with the keys.
    private static let folderName: [UInt8] = [0xD1, 0x56, 0x00, 0x00, 0x05, 0x90]
    private static let folderIdentifier: [UInt8] = [0xDF, 0x01]
    /// The type of all keys: authentication code and encryption.
    private static let keyType: UInt8 = 8

    /// What the module was made from.
    public let image: SecurityModuleImage
    private let keys: SimulatedKeys?

    // Lost at reset.
    private var isFolderSelected = false
    private var session: Session?
    private var pendingData: [UInt8] = []
    private var random: SplitMix64

    /// A key that was chosen, and how it is derived.
    private struct Session: Sendable {
        var purpose: SimulatedKeys.Purpose
        var factors: [[UInt8]]
        var process: [UInt8]?
    }

    /// Makes a module.
    ///
    /// - Parameters:
    ///   - image: what is written on it.
    ///   - seed: of its random numbers.
    public init(image: SecurityModuleImage, seed: UInt64) {
        self.init(image: image, seed: seed, cipher: ChipCipher.standard)
    }

    /// Makes a module that computes with a certain cipher.
    ///
    /// - Parameters:
    ///   - image: what is written on it.
    ///   - seed: of its random numbers.
    ///   - cipher: what computes; nil for a module that cannot.
    public init(image: SecurityModuleImage, seed: UInt64, cipher: (any BlockCipher)?) {
        self.image = image
        random = SplitMix64(seed: seed)
        guard let cipher, let algorithm = image.cipher.algorithm else {
            keys = nil
            return
        }
        keys = SimulatedKeys(cipher: cipher, algorithm: algorithm, foreign: image.wrongKeys)
    }

    /// Powers the module up or resets it.
    ///
    /// - Returns: the answer to reset.
    public mutating func reset() -> [UInt8] {
        isFolderSelected = false
        session = nil
        pendingData = []
        // Shape of a deployed module: T=0 at a higher rate, 13 historical bytes that end with the terminal number.
        let number = CardFileSystem.bcd(image.terminalNumber)
        return image.answerToReset
            ?? [0x3B, 0x7D, image.dialect == .bfde ? 0x94 : 0x96, 0x00, 0x00]
            + [0x00, 0x81, 0x50, 0x53, 0x41, 0x4D, 0x01] + number
    }

    /// Carries out one command.
    ///
    /// - Parameter command: any bytes.
    /// - Returns: at least the two bytes of a status word, at most 258.
    public mutating func respond(to command: [UInt8]) -> [UInt8] {
        guard let parsed = CardCommand(command) else { return answer(CardStatus.wrongLength) }
        if parsed.classByte == 0x00, parsed.instruction == VirtualCard.Instruction.getResponse {
            return getResponse(parsed)
        }
        pendingData = []
        switch (image.dialect, parsed.classByte, parsed.instruction) {
        case (_, 0x00, VirtualCard.Instruction.select):
            return select(parsed)
        case (_, 0x00, VirtualCard.Instruction.readBinary):
            return readTerminalNumber(parsed)
        case (_, 0x00, VirtualCard.Instruction.getChallenge):
            guard parsed.expectedLength == 8 else { return answer(CardStatus.wrongLength) }
            return answer(CardStatus.success, random.bytes(8))
        case (.bfde, 0xBF, 0xDE), (.cla801a, 0x80, 0x1A):
            return initialise(parsed)
        case (.cla801a, 0x80, 0xFC):
            return derive(parsed)
        case (_, 0x80, 0xFA):
            return cipher(parsed)
        case (_, 0x00, _), (_, 0x80, _):
            return answer(CardStatus.unknownInstruction)
        default:
            return answer(CardStatus.unknownClass)
        }
    }
}

extension VirtualPSAM {
    private mutating func select(_ command: CardCommand) -> [UInt8] {
        session = nil
        let name = Array(command.data)
        switch (command.parameter1, name) {
        case (0x00, [0x3F, 0x00]):
            isFolderSelected = false
            return answer(CardStatus.success)
        case (0x00, Self.folderIdentifier), (0x04, Self.folderName):
            isFolderSelected = true
            return hand(over: [0x6F, 0x08, 0x84, 0x06] + Self.folderName)
        default:
            return answer(CardStatus.fileNotFound)
        }
    }

    /// EF 16 by its short identifier, outside the folder.
    private func readTerminalNumber(_ command: CardCommand) -> [UInt8] {
        guard !isFolderSelected, command.parameter1 == 0x96 else { return answer(CardStatus.fileNotFound) }
        guard command.expectedLength == 6 else { return answer(CardStatus.correctLength(6)) }
        return answer(CardStatus.success, CardFileSystem.bcd(image.terminalNumber))
    }

    /// P1: levels of diversification in three bits, type of key in five; P2: the key.
    private mutating func initialise(_ command: CardCommand) -> [UInt8] {
        session = nil
        guard isFolderSelected else { return answer(CardStatus.conditionsNotSatisfied) }
        let levels = Int(command.parameter1 >> 5)
        guard (1...3).contains(levels) else { return answer(CardStatus.wrongParameters) }
        guard command.parameter1 & 0x1F == Self.keyType, let purpose = Self.purpose(command.parameter2),
            image.keys.contains(purpose)
        else { return answer(CardStatus.referenceNotFound) }
        guard keys != nil else { return answer(CardStatus.functionNotSupported) }
        let length = SimulatedKeys.factorLength
        let parts = stride(from: 0, to: command.data.count, by: length).map {
            Array(command.data.dropFirst($0).prefix(length))
        }
        let takesProcess = image.dialect == .bfde && parts.count == levels + 1
        guard command.data.count.isMultiple(of: length), parts.count == levels || takesProcess else {
            return answer(CardStatus.wrongLength)
        }
        session = Session(
            purpose: purpose,
            factors: Array(parts.prefix(levels)),
            process: takesProcess ? parts[levels] : nil
        )
        return answer(CardStatus.success)
    }

    private mutating func derive(_ command: CardCommand) -> [UInt8] {
        guard session != nil else { return answer(CardStatus.conditionsNotSatisfied) }
        guard command.data.count == SimulatedKeys.factorLength else { return answer(CardStatus.wrongLength) }
        session?.process = Array(command.data)
        return answer(CardStatus.success)
    }

    /// P1 00 encrypts, P1 05 makes an authentication code over an initial vector and padded data.
    private mutating func cipher(_ command: CardCommand) -> [UInt8] {
        guard let session, let keys else { return answer(CardStatus.conditionsNotSatisfied) }
        let blockLength = keys.algorithm.blockLength
        let data = Array(command.data)
        let result: [UInt8]?
        switch (command.parameter1, command.parameter2) {
        case (0x00, 0x00):
            if data.count == SimulatedKeys.factorLength, let process = session.process {
                result = try? keys.result(session.purpose, session.factors, process: process, source: data)
                break
            }
            guard !data.isEmpty, data.count.isMultiple(of: blockLength) else { return answer(CardStatus.wrongLength) }
            result = try? keys.encrypt(session.purpose, session.factors, process: session.process, data)
        case (0x05, 0x00):
            guard data.count >= 2 * blockLength, data.count.isMultiple(of: blockLength) else {
                return answer(CardStatus.wrongLength)
            }
            result = try? keys.authenticationCode(
                session.purpose,
                session.factors,
                process: session.process,
                initialVector: Array(data.prefix(blockLength)),
                Array(data.dropFirst(blockLength))
            )
        default:
            return answer(CardStatus.wrongParameters)
        }
        guard let result else { return answer(CardStatus.noDiagnosis) }
        return hand(over: result)
    }

    /// The identifiers of keys: RKSSSE 0A, internal authentication 0B, PUK 10, STK 09.
    private static func purpose(_ identifier: UInt8) -> SimulatedKeys.Purpose? {
        switch identifier {
        case 0x0A: .holder
        case 0x0B: .internalAuthentication
        case 0x10: .pinUnlock
        case 0x09: .pinSeal
        default: nil
        }
    }

    private mutating func hand(over data: [UInt8]) -> [UInt8] {
        pendingData = data
        return answer(CardStatus.available(data.count))
    }

    private mutating func getResponse(_ command: CardCommand) -> [UInt8] {
        guard !pendingData.isEmpty else { return answer(CardStatus.conditionsNotSatisfied) }
        guard command.expectedLength == pendingData.count else {
            return answer(CardStatus.correctLength(pendingData.count))
        }
        defer { pendingData = [] }
        return answer(CardStatus.success, pendingData)
    }
}

extension VirtualPSAM: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The dialect; no key.
    public var description: String { "VirtualPSAM(\(image.dialect.rawValue))" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
