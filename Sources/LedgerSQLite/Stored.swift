import Benefits
import CivilIdentity

/// The numbers by which the tables of the ledger hold dates and states.
enum Stored: Sendable {
    /// `20260331`.
    static func number(_ date: CivilDate) -> Int64 { Int64(date.year * 10_000 + date.month * 100 + date.day) }

    /// `202603`.
    static func number(_ month: YearMonth) -> Int64 { Int64(month.year * 100 + month.month) }

    static func number(_ state: EntitlementState) -> Int64 {
        switch state {
        case .pending: 1
        case .active: 2
        case .suspended: 3
        case .tapering: 4
        case .ended: 5
        }
    }

    static func number(_ state: PaymentState) -> Int64 {
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

    static func number(_ period: Period) -> Int64 {
        switch period {
        case .once: 1
        case .month: 2
        case .quarter: 3
        case .year: 4
        }
    }

    static func date(_ number: Int64) throws(LedgerError) -> CivilDate {
        guard (0...99_991_231).contains(number),
            let date = try? CivilDate(
                year: Int(number / 10_000),
                month: Int(number / 100 % 100),
                day: Int(number % 100)
            )
        else { throw damaged("a date") }
        return date
    }

    static func month(_ number: Int64) throws(LedgerError) -> YearMonth {
        guard (0...999_912).contains(number),
            let month = try? YearMonth(year: Int(number / 100), month: Int(number % 100))
        else { throw damaged("a month") }
        return month
    }

    static func entitlementState(_ number: Int64) throws(LedgerError) -> EntitlementState {
        switch number {
        case 1: .pending
        case 2: .active
        case 3: .suspended
        case 4: .tapering
        case 5: .ended
        default: throw damaged("the state of an entitlement")
        }
    }

    static func paymentState(_ number: Int64) throws(LedgerError) -> PaymentState {
        switch number {
        case 1: .planned
        case 2: .instructed
        case 3: .credited
        case 4: .notified
        case 5: .returned
        case 6: .reissued
        case 7: .reversed
        default: throw damaged("the state of a payment")
        }
    }

    static func period(_ number: Int64) throws(LedgerError) -> Period {
        switch number {
        case 1: .once
        case 2: .month
        case 3: .quarter
        case 4: .year
        default: throw damaged("a period")
        }
    }

    static func damaged(_ what: String, line: Int = #line) -> LedgerError {
        LedgerError(.damaged, "\(what) in the ledger is not one that an import writes", line: line)
    }
}
