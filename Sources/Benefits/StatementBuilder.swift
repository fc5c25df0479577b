import CivilIdentity

/// Makes the lines of one statement.
struct StatementBuilder: Sendable {
    let view: LedgerView
    let policy: BenefitPolicy
    let today: CivilDate
    let now: Int64
    /// The date of the oldest source of the view.
    let oldest: Int64?

    func line(_ code: ProgrammeCode) -> StatementLine {
        let entitlements = entitlements(of: code)
        let leading = entitlements.first
        let payments = entitlements.flatMap { entitlement in
            entitlement.payments.map { (reference: $0.reference(of: entitlement.id), payment: $0) }
        }
        .sorted { Self.isNewer($0.payment, than: $1.payment) }
        let recent = payments.filter { isRecent($0.payment) }
        let payDay = nextPayDay(of: code, entitlements)
        let asOf = dataAsOf(entitlements)
        let freshness = asOf.map { policy.freshnessLimits.freshness(asOf: $0, now: now) } ?? .stale
        let line = StatementLine(
            programme: programme(code),
            isEntitled: entitlements.contains(where: \.state.isEntitled),
            state: leading?.state,
            amount: amount(entitlements),
            entitlements: entitlements,
            lastPayment: payments.map(\.payment).filter(\.state.isPaid).max { Self.landedEarlier($0, than: $1) },
            nextPayDay: payDay,
            history: recent.map(\.payment),
            returned: payments.map(\.payment).filter { $0.state == .returned },
            unseenCredits: recent.filter { $0.payment.state == .credited }.map(\.reference),
            policyUnknowns: policyUnknowns(of: code, entitlements, payDay),
            dataAsOf: asOf,
            freshness: freshness,
            isFictitious: policy.isFictitious
        )
        return freshness == .stale ? Self.yesOrNo(line) : line
    }

    /// The entitlements with the state of today: paid, suspended, pending, ended; the later beginning first.
    ///
    /// An entitlement that comes twice is taken once.
    private func entitlements(of code: ProgrammeCode) -> [Entitlement] {
        var known: Set<String> = []
        var result: [Entitlement] = []
        for var entitlement in view.entitlements where entitlement.programme == code {
            guard known.insert(entitlement.id).inserted else {
                continue
            }
            entitlement.state = entitlement.state(in: today.yearMonth)
            result.append(entitlement)
        }
        return result.sorted { left, right in
            let (leftRank, rightRank) = (Self.rank(left.state), Self.rank(right.state))
            guard leftRank == rightRank else {
                return leftRank < rightRank
            }
            let (leftFrom, rightFrom) = (left.from ?? .earliest, right.from ?? .earliest)
            return leftFrom == rightFrom ? left.id < right.id : leftFrom > rightFrom
        }
    }

    private static func rank(_ state: EntitlementState) -> Int {
        switch state {
        case .active, .tapering: 0
        case .suspended: 1
        case .pending: 2
        case .ended: 3
        }
    }

    /// The amount, when there is no doubt which one: exactly one entitlement stands today, or is to come.
    private func amount(_ entitlements: [Entitlement]) -> Known<PeriodMoney> {
        let present = entitlements.filter(\.state.isEntitled)
        let candidates = present.isEmpty ? entitlements.filter(\.state.isLive) : present
        guard candidates.count == 1, let amount = candidates[0].amount else {
            return .unknown
        }
        return .known(amount, citation: nil)
    }

    /// The date that the source gives for a payment on its way, else the pay day of the policy for a monthly benefit.
    ///
    /// The pay day may be today, as long as nothing has come this month.
    private func nextPayDay(of code: ProgrammeCode, _ entitlements: [Entitlement]) -> Known<CivilDate> {
        let paid = entitlements.filter(\.state.isPaid)
        let due = paid.flatMap(\.payments).filter(\.state.isUnderway).compactMap(\.dueOn).filter { $0 >= today }
        if let day = due.min() {
            return .known(day, citation: nil)
        }
        guard case .known(let number, let citation) = policy.rules(for: code).payDay else {
            return .unknown
        }
        let days = paid.filter(Self.isMonthly).compactMap { payDay(number, of: $0) }
        return days.min().map { .known($0, citation: citation) } ?? .unknown
    }

    /// Whether the pay day of the policy can apply; an entitlement without an amount may be monthly.
    private static func isMonthly(_ entitlement: Entitlement) -> Bool {
        entitlement.amount.map { $0.period == .month } ?? true
    }

    private func payDay(_ number: Int, of entitlement: Entitlement) -> CivilDate? {
        let month = today.yearMonth
        let hasCome = entitlement.payments.contains { $0.state.isPaid && $0.creditedOn?.yearMonth == month }
        let candidate = month.day(number)
        let isAhead = candidate > today || candidate == today && !hasCome
        let day = isAhead ? candidate : month.adding(months: 1).day(number)
        return entitlement.to.map { day.yearMonth <= $0 } ?? true ? day : nil
    }

    /// Policy values that somebody would want to read on this line and that the pack does not have.
    private func policyUnknowns(
        of code: ProgrammeCode,
        _ entitlements: [Entitlement],
        _ payDay: Known<CivilDate>
    ) -> [PolicyKey] {
        let rules = policy.rules(for: code)
        var keys: [PolicyKey] = []
        let isDue = entitlements.contains { $0.state.isPaid && Self.isMonthly($0) }
        if payDay == .unknown, rules.payDay == .unknown, isDue {
            keys.append(.payDay)
        }
        if rules.minimumAge == .unknown, !entitlements.contains(where: \.state.isLive) {
            keys.append(.minimumAge)
        }
        return keys
    }

    private func programme(_ code: ProgrammeCode) -> Programme {
        policy.programme(code) ?? view.programmes.first { $0.code == code } ?? .undescribed(code)
    }

    /// The oldest date of the sources behind these entitlements; without entitlements that of all sources.
    ///
    /// A source without a date makes the whole line undated.
    private func dataAsOf(_ entitlements: [Entitlement]) -> Int64? {
        guard !entitlements.isEmpty else {
            return oldest
        }
        var result: Int64?
        for source in Set(entitlements.map(\.source)) {
            guard let asOf = view.sources.filter({ $0.source == source }).map(\.asOf).min() else {
                return nil
            }
            result = min(result ?? asOf, asOf)
        }
        return result
    }

    private func isRecent(_ payment: Payment) -> Bool {
        (0..<Benefits.historyMonths).contains(payment.month.months(until: today.yearMonth))
    }

    private static func isNewer(_ left: Payment, than right: Payment) -> Bool {
        (left.month, left.instalment) > (right.month, right.instalment)
    }

    private static func landedEarlier(_ left: Payment, than right: Payment) -> Bool {
        let (leftDay, rightDay) = (left.creditedOn ?? left.month.lastDay, right.creditedOn ?? right.month.lastDay)
        return leftDay == rightDay ? isNewer(right, than: left) : leftDay < rightDay
    }

    private static func yesOrNo(_ line: StatementLine) -> StatementLine {
        var result = line.withoutAmounts()
        result.nextPayDay = .unknown
        result.policyUnknowns = line.policyUnknowns.filter { $0 != .payDay }
        return result
    }
}
