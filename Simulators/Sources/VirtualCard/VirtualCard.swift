public import BlockCipher
public import SmartCard

/// A social-security card in memory: files, PIN and the oddities of its image.
///
/// A value without clock, socket or thread; whoever holds it decides when it is reset. The PIN and its tries survive a
/// reset and a removal, as they do on a chip.
public struct VirtualCard: Sendable {
    /// What the card was made from.
    public let image: CardImage
    let fileSystem: CardFileSystem
    let payment: PaymentFileSystem?
    /// What computes on the chip; nil if this machine cannot.
    let cipher: (any BlockCipher)?

    // Memory of the chip.
    var pin: [UInt8]
    /// Tries left.
    public internal(set) var triesLeft: Int
    /// Tries left by reference of a key; all of them where it says nothing.
    var keyTries: [UInt8: Int] = [:]

    // Lost at reset.
    var interface = CardInterface.contact
    var isEnvironmentSelected = false
    /// Short identifier of the current file.
    var currentFile: UInt8?
    var paymentSelection: PaymentFileSystem.Selection?
    /// References of the keys by which the terminal has proved itself.
    public internal(set) var authenticatedKeys: Set<UInt8> = []
    /// The random number that was given last; good for the next command only.
    var challenge: [UInt8] = []
    /// Whether the PIN was right since the last reset.
    public internal(set) var isPINVerified = false
    /// Data that waits for GET RESPONSE.
    var pendingData: [UInt8] = []
    var random: SplitMix64

    /// Makes a new card.
    ///
    /// - Parameters:
    ///   - image: what is written on it.
    ///   - seed: of its random numbers (challenges, garbage); equal seeds give equal answers.
    public init(image: CardImage, seed: UInt64) {
        self.init(image: image, seed: seed, cipher: ChipCipher.standard)
    }

    /// Makes a new card that computes with a certain cipher.
    ///
    /// - Parameters:
    ///   - image: what is written on it.
    ///   - seed: of its random numbers.
    ///   - cipher: what computes; nil for a card that cannot authenticate.
    public init(image: CardImage, seed: UInt64, cipher: (any BlockCipher)?) {
        self.image = image
        self.cipher = cipher
        payment = image.payment.map { PaymentFileSystem($0) }
        fileSystem = CardFileSystem(image: image)
        pin = CardFileSystem.bcd(image.pin)
        triesLeft = image.tries
        random = SplitMix64(seed: seed)
    }

    /// Powers the card up or resets it: selections and security status are lost.
    ///
    /// - Parameter interface: how it is reached from now on.
    /// - Returns: answer to reset of 2...33 bytes, or nil if the card stays silent.
    public mutating func reset(interface: CardInterface) -> [UInt8]? {
        self.interface = interface
        leaveEnvironment()
        isPINVerified = false
        challenge = []
        pendingData = []
        return has(.noAnswerToReset) ? nil : contentOfAnswerToReset
    }

    /// The answer to reset of the present interface.
    var contentOfAnswerToReset: [UInt8] {
        switch interface {
        case .contact:
            image.answerToReset ?? SyntheticAnswerToReset.contact(identificationCode: image.identificationCode)
        case .contactless:
            SyntheticAnswerToReset.contactless(identificationCode: image.identificationCode)
        }
    }

    /// Leaves whatever is selected; what a terminal proved was for the application that it leaves.
    mutating func leaveEnvironment() {
        isEnvironmentSelected = false
        currentFile = nil
        paymentSelection = nil
        authenticatedKeys = []
    }

    /// Carries out one command.
    ///
    /// - Parameter command: any bytes.
    /// - Returns: at least the two bytes of a status word, at most 258.
    public mutating func respond(to command: [UInt8]) -> [UInt8] {
        guard let parsed = CardCommand(command) else { return answer(CardStatus.wrongLength) }
        if parsed.instruction != Instruction.getResponse {
            pendingData = []
        }
        // A random number is good for the next command, and for no other.
        let challenge = self.challenge
        if parsed.instruction != Instruction.getResponse { self.challenge = [] }
        switch (parsed.classByte, parsed.instruction) {
        case (0x00, Instruction.select):
            return select(parsed)
        case (0x00, Instruction.readRecord):
            return readRecord(parsed)
        case (0x00, Instruction.getResponse):
            return getResponse(parsed)
        case (0x00, Instruction.verify):
            return verify(parsed)
        case (0x80, Instruction.changePIN):
            return changePIN(parsed)
        case (0x00, Instruction.getChallenge):
            return getChallenge(parsed)
        case (0x00, Instruction.readBinary):
            return answer(currentFile == nil ? CardStatus.noCurrentFile : CardStatus.wrongFileKind)
        case (0x00, Instruction.externalAuthenticate):
            return externalAuthenticate(parsed, challenge)
        case (0x00, Instruction.internalAuthenticate):
            return internalAuthenticate(parsed)
        case (0x84, Instruction.resetPIN):
            return resetPIN(parsed, challenge)
        case (0x80, Instruction.getData):
            return getData(parsed)
        case (0x00, _), (0x80, _), (0x84, _):
            return answer(CardStatus.unknownInstruction)
        default:
            return answer(CardStatus.unknownClass)
        }
    }

    func has(_ quirk: CardQuirk) -> Bool { image.quirks.contains(quirk) }

    /// Instruction bytes (PROTOCOLS.md 1.3, 1.7, 1.8).
    enum Instruction: Sendable {
        static let verify: UInt8 = 0x20
        static let resetPIN: UInt8 = 0x24
        static let changePIN: UInt8 = 0x5E
        static let externalAuthenticate: UInt8 = 0x82
        static let getChallenge: UInt8 = 0x84
        static let internalAuthenticate: UInt8 = 0x88
        static let select: UInt8 = 0xA4
        static let readBinary: UInt8 = 0xB0
        static let readRecord: UInt8 = 0xB2
        static let getResponse: UInt8 = 0xC0
        static let getData: UInt8 = 0xCA
    }

    /// Reference of RKSSSE, which opens the holder's file of generation 3.
    public static let holderKeyReference: UInt8 = 0x0A
    /// Reference of PUK, which permits to reset the PIN.
    public static let pinKeyReference: UInt8 = 0x06
}

extension VirtualCard: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Kind and generation; nothing about the person.
    public var description: String { "VirtualCard(\(image))" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
