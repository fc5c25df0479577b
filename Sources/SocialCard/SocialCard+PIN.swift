import BlockCipher
public import SmartCard

extension SocialCard {
    /// The numbers of digits that a PIN can have (PROTOCOLS.md 1.7).
    ///
    /// Nothing shorter, and above all nothing empty, is ever sent: some cards count an empty VERIFY as a try.
    public static let pinLengths = 4...16

    /// Sends a PIN to the card: VERIFY `00 20 00 00`, packed digits.
    ///
    /// The application must be selected, as after ``readIdentificationCode(_:)``. The command is made in memory that is
    /// wiped after the exchange, and sent exactly once.
    ///
    /// - Parameters:
    ///   - channel: The card.
    ///   - pin: The digits.
    /// - Returns: What the card said about the PIN.
    /// - Throws: ``SmartCardError`` when the exchange fails, after which it is unknown whether a try was used;
    ///   ``SocialCardError`` with `pin.length` before anything is sent, `pin.unsupported` or `card.refused` for other
    ///   status words.
    public static func verifyPIN(_ channel: any CardChannel, pin: some PINDigits) throws -> PINVerification {
        try pin.withDigits { digits in
            try check(digits)
            return try withCommand(length: 5 + packedLength(digits)) { command in
                try verify(channel, digits: digits, command: command)
            }
        }
    }

    /// Changes the PIN: `80 5E 01 00`, old packed digits, FF, new packed digits.
    ///
    /// The application must be selected. The command is made in memory that is wiped after the exchange, and sent
    /// exactly once.
    ///
    /// - Parameters:
    ///   - channel: The card.
    ///   - old: The digits of the present PIN.
    ///   - new: The digits of the new PIN.
    /// - Returns: What the card said about the present PIN; accepted if it was changed.
    /// - Throws: As ``verifyPIN(_:pin:)``.
    public static func changePIN(
        _ channel: any CardChannel,
        old: some PINDigits,
        new: some PINDigits
    ) throws -> PINVerification {
        try old.withDigits { oldDigits in
            try check(oldDigits)
            return try new.withDigits { newDigits in
                try check(newDigits)
                let length = 5 + packedLength(oldDigits) + 1 + packedLength(newDigits)
                return try withCommand(length: length) { command in
                    try change(channel, old: oldDigits, new: newDigits, command: command)
                }
            }
        }
    }
}

extension SocialCard {
    /// Makes VERIFY in `command`, which has exactly its length, sends it, and wipes the memory in whatever way this
    /// ends.
    static func verify(
        _ channel: any CardChannel,
        digits: UnsafeRawBufferPointer,
        command: UnsafeMutableRawBufferPointer
    ) throws -> PINVerification {
        defer { WipedMemory.wipe(command) }
        writeHeader([0x00, 0x20, 0x00, 0x00], to: command)
        pack(digits, into: UnsafeMutableRawBufferPointer(rebasing: command[5...]))
        return try outcome(of: channel.transmit(UnsafeRawBufferPointer(command)), instruction: "VERIFY (20)")
    }

    /// Makes CHANGE PIN in `command`, which has exactly its length, sends it, and wipes the memory in whatever way this
    /// ends.
    static func change(
        _ channel: any CardChannel,
        old: UnsafeRawBufferPointer,
        new: UnsafeRawBufferPointer,
        command: UnsafeMutableRawBufferPointer
    ) throws -> PINVerification {
        defer { WipedMemory.wipe(command) }
        writeHeader([0x80, 0x5E, 0x01, 0x00], to: command)
        let separator = 5 + packedLength(old)
        pack(old, into: UnsafeMutableRawBufferPointer(rebasing: command[5..<separator]))
        command[separator] = 0xFF
        pack(new, into: UnsafeMutableRawBufferPointer(rebasing: command[(separator + 1)...]))
        return try outcome(of: channel.transmit(UnsafeRawBufferPointer(command)), instruction: "CHANGE PIN (5E)")
    }

    /// Lends memory on the stack; what writes a PIN into it wipes it.
    static func withCommand<Result>(
        length: Int,
        _ body: (UnsafeMutableRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try withUnsafeTemporaryAllocation(byteCount: length, alignment: 1) { memory in
            try body(UnsafeMutableRawBufferPointer(rebasing: memory[..<length]))
        }
    }

    /// The bytes of packed digits: two a byte, an odd last one with F.
    static func packedLength(_ digits: UnsafeRawBufferPointer) -> Int { (digits.count + 1) / 2 }

    static func check(_ digits: UnsafeRawBufferPointer) throws(SocialCardError) {
        guard pinLengths.contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw SocialCardError(.pinLength, "a PIN is \(pinLengths.lowerBound) to \(pinLengths.upperBound) digits")
        }
    }

    static func writeHeader(_ header: [UInt8], to command: UnsafeMutableRawBufferPointer) {
        command.copyBytes(from: header)
        command[4] = UInt8(truncatingIfNeeded: command.count - 5)
    }

    static func pack(_ digits: UnsafeRawBufferPointer, into memory: UnsafeMutableRawBufferPointer) {
        for index in memory.indices {
            let first = digits[2 * index] & 0x0F
            let second = 2 * index + 1 < digits.count ? digits[2 * index + 1] & 0x0F : 0x0F
            memory[index] = first << 4 | second
        }
    }

    private static func outcome(of answer: [UInt8], instruction: String) throws -> PINVerification {
        let statusWord = try ResponseAPDU(bytes: answer).statusWord
        switch statusWord.meaning {
        case .success:
            return .accepted
        case .verificationFailed(let triesLeft):
            return triesLeft == 0 ? .blocked : .wrong(triesLeft: triesLeft)
        case .warningAfterChange where statusWord.rawValue == 0x6300:
            return .wrong(triesLeft: nil)
        case .authenticationBlocked:
            return .blocked
        case .instructionNotSupported, .classNotSupported, .functionNotSupported, .referencedDataNotFound:
            throw SocialCardError(.pinUnsupported, "\(instruction) answered \(statusWord)")
        default:
            throw SocialCardError(.refused, "\(instruction) answered \(statusWord)")
        }
    }
}
