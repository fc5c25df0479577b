import BlockCipher
public import SmartCard

/// A terminal security module in a slot of a reader (PROTOCOLS.md 1.8a).
///
/// Like ``SocialCard`` it works over a channel that the caller was lent by `CardReader.withCard(_:)`.
public struct PSAM {
    /// The most exchanges of one use; an honest module needs fewer than 20.
    public static let exchangeLimit = 40

    /// The number of bytes of an authentication code in a command.
    static let codeLength = 4

    private let channel: BoundedChannel
    private let dialect: PSAMDialect

    /// Takes the module that a reader lends.
    ///
    /// - Parameters:
    ///   - channel: The module.
    ///   - dialect: Its commands and keys.
    public init(_ channel: any CardChannel, dialect: PSAMDialect) {
        self.channel = BoundedChannel(channel, limit: Self.exchangeLimit)
        self.dialect = dialect
    }

    /// Answers the challenge of a card.
    ///
    /// A module without the key of INTERNAL AUTHENTICATE can open the card but not prove it.
    ///
    /// - Parameter challenge: What the card asks.
    /// - Returns: The answer.
    /// - Throws: ``SmartCardError`` of the exchange; ``SocialCardError`` with `psam.wrong-dialect`, `psam.key-missing`
    ///   or `psam.refused`.
    public func answer(_ challenge: AuthenticationChallenge) throws -> AuthenticationAnswer {
        guard dialect.algorithms.contains(challenge.algorithm) else {
            throw SocialCardError(.psamKeyMissing, "the module has no keys of the card's algorithm")
        }
        try selectFolder()
        let internalResult = try dialect.internalKey.flatMap { key -> [UInt8]? in
            do {
                return try result(key, challenge, process: challenge.internalProcess, source: challenge.internalSource)
            } catch let error as SocialCardError where error.code == .psamKeyMissing {
                return nil
            }
        }
        let key = challenge.purpose == .holder ? dialect.holderKey : dialect.pinUnlockKey
        let external = try result(
            key,
            challenge,
            process: challenge.externalProcess,
            source: challenge.externalSource
        )
        guard
            let answer = AuthenticationAnswer(
                internalResult: internalResult,
                externalResult: external,
                externalSource: challenge.externalSource
            )
        else { throw SocialCardError(.psamRefused, "a result is too short") }
        return answer
    }

    /// Protects a command that unblocks or sets the PIN.
    ///
    /// - Parameters:
    ///   - command: What the card is to do.
    ///   - newPIN: The digits of the new PIN for setting it; nil for unblocking.
    /// - Returns: The data field of the command.
    /// - Throws: As ``answer(_:)``; `pin.length` for a PIN that cannot be sent.
    public func seal(_ command: PINResetCommand, newPIN: (any PINDigits)?) throws -> [UInt8] {
        try selectFolder()
        try initialise(dialect.pinSealKey, command.factors, process: nil)
        let cipherText = try newPIN.map { try encrypt(pin: $0, blockLength: command.blockLength) } ?? []
        let header = command.action.header(dataLength: cipherText.count + Self.codeLength)
        let padded = BlockPadding.padded(header + cipherText, blockLength: command.blockLength)
        let code = try cipher(dialect.authenticationCode, command.initialVector + padded)
        guard code.count >= Self.codeLength else { throw SocialCardError(.psamRefused, "a code is too short") }
        return cipherText + code.prefix(Self.codeLength)
    }

    /// 终端机编号: the module's terminal number, readable before anything else is selected.
    ///
    /// - Returns: 12 digits, or nil if the module does not give it.
    /// - Throws: ``SmartCardError`` of the exchange.
    public func terminalNumber() throws -> String? {
        // EF 16 by its short identifier (PROTOCOLS.md 1.8a).
        let response = try channel.send(CommandAPDU(ins: 0xB0, p1: 0x96, expectedLength: 6))
        guard response.statusWord.isSuccess, response.data.count == 6 else { return nil }
        return RecordValue.decimalDigits(response.data).flatMap { $0.utf8.count == 12 ? $0 : nil }
    }
}

extension PSAM {
    private func selectFolder() throws {
        let command: CommandAPDU
        switch dialect.folder {
        case .file(let identifier):
            let bytes = [UInt8(truncatingIfNeeded: identifier >> 8), UInt8(truncatingIfNeeded: identifier)]
            command = CommandAPDU(ins: 0xA4, data: bytes)
        case .application(let name):
            command = CommandAPDU(ins: 0xA4, p1: 0x04, data: name)
        }
        let statusWord = try channel.send(command).statusWord
        guard statusWord.isSuccess else {
            throw SocialCardError(.psamWrongDialect, "SELECT (A4) of the keys answered \(statusWord)")
        }
    }

    /// Chooses a key and derives the session's from it: with the factors of the card, then with the process factor.
    private func initialise(_ key: PSAMDialect.Key, _ factors: DiversificationFactors, process: [UInt8]?) throws {
        let levels = factors.levels(dialect.levels)
        let ownProcess = dialect.derive == nil ? process ?? [] : []
        let usage = UInt8(truncatingIfNeeded: dialect.levels) << 5 | key.type
        try accept(
            channel.send(
                CommandAPDU(
                    cla: dialect.initialise.cla,
                    ins: dialect.initialise.ins,
                    p1: usage,
                    p2: key.identifier,
                    data: levels + ownProcess
                )
            ),
            of: dialect.initialise
        )
        guard let derive = dialect.derive, let process else { return }
        try accept(channel.send(CommandAPDU(cla: derive.cla, ins: derive.ins, data: process)), of: derive)
    }

    private func result(
        _ key: PSAMDialect.Key,
        _ challenge: AuthenticationChallenge,
        process: [UInt8],
        source: [UInt8]
    ) throws -> [UInt8] {
        try initialise(key, challenge.factors, process: process)
        return Array(try cipher(dialect.encryption, source).prefix(AuthenticationChallenge.length))
    }

    private func cipher(_ parameter: UInt8, _ data: [UInt8]) throws -> [UInt8] {
        let command = CommandAPDU(cla: dialect.cipher.cla, ins: dialect.cipher.ins, p1: parameter, data: data)
        return try accept(channel.send(command), of: dialect.cipher)
    }

    /// Encrypts the block of a PIN (PROTOCOLS.md 1.7): the number of packed bytes, the packed digits, padding.
    ///
    /// The command is made in memory that is wiped, and sent once.
    private func encrypt(pin: some PINDigits, blockLength: Int) throws -> [UInt8] {
        try pin.withDigits { digits in
            try SocialCard.check(digits)
            let packed = SocialCard.packedLength(digits)
            let length = BlockPadding.paddedLength(1 + packed, blockLength: blockLength)
            return try SocialCard.withCommand(length: 5 + length) { command in
                defer { WipedMemory.wipe(command) }
                command.initializeMemory(as: UInt8.self, repeating: 0)
                SocialCard.writeHeader([dialect.cipher.cla, dialect.cipher.ins, dialect.encryption, 0x00], to: command)
                command[5] = UInt8(truncatingIfNeeded: packed)
                SocialCard.pack(digits, into: UnsafeMutableRawBufferPointer(rebasing: command[6..<(6 + packed)]))
                command[6 + packed] = BlockPadding.marker
                var response = try ResponseAPDU(bytes: channel.transmit(UnsafeRawBufferPointer(command)))
                if let count = response.statusWord.bytesAvailable {
                    response = try channel.send(CommandAPDU(ins: 0xC0, expectedLength: count))
                }
                let cipherText = try accept(response, of: dialect.cipher)
                guard cipherText.count == length else {
                    throw SocialCardError(.psamRefused, "the encrypted PIN has \(cipherText.count) bytes")
                }
                return cipherText
            }
        }
    }

    @discardableResult
    private func accept(_ response: ResponseAPDU, of command: PSAMDialect.Command) throws -> [UInt8] {
        let statusWord = response.statusWord
        if statusWord.isSuccess { return response.data }
        let message = "\(dialect.name) command \(Hexadecimal.string([command.cla, command.ins])) answered \(statusWord)"
        switch statusWord.meaning {
        case .instructionNotSupported, .classNotSupported, .wrongLength, .wrongParameters:
            throw SocialCardError(.psamWrongDialect, message)
        case .referencedDataNotFound, .keyIndexNotSupported, .functionNotSupported, .fileNotFound, .recordNotFound:
            throw SocialCardError(.psamKeyMissing, message)
        default:
            throw SocialCardError(.psamRefused, message)
        }
    }
}

@available(*, unavailable)
extension PSAM: Sendable {}
