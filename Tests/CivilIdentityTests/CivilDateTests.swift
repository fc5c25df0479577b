import CivilIdentity
import SeededRandom
import Testing

@Suite
struct CivilDateTests {
    @Test
    func everyDayFollowsTheOneBefore() throws {
        var (year, month, day) = (1_800, 1, 1)
        var number = CivilDate.earliest.daysSince1970
        while year < 2_201 {
            let date = try CivilDate(year: year, month: month, day: day)
            #expect(date.daysSince1970 == number)
            #expect(CivilDate(daysSince1970: number) == date)
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
            number += 1
            day += 1
            if day > length { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
        #expect(CivilDate(daysSince1970: 0).iso == "1970-01-01")
        #expect(CivilDate.latest.adding(days: -1).iso == "9999-12-30")
    }

    @Test(
        arguments: [
            (0, "1970-01-01"), (57_599, "1970-01-01"), (57_600, "1970-01-02"), (-28_800, "1970-01-01"),
            (-28_801, "1969-12-31"), (1_774_972_799, "2026-03-31"), (1_774_972_800, "2026-04-01"),
            (Int64.max, "9999-12-31"), (Int64.min, "1800-01-01"),
        ] as [(Int64, String)]
    )
    func instantBecomesTheDayInChina(_ seconds: Int64, _ iso: String) {
        #expect(CivilDate(secondsSince1970: seconds).iso == iso)
    }

    @Test
    func dayBeginsAtMidnightInChina() throws {
        let date = try CivilDate(iso: "2026-04-01")
        #expect(CivilDate(secondsSince1970: date.secondsSince1970) == date)
        #expect(CivilDate(secondsSince1970: date.secondsSince1970 - 1) == date.adding(days: -1))
    }

    @Test(arguments: [
        ("2026-02-29", CivilIdentityError.Code.dateOutOfRange), ("1900-02-29", .dateOutOfRange),
        ("1799-12-31", .dateOutOfRange), ("2026-00-10", .dateOutOfRange), ("2026-13-10", .dateOutOfRange),
        ("2026-04-31", .dateOutOfRange), ("2026-04-00", .dateOutOfRange), ("2026-4-01", .dateMalformed),
        ("20260401", .dateMalformed), ("2026/04/01", .dateMalformed), ("", .dateMalformed),
        ("-026-04-01", .dateMalformed), ("２026-04-01", .dateMalformed),
    ])
    func wrongTextIsRefused(_ text: String, _ code: CivilIdentityError.Code) {
        #expect(throws: CivilIdentityError.self) { try CivilDate(iso: text) }
        do throws(CivilIdentityError) {
            _ = try CivilDate(iso: text)
        } catch {
            #expect(error.code == code)
        }
    }

    @Test
    func packedDateOfACardIsRead() throws {
        #expect(try CivilDate(bcd: [0x19, 0x40, 0x03, 0x15]).iso == "1940-03-15")
        #expect(try CivilDate(ascii: "19400315".utf8).iso == "1940-03-15")
        #expect(try CivilDate(bcd: [0x99, 0x99, 0x12, 0x31]) == CivilDate.latest)
        for wrong: [UInt8] in [
            [], [0x19, 0x40, 0x03], [0x19, 0x40, 0x03, 0x15, 0x00], [0x19, 0x4A, 0x03, 0x15], [0, 0, 0, 0],
        ] {
            #expect(throws: CivilIdentityError.self) { try CivilDate(bcd: wrong) }
        }
        // The year as text, as a badly made card carries it.
        #expect(throws: CivilIdentityError.self) { try CivilDate(bcd: Array("2012".utf8)) }
    }

    @Test(arguments: [
        ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -13, "2024-12-15"), ("2026-01-15", 0, "2026-01-15"),
        ("2026-01-15", Int.max, "9999-12-15"), ("2026-01-15", Int.min, "1800-01-15"),
    ])
    func monthsAreAddedWithinTheMonth(_ from: String, _ months: Int, _ to: String) throws {
        #expect(try CivilDate(iso: from).adding(months: months).iso == to)
    }

    @Test
    func daysAreAddedWithinTheBounds() throws {
        let date = try CivilDate(iso: "2024-02-28")
        #expect(date.adding(days: 2).iso == "2024-03-01")
        #expect(date.adding(days: Int.max) == .latest)
        #expect(date.adding(days: Int.min) == .earliest)
        #expect(date < date.adding(days: 1))
    }

    @Test(arguments: [
        ("1946-05-10", "2026-05-09", 79), ("1946-05-10", "2026-05-10", 80), ("2024-02-29", "2025-02-28", 0),
        ("2024-02-29", "2025-03-01", 1), ("2026-01-01", "2025-01-01", 0),
    ])
    func ageIsInWholeYears(_ born: String, _ day: String, _ age: Int) throws {
        #expect(try CivilDate(iso: born).fullYears(until: CivilDate(iso: day)) == age)
    }

    @Test
    func randomBytesAreRefusedOrADateAndNeverTrap() {
        var random = SplitMix64(seed: 0xDA7E_0001)
        for round in 0..<100_000 {
            var bytes = random.bytes(round % 3 == 0 ? random.below(12) : 4)
            if round % 3 == 1 {
                bytes = bytes.map { ($0 >> 4) % 10 << 4 | ($0 & 0x0F) % 10 }
            }
            if let date = try? CivilDate(bcd: bytes) {
                #expect((try? CivilDate(iso: date.iso)) == date)
                #expect(CivilDate(daysSince1970: date.daysSince1970) == date)
            }
            let text = bytes.flatMap { [0x2D + $0 % 14] }
            if let date = try? CivilDate(iso: String(decoding: text, as: UTF8.self)) {
                #expect(date.iso.utf8.elementsEqual(text))
            }
            _ = try? CivilDate(ascii: bytes + bytes)
            let seconds = Int64(truncatingIfNeeded: random.next())
            #expect(CivilDate(secondsSince1970: seconds) <= .latest)
            _ = CivilDate(daysSince1970: Int(truncatingIfNeeded: random.next()))
        }
    }
}
