import Benefits
import CivilIdentity
import Testing

@testable import HubProtocol

/// Keys, people and a small ledger file for the tests; all of it synthetic.
enum Sample {
    static let groupSecret = [UInt8](0..<32)
    static let hubSeed = [UInt8](32..<64)
    static let stationSeed = [UInt8](64..<96)
    static let salt = [UInt8](96..<128)
    static let asOf: Int64 = 1_767_225_600

    static func group(keyID: UInt8 = 1) throws -> StationGroupKey {
        try StationGroupKey(keyID: keyID, secret: groupSecret)
    }

    static func hub(keyID: String = "hub-1") throws -> SigningKey { try SigningKey(keyID: keyID, seed: hubSeed) }

    static func station() throws -> SigningKey { try SigningKey(keyID: "station-1", seed: stationSeed) }

    static func stationID() throws -> StationID { try #require(StationID(rawValue: "jm-440703001001-01")) }

    static func elder() throws -> CitizenNumber { try CitizenNumber("99999919400315001X") }

    static func records() throws -> [SnapshotRecord] {
        let elder = try elder()
        let other = try CitizenNumber("999999196507200139")
        return [
            .source(SourceRecord(code: "civil-affairs", title: "江门市民政局", asOf: asOf)),
            .programme(
                Programme(
                    code: .dibao,
                    name: BilingualText(chinese: "低保金", english: "Subsistence allowance"),
                    category: .living,
                    department: "civil-affairs",
                    departmentName: BilingualText(chinese: "民政", english: "Civil affairs"),
                    unit: .household
                )
            ),
            .programme(.undescribed(.linshi)),
            .resident(
                ResidentRecord(
                    citizenNumber: elder,
                    name: try PersonName("张三丰"),
                    sex: .male,
                    birthDate: elder.birthDate,
                    division: try DivisionCode("440703001001"),
                    categories: ["dibao", "elder"],
                    source: "civil-affairs"
                )
            ),
            .card(try card(of: elder)),
            .entitlement(try entitlement(of: elder)),
            .resident(
                ResidentRecord(
                    citizenNumber: other,
                    name: try PersonName("李四"),
                    sex: .unspecified,
                    birthDate: other.birthDate,
                    division: try DivisionCode("4407"),
                    deceasedOn: try CivilDate(year: 2025, month: 2, day: 28),
                    source: "civil-affairs"
                )
            ),
        ]
    }

    static func card(of holder: CitizenNumber) throws -> CardRecord {
        CardRecord(
            identificationCode: [UInt8](0x40..<0x50),
            cardNumber: "A12345678",
            citizenNumber: holder,
            status: .replaced,
            issuedOn: try CivilDate(year: 2018, month: 5, day: 20),
            expiresOn: try CivilDate(year: 2028, month: 5, day: 20),
            replacedBy: [UInt8](0x50..<0x60),
            since: try CivilDate(year: 2025, month: 12, day: 31)
        )
    }

    static func entitlement(of holder: CitizenNumber) throws -> EntitlementRecord {
        let month = try YearMonth(year: 2025, month: 12)
        return EntitlementRecord(
            id: "E-0001",
            citizenNumber: holder,
            programme: .dibao,
            state: .tapering,
            amount: PeriodMoney(amount: Money(fen: 65_000), period: .month),
            from: try YearMonth(year: 2020, month: 1),
            to: try YearMonth(year: 2026, month: 3),
            taperMonthsLeft: 3,
            source: "civil-affairs",
            accountLastFour: "4821",
            payments: [
                PaymentRecord(month: month, amount: Money(fen: 65_000), state: .planned, dueOn: month.day(15)),
                PaymentRecord(
                    month: month,
                    instalment: 0,
                    amount: Money(fen: 100),
                    state: .credited,
                    creditedOn: month.day(1),
                    accountLastFour: "4821"
                ),
                PaymentRecord(
                    month: month.adding(months: -1),
                    amount: Money(fen: 65_000),
                    state: .returned,
                    dueOn: month.adding(months: -1).day(15),
                    returnedReason: "account-closed",
                    accountLastFour: "0007"
                ),
            ]
        )
    }

    /// A whole ledger file: the front, and the pages one by one.
    static func file(
        _ records: [SnapshotRecord],
        generation: Int64 = 7,
        pageBytes: Int = SnapshotFormat.usualPageBytes,
        signedBy signer: SigningKey? = nil
    ) throws -> (front: [UInt8], pages: [[UInt8]]) {
        var pages: [[UInt8]] = []
        var writer = try SnapshotWriter(
            division: try DivisionCode("440703001001"),
            generation: generation,
            createdAt: asOf,
            salt: salt,
            groupKey: try group(),
            pageBytes: pageBytes
        ) { pages.append([UInt8]($0)) }
        for record in records { try writer.append(record) }
        let front = try writer.finish(signingKey: try signer ?? hub())
        return (front, pages)
    }

    static func read(_ file: [UInt8], group: StationGroupKey? = nil) throws -> [SnapshotRecord] {
        var rest = file[...]
        var reader = try SnapshotReader(hubKeys: VerificationKeys([try hub().verificationKey])) { buffer in
            // Small bites, so that partial reads are met too.
            let count = min(buffer.count, rest.count, 1_000)
            buffer.copyBytes(from: rest.prefix(count))
            rest = rest.dropFirst(count)
            return count
        }
        var decoder = SnapshotRecordDecoder(manifest: reader.manifest)
        var records: [SnapshotRecord] = []
        while let page = try reader.nextPage(groupKey: try group ?? Sample.group()) {
            try decoder.begin(page: page)
            while let record = try decoder.next() { records.append(record) }
        }
        try decoder.finish()
        return records
    }
}
