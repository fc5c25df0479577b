import CivilIdentity

/// The files of a virtual card, built once from its image (PROTOCOLS.md 1.4, 1.5).
struct CardFileSystem: Sendable {
    /// Name of the social-security environment: GBK("sx1.sh.社会保障").
    static let environmentName: [UInt8] = [
        0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9, 0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF,
    ]
    /// Name of the payment environment, which is also that of the master file: "1PAY.SYS.DDF01".
    static let paymentName: [UInt8] = Array("1PAY.SYS.DDF01".utf8)
    /// Short identifier (and low byte of the file identifier) of the issuer file.
    static let issuerFile: UInt8 = 0x05
    /// Short identifier of the cardholder file.
    static let holderFile: UInt8 = 0x06

    /// A linear file of records, in the order of their numbers.
    struct RecordFile: Sendable {
        /// Whether reading needs external authentication (generation 3).
        var isProtected = false
        var records: [CardRecord] = []
    }

    /// Record files by short identifier.
    let files: [UInt8: RecordFile]
    /// Answer to SELECT of the environment.
    let environmentControlInformation: [UInt8]

    init(image: CardImage) {
        files = [
            Self.issuerFile: RecordFile(records: Self.issuerRecords(image)),
            Self.holderFile: RecordFile(isProtected: image.generation == 3, records: Self.holderRecords(image)),
        ]
        environmentControlInformation = Self.controlInformation(cipher: image.cipher)
    }

    /// FCI: 24 bytes, or 30 with the algorithm environment (PROTOCOLS.md 1.1).
    private static func controlInformation(cipher: CardCipher?) -> [UInt8] {
        var proprietary: [UInt8] = [0x88, 0x01, 0x1E]
        if let cipher {
            proprietary += [0x9F, 0x0C, 0x03, 0x86, 0x01, cipher.environment]
        }
        let name = [0x84, UInt8(environmentName.count)] + environmentName
        let body = name + [0xA5, UInt8(proprietary.count)] + proprietary
        return [0x6F, UInt8(body.count)] + body
    }

    // MARK: - Issuer file

    private static func issuerRecords(_ image: CardImage) -> [CardRecord] {
        let quirks = image.quirks
        let version = quirks.contains(.versionWithNUL) ? "2.0" : image.specVersion
        var records = [
            CardRecord(0x01, image.identificationCode),
            CardRecord(0x02, Array(image.cardClass.utf8), length: 1, padding: 0x00),
            CardRecord(0x03, Array(version.utf8), length: 4, padding: 0x00),
            CardRecord(0x04, image.organisation),
            CardRecord(0x05, date(image.issuedOn, quirks)),
            CardRecord(0x06, date(image.expiresOn, quirks)),
            CardRecord(0x07, Array(image.cardNumber.utf8), length: 9, padding: padding(quirks)),
        ]
        apply(quirks, to: &records, empty: [0x02, 0x04], missing: [0x03, 0x04])
        return records
    }

    // MARK: - Cardholder file

    private static func holderRecords(_ image: CardImage) -> [CardRecord] {
        let (name, rest) = nameRecords(image)
        let holder = image.holder
        var records = [CardRecord(0x08, citizenNumber(image), length: 18, padding: 0x00), name]
        if image.generation > 1 {
            records.append(rest)
        }
        records += [
            CardRecord(0x0A, Array(holder.sexCode.utf8), length: 1, padding: 0x00),
            CardRecord(0x0B, bcd(holder.ethnicityCode)),
            CardRecord(0x0C, bcd(holder.birthplace)),
            CardRecord(0x0D, bcd(holder.birthDate)),
        ]
        apply(image.quirks, to: &records, empty: [0x0A, 0x0B, 0x0C], missing: [0x0B])
        if image.quirks.contains(.wrongLengthByte) {
            records[0].bytes[1] = 0x1F
        }
        if image.quirks.contains(.truncatedRecord), let last = records.indices.last {
            records[last].bytes.removeLast(2)
        }
        return records
    }

    private static func citizenNumber(_ image: CardImage) -> [UInt8] {
        let number = image.holder.citizenNumber
        return Array((image.quirks.contains(.lowerCaseCheckLetter) ? number.lowercased() : number).utf8)
    }

    /// Records 09 (30 bytes) and 4E (20 bytes): the name as bytes, cut wherever the first one is full.
    private static func nameRecords(_ image: CardImage) -> (CardRecord, CardRecord) {
        let quirks = image.quirks
        let text = quirks.contains(.nameEmpty) ? "" : image.holder.name
        // Whatever the encoding cannot hold was refused when the card file was decoded.
        let bytes = (try? GB18030.encode(text)) ?? []
        let cut = min(bytes.count, quirks.contains(.nameCutAtOddByte) ? 29 : 30)
        return (
            CardRecord(0x09, Array(bytes[..<cut]), length: 30, padding: padding(quirks)),
            CardRecord(0x4E, Array(bytes[cut...].prefix(20)), length: 20, padding: padding(quirks)),
        )
    }

    // MARK: - Encodings

    private static func padding(_ quirks: Set<CardQuirk>) -> UInt8 {
        if quirks.contains(.spacePadding) {
            return 0x20
        }
        return quirks.contains(.highPadding) ? 0xFF : 0x00
    }

    private static func date(_ digits: String, _ quirks: Set<CardQuirk>) -> [UInt8] {
        quirks.contains(.asciiDates) ? Array(digits.utf8.prefix(4)) : bcd(digits)
    }

    /// Packed digits, with `=` for the separator D; an odd last one is filled with F.
    static func bcd(_ digits: String) -> [UInt8] {
        var bytes: [UInt8] = []
        var pending: UInt8?
        for character in digits.utf8 {
            let digit = (character &- 0x30) & 0x0F
            if let high = pending {
                bytes.append(high << 4 | digit)
                pending = nil
            } else {
                pending = digit
            }
        }
        if let high = pending {
            bytes.append(high << 4 | 0x0F)
        }
        return bytes
    }

    private static func apply(
        _ quirks: Set<CardQuirk>,
        to records: inout [CardRecord],
        empty: Set<UInt8>,
        missing: Set<UInt8>
    ) {
        if quirks.contains(.emptyRecords) {
            for index in records.indices where empty.contains(records[index].tag) {
                records[index].bytes = [records[index].tag, 0]
            }
        }
        if quirks.contains(.missingRecords) {
            for index in records.indices where missing.contains(records[index].tag) {
                records[index].isMissing = true
            }
        }
        if quirks.contains(.nameExtensionRefused) {
            for index in records.indices where records[index].tag == 0x4E {
                records[index].refusal = CardStatus.fileNotFound
            }
        }
    }
}

/// One record: tag, length, value.
struct CardRecord: Sendable {
    let tag: UInt8
    var bytes: [UInt8]
    /// The record keeps its number but cannot be read.
    var isMissing = false
    /// Status word instead of the record.
    var refusal: UInt16?

    init(_ tag: UInt8, _ value: [UInt8]) {
        self.tag = tag
        bytes = [tag, UInt8(truncatingIfNeeded: value.count)] + value
    }

    /// A value of fixed length, cut or padded on the right.
    init(_ tag: UInt8, _ value: [UInt8], length: Int, padding: UInt8) {
        let value = Array(value.prefix(length))
        self.init(tag, value + [UInt8](repeating: padding, count: length - value.count))
    }
}
