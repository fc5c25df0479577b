import SmartCard

/// Selects the application and its files, and reads their records (PROTOCOLS.md 1.1 to 1.3).
struct CardFileReader {
    /// The name of the social-security application SSSE: "sx1.sh.社会保障" in GBK.
    static let applicationName: [UInt8] = [
        0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E,  // sx1.sh.
        0xC9, 0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF,  // 社会保障
    ]

    /// The files of the application that are read.
    enum File: UInt16 {
        case issuer = 0xEF05
        case holder = 0xEF06
    }

    private let channel: any CardChannel

    /// The forms of P1 and P2 that cards in the field want for SELECT by file identifier, the one that worked first.
    private var selectionForms: [(p1: UInt8, p2: UInt8)] = [(0x00, 0x00), (0x02, 0x00), (0x02, 0x02)]

    /// - Parameter channel: The card, already bounded in its exchanges.
    init(_ channel: any CardChannel) {
        self.channel = channel
    }

    /// Selects the application.
    ///
    /// - Returns: The file control information, which some cards leave out.
    /// - Throws: `card.not-social-security` if the card does not know it, `card.refused` for other status words.
    func selectApplication() throws -> [UInt8] {
        var command = CommandAPDU(ins: 0xA4, p1: 0x04, data: Self.applicationName)
        var response = try channel.send(command)
        if response.statusWord == .wrongLength {
            // All known readers send no Le; block-oriented cards can insist on one.
            command.expectedLength = 256
            response = try channel.send(command)
        }
        if response.statusWord.isSuccess { return response.data }
        switch response.statusWord.meaning {
        case .wrongLength, .wrongParameters, .wrongData, .functionNotSupported, .fileNotFound, .recordNotFound,
            .notEnoughMemory, .referencedDataNotFound, .instructionNotSupported, .classNotSupported:
            throw SocialCardError(.notSocialSecurity, "SELECT of the application answered \(response.statusWord)")
        case _ where response.statusWord == .selectionFailed:
            throw SocialCardError(.notSocialSecurity, "SELECT of the application answered \(response.statusWord)")
        default:
            throw SocialCardError(.refused, "SELECT (A4) of the application answered \(response.statusWord)")
        }
    }

    /// Selects a file, with each form that is known until one is taken.
    ///
    /// - Throws: `card.file-missing` if the card does not know the file, `card.refused` for other status words.
    mutating func select(_ file: File) throws {
        var lastRefusal = StatusWord.fileNotFound
        let identifier = [UInt8(truncatingIfNeeded: file.rawValue >> 8), UInt8(truncatingIfNeeded: file.rawValue)]
        for (index, form) in selectionForms.enumerated() {
            let response = try channel.send(CommandAPDU(ins: 0xA4, p1: form.p1, p2: form.p2, data: identifier))
            if response.statusWord.isSuccess {
                selectionForms.swapAt(0, index)
                return
            }
            lastRefusal = response.statusWord
        }
        let isUnknown = lastRefusal.sw1 == 0x6A
        throw SocialCardError(
            isUnknown ? .fileMissing : .refused,
            "SELECT (A4) of \(file) file answered \(lastRefusal)"
        )
    }

    /// Reads records of the selected file: by tag, and by number if the card does not know tags.
    ///
    /// - Parameter items: The records in the order of their numbers.
    /// - Returns: The values that the card gave; an empty value for a record of mere filling.
    /// - Throws: `card.record-malformed` if an answer is no record, `card.needs-authentication` or `card.refused` if
    ///   the card gives no record at all for another reason than that there are none.
    func readRecords(_ items: [CardItem]) throws -> [CardItem: [UInt8]] {
        var values: [CardItem: [UInt8]] = [:]
        var firstRefusal: StatusWord?
        for item in items {
            switch try readRecord(p1: item.rawValue, p2: 0x00, valueLength: item.specifiedLength) {
            case .record(item.rawValue, let value):
                values[item] = value
            case .record:
                // The card takes P1 for a number.
                return try readByNumber(items, into: values)
            case .blank:
                values[item] = []
            case .refused(let statusWord):
                // A card that has answered to a tag knows tags: this record is not there.
                guard values.isEmpty, firstRefusal == nil else { continue }
                firstRefusal = statusWord
                values = try readByNumber(items, into: values)
                if !values.isEmpty { return values }
            }
        }
        if values.isEmpty, let firstRefusal { try Self.accept(emptyFileAnswering: firstRefusal) }
        return values
    }

    /// A file without records is no error; one that is closed is.
    private static func accept(emptyFileAnswering statusWord: StatusWord) throws {
        switch statusWord.meaning {
        case .fileNotFound, .recordNotFound, .referencedDataNotFound:
            return
        case .securityStatusNotSatisfied:
            throw SocialCardError(.needsAuthentication, "READ RECORD (B2) answered \(statusWord)")
        default:
            throw SocialCardError(.refused, "READ RECORD (B2) answered \(statusWord)")
        }
    }

    /// Reads records by number and takes each by the tag that it carries: the numbers after the name depend on whether
    /// the card has the name extension, whatever its version says.
    private func readByNumber(_ items: [CardItem], into known: [CardItem: [UInt8]]) throws -> [CardItem: [UInt8]] {
        var values = known
        // One more than the items: a card labelled as of the first generation can have the extension.
        for number in 1...(items.count + 1) {
            let length = number <= items.count ? items[number - 1].specifiedLength : Self.unknownLength
            let answer = try readRecord(p1: UInt8(number), p2: 0x04, valueLength: length)
            switch answer {
            case .record(let tag, let value):
                if let item = CardItem(rawValue: tag), values[item] == nil { values[item] = value }
            case .blank:
                continue
            case .refused(.recordNotFound):
                return values
            case .refused:
                continue
            }
        }
        return values
    }
}

extension CardFileReader {
    private enum RecordAnswer {
        case record(tag: UInt8, value: [UInt8])
        /// Nothing but filling.
        case blank
        case refused(StatusWord)
    }

    /// Asks for as many bytes as the card has (Le of 0).
    private static let unknownLength = 254

    /// Reads one record; Le is the value's length with tag and length, as all known readers have it, and corrected once
    /// if the card refuses it or the record is longer.
    private func readRecord(p1: UInt8, p2: UInt8, valueLength: Int) throws -> RecordAnswer {
        var command = CommandAPDU(ins: 0xB2, p1: p1, p2: p2, expectedLength: valueLength + 2)
        var response = try channel.send(command)
        if response.statusWord == .wrongLength {
            command.expectedLength = 256
            response = try channel.send(command)
        } else if Self.isRead(response), response.data.count >= 2, response.data.count < Int(response.data[1]) + 2 {
            command.expectedLength = Int(response.data[1]) + 2
            response = try channel.send(command)
        }
        guard Self.isRead(response) else { return .refused(response.statusWord) }
        if RecordValue.isFilling(response.data) { return .blank }
        do {
            let element = try SimpleTLV(record: response.data)
            return .record(tag: element.tag, value: element.value)
        } catch {
            throw SocialCardError(.recordMalformed, "READ RECORD (B2) gave no record", cause: error)
        }
    }

    /// 6282 says that the record is shorter than Le: it is read all the same.
    private static func isRead(_ response: ResponseAPDU) -> Bool {
        response.statusWord.isSuccess || response.statusWord == .endOfFile
    }
}
