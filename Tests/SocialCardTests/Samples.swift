import SmartCard

/// Synthetic cards: a division that belongs to nobody, numbers with the right check digit, made-up names.
enum Samples {
    static let identificationCode = hex("440700 D156000005 00000001 00000000")
    static let citizenNumber = "99999919400315001X"

    static let issuerOfFirstGeneration: [[UInt8]?] = [
        hex("01 10", "440700 D156000005 00000001 00000000"),
        hex("02 01", "33"),  // class '3'
        hex("03 04", "312E3030"),  // 1.00
        hex("04 0C", "915600000299999900000000"),
        hex("05 04", "20101001"),
        hex("06 04", "20301001"),
        hex("07 09", "583030303030303139"),  // X00000019
    ]

    static let holderOfFirstGeneration: [[UInt8]?] = [
        hex("08 12") + Array(citizenNumber.utf8),
        hex("09 1E", "D5C5C8FD") + Array(repeating: 0, count: 26),  // 张三
        hex("0A 01", "31"),  // male
        hex("0B 01", "01"),  // 汉
        hex("0C 03", "440703"),
        hex("0D 04", "19400315"),
    ]

    static let issuerOfSecondGeneration = replacing(issuerOfFirstGeneration, 3, hex("03 04", "322E3030"))

    static let holderOfSecondGeneration: [[UInt8]?] =
        holderOfFirstGeneration[..<2] + [hex("4E 14") + Array(repeating: 0, count: 20)] + holderOfFirstGeneration[2...]

    static let issuerOfThirdGeneration = replacing(issuerOfFirstGeneration, 3, hex("03 04", "332E3030"))

    static func firstGeneration() -> CardDouble {
        CardDouble(issuer: issuerOfFirstGeneration, holder: holderOfFirstGeneration)
    }

    static func secondGeneration() -> CardDouble {
        CardDouble(issuer: issuerOfSecondGeneration, holder: holderOfSecondGeneration)
    }

    /// Contacts, T=0, 13 historical bytes.
    static let answerToReset = hex("3B6D0000 0081008837 8665 440700 000001")

    static func thirdGeneration() throws -> CardDouble {
        let card = CardDouble(issuer: issuerOfThirdGeneration, holder: holderOfSecondGeneration)
        card.fileControlInformation = hex("6F1C 840F7378312E73682EC9E7BBE1B1A3D5CF A509 88011E 9F0C03860103")
        card.answerToReset = try AnswerToReset(bytes: answerToReset)
        card.isClosed = true
        card.recordRefusal = .securityStatusNotSatisfied
        return card
    }

    /// The records with the one of a number (from 1) replaced.
    static func replacing(_ records: [[UInt8]?], _ number: Int, _ record: [UInt8]?) -> [[UInt8]?] {
        var records = records
        records[number - 1] = record
        return records
    }

    /// A second-generation card whose holder's record of this tag is another one.
    static func secondGeneration(tag: UInt8, _ record: [UInt8]?) -> CardDouble {
        let replace = { (records: [[UInt8]?]) in records.map { $0?.first == tag ? record : $0 } }
        return CardDouble(issuer: replace(issuerOfSecondGeneration), holder: replace(holderOfSecondGeneration))
    }
}
