import CivilIdentity
import SeededRandom
import SmartCard
import Testing

@testable import SocialCard

/// The financial application, read only (PROTOCOLS.md 5).
@Suite
struct PaymentCardTests {
    private static let selectDirectory = hex("00 A4 04 00 0E 315041592E5359532E4444463031 00")
    private static let selectApplication = hex("00 A4 04 00 08 A000000333010101 00")

    /// A card by its answers to whole commands.
    static let table: [[UInt8]: [UInt8]] = [
        selectDirectory: hex("6F 15 84 0E 315041592E5359532E4444463031 A5 03 88 01 01", "9000"),
        hex("00 B2 01 0C 00"): hex("70 0C 61 0A 4F 08 A000000333010101", "9000"),
        selectApplication: hex("6F 14 84 08 A000000333010101 A5 08 BF0C 05 9F4D 02 0B0A", "9000"),
        hex("00 B2 01 14 00"): hex(
            "70 18 5A 0A 6217000000000003214F 5F24 03 400531 5F25 03 200601",
            "9000"
        ),
        hex("80 CA 9F 79 00"): hex("9F79 06 000000003650", "9000"),
        hex("80 CA 9F 4F 00"): hex("9F4F 13 9A03 9F2103 9F0206 5F2A02 9F4E14 9C01 9F3602", "9000"),
        hex("00 B2 01 5C 00"): hex(
            "260108 091530 000000000200 0156 D1DDCABEB9ABBDBB 000000000000000000000000 60 0064",
            "9000"
        ),
        hex("00 B2 02 5C 00"): hex("260105", "9000"),
    ]

    /// Answers from a table, anything else with 6A83; keeps class and instruction of every command.
    final class TableCard: CardChannel {
        var table: [[UInt8]: [UInt8]]
        private(set) var instructions: Set<[UInt8]> = []
        private(set) var count = 0

        init(_ table: [[UInt8]: [UInt8]] = PaymentCardTests.table) {
            self.table = table
        }

        var answerToReset: AnswerToReset? { nil }

        func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
            instructions.insert([command[0], command[1]])
            count += 1
            return table[Array(command)] ?? hex("6A83")
        }
    }

    /// SELECT, READ RECORD, GET RESPONSE, GET DATA.
    private static let harmless: Set<[UInt8]> = [[0x00, 0xA4], [0x00, 0xB2], [0x00, 0xC0], [0x80, 0xCA]]

    @Test
    func readsAccountValidityBalanceAndLog() throws {
        let data = try #require(try PaymentCard.read(TableCard(), interface: .contact))
        #expect(data.accountLastFour == "3214")
        #expect(data.validFrom?.iso == "2020-06-01" && data.validTo?.iso == "2040-05-31")
        #expect(data.balanceFen == 3_650)
        // The second record is shorter than the format says.
        #expect(data.log.count == 1)
        let entry = try #require(data.log.first)
        #expect(entry.date?.iso == "2026-01-08" && entry.time == "09:15:30" && entry.amountFen == 200)
        #expect(entry.currency == "156" && entry.kind == 0x60 && entry.counter == 100)
        #expect(entry.merchant == "演示公交")
    }

    @Test
    func onlyReadingCommandsAreEverSent() throws {
        var sent: Set<[UInt8]> = []
        for interface in [CardInterface.contact, .contactless] {
            for table in [Self.table, [:]] {
                let card = TableCard(table)
                _ = try PaymentCard.read(card, interface: interface)
                sent.formUnion(card.instructions)
            }
        }
        #expect(sent == Self.harmless.subtracting([[0x00, 0xC0]]))
    }

    @Test(
        arguments: [
            ("6217000000000003214F", nil, "3214"), (nil, "6217000000000003214D2005220F", "3214"),
            ("6217000000000003214F", "6217000000000003222D2005220F", "3214"),
            ("62170000000F", "6217000000000003222D2005220F", "3222"), ("6217", nil, nil),
            ("6217A0000000003214", nil, nil),
            ("62170000000000032146217000000003", nil, nil), (nil, nil, nil),
        ] as [(String?, String?, String?)]
    )
    func lastFourDigitsComeFromAccountOrTrack(_ account: String?, _ track: String?, _ digits: String?) throws {
        let elements = try [(UInt8(0x57), track), (0x5A, account)].flatMap { tag, text -> [BERTLV] in
            guard let text else { return [] }
            return try BERTLV.parse([tag, UInt8(hex(text).count)] + hex(text))
        }
        #expect(PaymentValue.lastFour(elements) == digits)
    }

    @Test
    func aCardWithoutADirectoryIsAskedForTheKnownApplications() throws {
        let card = TableCard()
        card.table[Self.selectDirectory] = hex("6A82")
        #expect(try PaymentCard.read(card, interface: .contact)?.accountLastFour == "3214")
    }

    @Test
    func aCardWithoutTheApplicationGivesNil() throws {
        #expect(try PaymentCard.read(TableCard([:]), interface: .contact) == nil)
    }

    @Test
    func foreignApplicationsOfTheDirectoryAreLeftAlone() throws {
        let card = TableCard()
        card.table[hex("00 B2 01 0C 00")] = hex("70 0B 61 09 4F 07 A0000000031010", "9000")
        _ = try PaymentCard.read(card, interface: .contact)
        card.table[Self.selectApplication] = hex("6A82")
        #expect(try PaymentCard.read(card, interface: .contact) == nil)
    }

    @Test(arguments: [
        ("80 CA 9F 79 00", "9F79 06 0000000036AF 9000"), ("80 CA 9F 79 00", "9F79 05 0000000036 9000"),
        ("80 CA 9F 79 00", "9F78 06 000000003650 9000"), ("80 CA 9F 79 00", "6A88"), ("80 CA 9F 79 00", "9F79 9000"),
    ])
    func aBalanceThatIsNoneIsUnknown(_ command: String, _ answer: String) throws {
        let card = TableCard()
        card.table[hex(command)] = hex(answer)
        let data = try #require(try PaymentCard.read(card, interface: .contact))
        #expect(data.balanceFen == nil && data.accountLastFour == "3214")
    }

    @Test(
        arguments: [
            ("9A03 9F2103 9C01", 7), ("9F4E14", 20), ("9A00 9C01", 1),
            ("", nil), ("9A", nil), ("9F21", nil), ("9F", nil), ("9A00", nil), ("9FFF03", nil),
            ("9AFF 9C01", nil), (String(repeating: "9C01", count: 33), nil), (String(repeating: "9C01", count: 32), 32),
        ] as [(String, Int?)]
    )
    func formatsAreParsedStrictly(_ text: String, _ length: Int?) {
        #expect(DataObjectList(hex(text))?.recordLength == length)
    }

    @Test
    func nothingOfTheAccountIsDescribed() throws {
        let data = try #require(try PaymentCard.read(TableCard(), interface: .contact))
        for value in [data, data.log[0]] as [any Sendable] {
            var dumped = ""
            dump(value, to: &dumped)
            for text in ["\(value)", String(reflecting: value), dumped] {
                #expect(!text.contains("3214") && !text.contains("演示") && !text.contains("2026"))
            }
        }
    }

    @Test
    func hundredThousandMutatedCardsGiveDataOrAnErrorAndGetReadingCommandsOnly() throws {
        let commands = Self.table.keys.sorted { $0.lexicographicallyPrecedes($1) }
        var random = SplitMix64(seed: 29)
        var whole = 0
        for round in 0..<100_000 {
            let card = TableCard()
            for _ in 0...random.below(3) {
                let command = commands[random.below(commands.count)]
                card.table[command] = random.mutation(of: Self.table[command] ?? [])
            }
            do {
                let data = try PaymentCard.read(card, interface: .contact)
                if data?.accountLastFour != nil { whole += 1 }
                if let digits = data?.accountLastFour, digits.utf8.count != 4 {
                    throw SmartCardError(.tlvMalformed, "")
                }
            } catch let error as SmartCardError where error.code != .tlvMalformed {
            } catch {
                Issue.record("round \(round) of seed 29: \(type(of: error))")
                return
            }
            guard card.count <= PaymentCard.exchangeLimit, card.instructions.isSubset(of: Self.harmless) else {
                Issue.record("round \(round) of seed 29")
                return
            }
        }
        #expect(whole > 10_000)
    }

    @Test
    func hundredThousandFormatsAndRecordsAreCutOrRefused() {
        let valid = hex("9A03 9F2103 9F0206 5F2A02 9F4E14 9C01 9F3602")
        var random = SplitMix64(seed: 31)
        var parsed = 0
        for round in 0..<100_000 {
            let bytes = round.isMultiple(of: 4) ? random.bytes(upTo: 64) : random.mutation(of: valid)
            guard let format = DataObjectList(bytes) else { continue }
            parsed += 1
            let record = random.bytes(upTo: 60)
            let filled = record + [UInt8](repeating: 0, count: max(0, format.recordLength - record.count))
            let values = format.values(of: Array(filled.prefix(format.recordLength)))
            guard format.fields.count <= DataObjectList.fieldLimit, (1...255).contains(format.recordLength), let values
            else {
                Issue.record("round \(round) of seed 31")
                return
            }
            _ = PaymentValue.logEntry(values)
        }
        #expect(parsed > 10_000)
    }
}
