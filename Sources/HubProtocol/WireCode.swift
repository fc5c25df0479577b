import Benefits
import CivilIdentity

/// The numbers that stand for the states and kinds of other modules in ledger files; they never change.
enum WireCode: Sendable {
    static func code(of state: EntitlementState) -> UInt8 {
        switch state {
        case .pending: 1
        case .active: 2
        case .suspended: 3
        case .tapering: 4
        case .ended: 5
        }
    }

    static func entitlementState(_ code: UInt8) -> EntitlementState? {
        switch code {
        case 1: .pending
        case 2: .active
        case 3: .suspended
        case 4: .tapering
        case 5: .ended
        default: nil
        }
    }

    static func code(of state: PaymentState) -> UInt8 {
        switch state {
        case .planned: 1
        case .instructed: 2
        case .credited: 3
        case .notified: 4
        case .returned: 5
        case .reissued: 6
        case .reversed: 7
        }
    }

    static func paymentState(_ code: UInt8) -> PaymentState? {
        switch code {
        case 1: .planned
        case 2: .instructed
        case 3: .credited
        case 4: .notified
        case 5: .returned
        case 6: .reissued
        case 7: .reversed
        default: nil
        }
    }

    static func code(of period: Period) -> UInt8 {
        switch period {
        case .once: 1
        case .month: 2
        case .quarter: 3
        case .year: 4
        }
    }

    static func period(_ code: UInt8) -> Period? {
        switch code {
        case 1: .once
        case 2: .month
        case 3: .quarter
        case 4: .year
        default: nil
        }
    }

    static func code(of category: AssistanceCategory) -> UInt8 {
        switch category {
        case .living: 1
        case .education: 2
        case .medical: 3
        case .disability: 4
        case .other: 5
        case .socialInsurance: 6
        }
    }

    static func category(_ code: UInt8) -> AssistanceCategory? {
        switch code {
        case 1: .living
        case 2: .education
        case 3: .medical
        case 4: .disability
        case 5: .other
        case 6: .socialInsurance
        default: nil
        }
    }

    static func code(of unit: BeneficiaryUnit) -> UInt8 {
        switch unit {
        case .person: 1
        case .household: 2
        }
    }

    static func unit(_ code: UInt8) -> BeneficiaryUnit? {
        switch code {
        case 1: .person
        case 2: .household
        default: nil
        }
    }

    /// GB/T 2261.1: 0 unknown, 1 male, 2 female, 9 unspecified.
    static func sex(_ code: UInt8) -> Sex? {
        switch code {
        case 0, 1, 2, 9: Sex(code: Int(code))
        default: nil
        }
    }

    /// `(year - 1800) * 512 + month * 32 + day`.
    static func code(of date: CivilDate) -> UInt64 {
        UInt64(truncatingIfNeeded: (date.year - CivilDate.firstYear) << 9 | date.month << 5 | date.day)
    }

    static func date(_ code: UInt64) -> CivilDate? {
        guard code <= maximumDate else { return nil }
        let number = Int(truncatingIfNeeded: code)
        return try? CivilDate(
            year: CivilDate.firstYear + number >> 9,
            month: number >> 5 & 0x0F,
            day: number & 0x1F
        )
    }

    /// `(year - 1800) * 16 + month`.
    static func code(of month: YearMonth) -> UInt64 {
        UInt64(truncatingIfNeeded: (month.year - CivilDate.firstYear) << 4 | month.month)
    }

    static func month(_ code: UInt64) -> YearMonth? {
        guard code <= maximumMonth else { return nil }
        let number = Int(truncatingIfNeeded: code)
        return try? YearMonth(year: CivilDate.firstYear + number >> 4, month: number & 0x0F)
    }

    static let maximumDate: UInt64 = 8200 << 9
    static let maximumMonth: UInt64 = 8200 << 4
}
