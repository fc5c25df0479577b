/// The limits of ``CardChannel/send(_:)``.
public enum ResponseLimits: Sendable {
    /// The most exchanges for one command.
    ///
    /// The command, its resending, and GET RESPONSE for about 8 KiB, four times the largest file (a certificate). A
    /// card that announces data without end is given up here.
    public static let exchanges = 36

    /// The most data bytes, in all parts together: the greatest data field that one extended response can have.
    public static let bytes = ResponseAPDU.dataLimit
}

extension CardChannel {
    /// Sends a command and fetches its whole answer: GET RESPONSE for 61xx, sending again for 6Cxx (ISO 7816-3, 12.2;
    /// PROTOCOLS.md 1.3 and 3.3).
    ///
    /// An answer that needs neither is passed on without a copy. Not for commands that carry a PIN: those must not be
    /// sent twice.
    ///
    /// - Parameter command: The command.
    /// - Returns: The data of all parts, and the last status word, whatever it says.
    /// - Throws: ``SmartCardError`` of the exchange; `apdu.malformed` for an answer without a status word;
    ///   `apdu.response-loop` and `apdu.response-too-long` at the ``ResponseLimits``.
    public func send(_ command: CommandAPDU) throws(SmartCardError) -> ResponseAPDU {
        let response = try exchange(command)
        switch response.statusWord.sw1 {
        case 0x61, 0x6C: return try complete(response, of: command)
        default: return response
        }
    }

    private func exchange(_ command: CommandAPDU) throws(SmartCardError) -> ResponseAPDU {
        try ResponseAPDU(
            bytes: command.withEncodedBytes { (bytes) throws(SmartCardError) -> [UInt8] in try transmit(bytes) }
        )
    }

    private func complete(
        _ first: ResponseAPDU,
        of command: CommandAPDU
    ) throws(SmartCardError) -> ResponseAPDU {
        var sent = command
        var response = first
        var data: [UInt8] = []
        for _ in 1..<ResponseLimits.exchanges {
            if let length = response.statusWord.correctLength {
                guard sent.expectedLength != length else {
                    throw SmartCardError(.apduResponseLoop, "the card refuses the length that it asked for: \(sent)")
                }
                sent.expectedLength = length
            } else if let length = response.statusWord.bytesAvailable {
                try append(response.data, to: &data)
                sent = .getResponse(to: command, expectedLength: length)
            } else {
                try append(response.data, to: &data)
                return ResponseAPDU(data: data, statusWord: response.statusWord)
            }
            response = try exchange(sent)
        }
        throw SmartCardError(
            .apduResponseLoop,
            "the answer to \(command) has no end after \(ResponseLimits.exchanges) exchanges"
        )
    }

    private func append(_ part: [UInt8], to data: inout [UInt8]) throws(SmartCardError) {
        guard part.count <= ResponseLimits.bytes - data.count else {
            throw SmartCardError(.apduResponseTooLong, "the answer has more than \(ResponseLimits.bytes) bytes")
        }
        if data.isEmpty { data = part } else { data += part }
    }
}

extension CommandAPDU {
    /// GET RESPONSE on the logical channel of the command whose answer it fetches.
    fileprivate static func getResponse(to command: CommandAPDU, expectedLength: Int) -> CommandAPDU {
        // Classes 00 to 03 carry the channel in the last two bits; proprietary classes use channel 0.
        CommandAPDU(cla: command.cla & 0xFC == 0 ? command.cla : 0, ins: 0xC0, expectedLength: expectedLength)
    }
}
