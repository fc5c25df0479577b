import Benefits
import CivilIdentity
import HubProtocol
import SmartCard
import SocialCard
import Synchronization

@testable import Station

/// SplitMix64 behind the station's random source.
func seededRandom(_ seed: UInt64) -> RandomSource {
    let state = SharedState(seed)
    return RandomSource {
        state.value.withLock { value in
            value &+= 0x9E37_79B9_7F4A_7C15
            var mixed = value
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}

private final class SharedState: Sendable {
    let value: Mutex<UInt64>

    init(_ seed: UInt64) { value = Mutex(seed) }
}

/// 2026-03-05 12:00 in Shanghai.
let noon: Int64 = 1_772_683_200

let contactReader = ReaderName(rawValue: "Contact 00 00")
let contactlessReader = ReaderName(rawValue: "Contactless 00 00")

/// One synthetic person with card, ledger row and entitlements.
struct Persona {
    let pseudonyms = PseudonymKey(keyID: 1, material: [UInt8](repeating: 7, count: 32))
    var data: SocialCardData
    var lookup: LedgerLookup

    init() throws {
        let number = try CitizenNumber("99999919400315001X")
        let code = try some(IdentificationCode(bytes: [0x44, 0x07, 0] + [UInt8](repeating: 5, count: 13)))
        data = SocialCardData(
            generation: .second,
            specVersion: "2.00",
            identificationCode: code,
            issuedOn: try CivilDate(iso: "2020-01-01"),
            expiresOn: try CivilDate(iso: "2030-01-01"),
            cardNumber: "T00000001",
            holder: CardHolder(citizenNumber: number, name: try PersonName("试安"), birthDate: number.birthDate)
        )
        let keys = try some(CardKeys(data, pseudonyms: pseudonyms))
        let card = LedgerCard(
            key: keys.card,
            residentKey: keys.resident,
            cardNumberKey: keys.cardNumber,
            status: .normal,
            issuedOn: nil,
            expiresOn: nil
        )
        let month = try some(try? YearMonth(year: 2026, month: 2))
        let payment = Payment(month: month, instalment: 1, amount: Money(fen: 72_000), state: .credited)
        let entitlement = Entitlement(
            id: "E-1",
            programme: .dibao,
            state: .active,
            amount: PeriodMoney(amount: Money(fen: 72_000), period: .month),
            source: "civil-affairs",
            payments: [payment]
        )
        let view = LedgerView(
            residentKey: keys.resident,
            entitlements: [entitlement],
            sources: [SourceFreshness(source: "civil-affairs", asOf: noon - 3_600)]
        )
        lookup = LedgerLookup(card: card, residentKnown: true, cardsOfResident: [card], view: view)
    }

    var keys: CardKeys? { CardKeys(data, pseudonyms: pseudonyms) }

    func facts(pinAccepted: Bool = false, now: Int64 = noon) -> IdentityCheck.Facts {
        IdentityCheck.Facts(
            card: data,
            authentication: .none,
            pinAccepted: pinAccepted,
            ledger: lookup,
            keys: keys,
            ledgerCreatedAt: noon - 3_600,
            now: now
        )
    }
}

/// What is thrown when a fixture lacks a value.
struct MissingValue: Error {}

/// The value, or a failed test.
func some<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw MissingValue() }
    return value
}

/// A policy for tests: a PIN opens details, pay day 10 for all.
func testPolicy(summary: AssuranceLevel = .l1, acceptsPIN: Bool = true) throws -> BenefitPolicy {
    let text = BilingualText(chinese: "低保金", english: "Subsistence allowance")
    let programmes = ProgrammeCode.eight.map { code in
        Programme(
            code: code,
            name: text,
            category: .living,
            department: "MZ",
            departmentName: BilingualText(chinese: "民政", english: "Civil affairs"),
            unit: .person
        )
    }
    return BenefitPolicy(
        packID: "test",
        division: try DivisionCode("440700"),
        city: BilingualText(chinese: "演示市", english: "Demo"),
        isFictitious: true,
        effectiveFrom: try CivilDate(iso: "2020-01-01"),
        programmes: programmes,
        rules: Dictionary(
            uniqueKeysWithValues: ProgrammeCode.eight.map { ($0, ProgrammeRules(payDay: .known(10, citation: nil))) }
        ),
        services: [
            ServiceRequirement(
                service: .benefitsSummary,
                level: summary,
                acceptsPINWithoutCardAuthentication: acceptsPIN
            ),
            ServiceRequirement(service: .benefitDetails, level: .l2, acceptsPINWithoutCardAuthentication: acceptsPIN),
        ]
    )
}
