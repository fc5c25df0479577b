extension CommandAPDU {
    /// Parses a command strictly (ISO 7816-3, 12.1.3): every byte must be accounted for by one of the seven forms.
    ///
    /// The extended form is also accepted where the short one would do; ``bytes`` then gives the short one.
    ///
    /// - Parameter bytes: The whole command APDU.
    /// - Throws: ``SmartCardError`` with `apdu.malformed` if the bytes have none of the forms.
    public init(bytes: some Collection<UInt8>) throws(SmartCardError) {
        let parsed: CommandAPDU?
        if let contiguous = bytes.withContiguousStorageIfAvailable({ Self.parse($0) }) {
            parsed = contiguous
        } else {
            parsed = Array(bytes).withUnsafeBufferPointer { Self.parse($0) }
        }
        guard let parsed else {
            throw SmartCardError(.apduMalformed, "a command of \(bytes.count) bytes has no form of ISO 7816-3")
        }
        self = parsed
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> CommandAPDU? {
        guard bytes.count >= 4 else { return nil }
        var command = CommandAPDU(cla: bytes[0], ins: bytes[1], p1: bytes[2], p2: bytes[3])
        let body = UnsafeBufferPointer(rebasing: bytes[4...])
        guard let first = body.first else { return command }  // case 1
        if body.count == 1 {  // case 2 short
            command.expectedLength = first == 0 ? 256 : Int(first)
            return command
        }
        return first == 0 ? parseExtended(body, command) : parseShort(body, command, dataLength: Int(first))
    }

    private static func parseShort(
        _ body: UnsafeBufferPointer<UInt8>,
        _ header: CommandAPDU,
        dataLength: Int
    ) -> CommandAPDU? {
        var command = header
        switch body.count - 1 - dataLength {
        case 0:  // case 3 short
            break
        case 1:  // case 4 short
            let last = body[body.count - 1]
            command.expectedLength = last == 0 ? 256 : Int(last)
        default:
            return nil
        }
        command.data = Array(body[1..<(1 + dataLength)])
        return command
    }

    /// `body` begins with the zero byte of the extended form and has 2 bytes or more.
    private static func parseExtended(_ body: UnsafeBufferPointer<UInt8>, _ header: CommandAPDU) -> CommandAPDU? {
        guard body.count >= 3 else { return nil }
        var command = header
        let length = Int(body[1]) << 8 | Int(body[2])
        if body.count == 3 {  // case 2 extended
            command.expectedLength = length == 0 ? 65_536 : length
            return command
        }
        guard length > 0 else { return nil }
        switch body.count - 3 - length {
        case 0:  // case 3 extended
            break
        case 2:  // case 4 extended
            let last = Int(body[body.count - 2]) << 8 | Int(body[body.count - 1])
            command.expectedLength = last == 0 ? 65_536 : last
        default:
            return nil
        }
        command.data = Array(body[3..<(3 + length)])
        return command
    }
}
