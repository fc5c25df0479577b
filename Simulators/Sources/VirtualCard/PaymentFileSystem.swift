import CivilIdentity

/// The files of the financial application, built once from its image.
struct PaymentFileSystem: Sendable {
    /// UnionPay debit.
    static let application: [UInt8] = [0xA0, 0x00, 0x00, 0x03, 0x33, 0x01, 0x01, 0x01]
    /// Name of the contactless directory.
    static let contactlessName = Array("2PAY.SYS.DDF01".utf8)
    /// Short identifier of the directory's records.
    private static let directoryFile: UInt8 = 1
    /// Short identifier of the log.
    private static let logFile: UInt8 = 0x0B

    /// Date, time, amount, currency, merchant, kind, counter.
    private static let logFormat: [UInt8] = [
        0x9A, 3, 0x9F, 0x21, 3, 0x9F, 0x02, 6, 0x5F, 0x2A, 2, 0x9F, 0x4E, 20, 0x9C, 1, 0x9F, 0x36, 2,
    ]

    /// What is selected of it.
    enum Selection: Sendable {
        case directory
        case application
    }

    /// Answers to SELECT.
    let directoryInformation: [UInt8]
    let contactlessInformation: [UInt8]
    let applicationInformation: [UInt8]
    /// Records by short identifier, in the order of their numbers.
    let directory: [UInt8: [[UInt8]]]
    let files: [UInt8: [[UInt8]]]
    /// Answers to GET DATA by tag.
    let data: [UInt16: [UInt8]]

    init(_ image: PaymentImage) {
        let entry = Self.element([0x61], Self.element([0x4F], Self.application) + Self.label)
        directoryInformation = Self.information(
            CardFileSystem.paymentName,
            Self.element([0x88], [Self.directoryFile])
        )
        contactlessInformation = Self.information(Self.contactlessName, Self.element([0xBF, 0x0C], entry))
        directory = [Self.directoryFile: [Self.element([0x70], entry)]]
        let logEntry = Self.element([0x9F, 0x4D], [Self.logFile, UInt8(PaymentImage.logLimit)])
        applicationInformation = Self.information(
            Self.application,
            Self.label + (image.log.isEmpty ? [] : Self.element([0xBF, 0x0C], logEntry))
        )
        let account = CardFileSystem.bcd(image.account)
        // Track 2: account, D, end of validity YYMM, service code, filling.
        let track2 = CardFileSystem.bcd(image.account + "=" + image.validTo.dropFirst(2).prefix(4) + "220")
        files = [
            1: [Self.element([0x70], Self.element([0x57], track2))],
            2: [
                Self.element(
                    [0x70],
                    Self.element([0x5A], account)
                        + Self.element([0x5F, 0x24], CardFileSystem.bcd(String(image.validTo.dropFirst(2))))
                        + Self.element([0x5F, 0x25], CardFileSystem.bcd(String(image.validFrom.dropFirst(2))))
                )
            ],
            Self.logFile: image.log.enumerated().map { Self.logRecord($0.element, number: $0.offset) },
        ]
        var data: [UInt16: [UInt8]] = [:]
        if let balance = image.balanceFen { data[0x9F79] = Self.element([0x9F, 0x79], Self.amount(balance)) }
        if !image.log.isEmpty { data[0x9F4F] = Self.element([0x9F, 0x4F], Self.logFormat) }
        self.data = data
    }

    private static let label = element([0x50], Array("PBOC DEBIT".utf8))

    private static func information(_ name: [UInt8], _ proprietary: [UInt8]) -> [UInt8] {
        element([0x6F], element([0x84], name) + element([0xA5], proprietary))
    }

    private static func logRecord(_ entry: PaymentImage.Entry, number: Int) -> [UInt8] {
        // Whatever the encoding cannot hold was refused when the card file was decoded.
        let merchant = ((try? GB18030.encode(entry.merchant)) ?? []).prefix(20)
        return CardFileSystem.bcd(String(entry.date.dropFirst(2))) + CardFileSystem.bcd(entry.time)
            + amount(entry.amountFen) + [0x01, 0x56] + merchant + [UInt8](repeating: 0, count: 20 - merchant.count)
            + [0x60, 0, UInt8(truncatingIfNeeded: 100 - number)]
    }

    /// 12 packed digits.
    private static func amount(_ fen: Int64) -> [UInt8] {
        let digits = String(fen)
        return CardFileSystem.bcd(String(repeating: "0", count: max(0, 12 - digits.utf8.count)) + digits)
    }

    /// Every value here is shorter than 128 bytes.
    private static func element(_ tag: [UInt8], _ value: [UInt8]) -> [UInt8] {
        tag + [UInt8(value.count)] + value
    }
}
