import CivilIdentity
import SmartCard

/// Selects the financial application and reads what it gives to everybody.
struct PaymentCardReader {
    /// The provider of the applications, UnionPay.
    private static let provider: [UInt8] = [0xA0, 0x00, 0x00, 0x03, 0x33]

    /// Debit, credit, quasi-credit and pure electronic cash, for cards without a readable directory.
    private static let knownApplications: [[UInt8]] = [0x01, 0x02, 0x03, 0x06].map { provider + [0x01, 0x01, $0] }

    /// The most applications that are tried, and the most records of the directory and of each file.
    private static let applicationLimit = 4
    private static let directoryLimit = 10
    private static let recordLimit = 4

    private let channel: any CardChannel

    /// - Parameter channel: The card, already bounded in its exchanges.
    init(_ channel: any CardChannel) {
        self.channel = channel
    }

    /// Selects the first application that the card gives.
    ///
    /// - Returns: The file control information; nil if there is none.
    func selectApplication(_ interface: CardInterface) throws -> [BERTLV]? {
        let listed = try applications(interface)
        for application in (listed.isEmpty ? Self.knownApplications : listed).prefix(Self.applicationLimit) {
            if let selection = try select(application) { return selection }
        }
        return nil
    }

    /// Account and validity from the records of the files 1 to 3.
    func readRecords() throws -> PaymentCardData {
        var data = PaymentCardData()
        for file in UInt8(1)...3 {
            for number in 1...Self.recordLimit {
                guard let record = try readRecord(UInt8(number), file: file) else { break }
                let elements = (try? BERTLV.parse(record)) ?? []
                data.accountLastFour = data.accountLastFour ?? PaymentValue.lastFour(elements)
                data.validTo = data.validTo ?? Self.value(0x5F24, elements).flatMap(PaymentValue.date)
                data.validFrom = data.validFrom ?? Self.value(0x5F25, elements).flatMap(PaymentValue.date)
                if data.accountLastFour != nil, data.validTo != nil, data.validFrom != nil { return data }
            }
        }
        return data
    }

    /// The balance of the electronic cash.
    func readBalance() throws -> Int64? { try getData(0x9F79).flatMap(PaymentValue.amount) }

    /// The log, if the selection names one and the card its format.
    func readLog(_ selection: [BERTLV]) throws -> [PaymentLogEntry] {
        guard let entry = Self.value(0x9F4D, selection), entry.count == 2, (1...30).contains(entry[0]), entry[1] > 0,
            let format = try getData(0x9F4F).flatMap({ DataObjectList($0) })
        else { return [] }
        var log: [PaymentLogEntry] = []
        for number in 1...min(Int(entry[1]), PaymentCard.logLimit) {
            guard let record = try readRecord(UInt8(number), file: entry[0]) else { break }
            if let values = format.values(of: record) { log.append(PaymentValue.logEntry(values)) }
        }
        return log
    }
}

extension PaymentCardReader {
    /// The applications of the directory that are UnionPay's.
    private func applications(_ interface: CardInterface) throws -> [[UInt8]] {
        let name = interface == .contactless ? "2PAY.SYS.DDF01" : "1PAY.SYS.DDF01"
        guard let directory = try select(Array(name.utf8)) else { return [] }
        var elements = directory
        if let file = Self.value(0x88, directory)?.first, (1...10).contains(file) {
            for number in 1...Self.directoryLimit {
                guard let record = try readRecord(UInt8(number), file: file) else { break }
                elements += (try? BERTLV.parse(record)) ?? []
            }
        }
        return Self.all(0x4F, elements).filter { $0.starts(with: Self.provider) && (5...16).contains($0.count) }
    }

    private func select(_ name: [UInt8]) throws -> [BERTLV]? {
        let response = try channel.send(CommandAPDU(ins: 0xA4, p1: 0x04, data: name, expectedLength: 256))
        guard response.statusWord.isSuccess else { return nil }
        return (try? BERTLV.parse(response.data)) ?? []
    }

    private func readRecord(_ number: UInt8, file: UInt8) throws -> [UInt8]? {
        let response = try channel.send(CommandAPDU(ins: 0xB2, p1: number, p2: file << 3 | 4, expectedLength: 256))
        return response.statusWord.isSuccess ? response.data : nil
    }

    /// The value of one element that GET DATA gives, which must be nothing but this element.
    private func getData(_ tag: UInt16) throws -> [UInt8]? {
        let (p1, p2) = (UInt8(truncatingIfNeeded: tag >> 8), UInt8(truncatingIfNeeded: tag))
        let response = try channel.send(CommandAPDU(cla: 0x80, ins: 0xCA, p1: p1, p2: p2, expectedLength: 256))
        guard response.statusWord.isSuccess, let elements = try? BERTLV.parse(response.data), elements.count == 1,
            elements[0].tag == UInt32(tag)
        else { return nil }
        return elements[0].value
    }

    private static func value(_ tag: UInt32, _ elements: [BERTLV]) -> [UInt8]? {
        elements.lazy.compactMap { $0.first(tag)?.value }.first
    }

    private static func all(_ tag: UInt32, _ elements: [BERTLV]) -> [[UInt8]] {
        elements.flatMap { element -> [[UInt8]] in
            if element.tag == tag, let value = element.value { return [value] }
            return all(tag, element.children)
        }
    }
}
