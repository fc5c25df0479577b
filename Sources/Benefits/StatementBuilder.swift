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
        let payments = PaymentOrder(entitlements)
        let payDay = nextPayDay(of: code, entitlements)
        let asOf = dataAsOf(entitlements)
        let freshness = asOf.map { policy.freshnessLimits.freshness(asOf: $0, now: now) } ?? .stale
        let line = StatementLine(
            programme: programme(code),
            isEntitled: entitlements.contains(where: \.state.isEntitled),
            state: leading?.state,
            amount: amount(entitlements),
            entitlements: entitlements,
            lastPayment: payments.lastOnAccount(),
            nextPayDay: payDay,
            history: payments.payments(where: isRecent),
            returned: payments.payments { $0.state == .returned },
            unseenCredits: payments.references { $0.state == .credited && isRecent($0) },
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
        var result: [Entitlement] = []
        for index in view.entitlements.indices where view.entitlements[index].programme == code {
            // A person has a handful of them at most, so looking through those that were taken is quicker than a set.
            guard !result.contains(where: { $0.id == view.entitlements[index].id }) else {
                continue
            }
            var entitlement = view.entitlements[index]
            entitlement.state = entitlement.state(in: today.yearMonth)
            result.append(entitlement)
        }
        guard result.count > 1 else {
            return result
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
    /// The pay day may be today, as long as nothing has come this month; a month that is paid already is passed over.
    private func nextPayDay(of code: ProgrammeCode, _ entitlements: [Entitlement]) -> Known<CivilDate> {
        let paid = entitlements.filter(\.state.isPaid)
        if let day = paid.lazy.compactMap(nextDueDay).min() {
            return .known(day, citation: nil)
        }
        guard case .known(let number, let citation) = policy.rules(for: code).payDay else {
            return .unknown
        }
        let days = paid.filter(Self.isMonthly).compactMap { payDay(number, of: $0) }
        return days.min().map { .known($0, citation: citation) } ?? .unknown
    }

    /// The first day, from today on, on which a payment on its way is due.
    private func nextDueDay(_ entitlement: Entitlement) -> CivilDate? {
        var result: CivilDate?
        for index in entitlement.payments.indices where entitlement.payments[index].state.isUnderway {
            guard let day = entitlement.payments[index].dueOn, day >= today else {
                continue
            }
            result = min(result ?? day, day)
        }
        return result
    }

    /// Whether the pay day of the policy can apply; an entitlement without an amount may be monthly.
    private static func isMonthly(_ entitlement: Entitlement) -> Bool {
        entitlement.amount.map { $0.period == .month } ?? true
    }

    /// The pay day of the first month, from this one on, whose day is not over and whose money has not come.
    private func payDay(_ number: Int, of entitlement: Entitlement) -> CivilDate? {
        var month = today.yearMonth
        // Ends: an entitlement has few payments, so few months are paid.
        while month.day(number) < today || hasCome(for: month, payDay: month.day(number), entitlement) {
            month = month.adding(months: 1)
        }
        return entitlement.to.map { month <= $0 } ?? true ? month.day(number) : nil
    }

    /// Whether the money of a month is on the account.
    ///
    /// A part of it that is still on its way keeps the month open. On the pay day itself money that came this month
    /// counts whatever month it pays for, since a city may pay afterwards.
    private func hasCome(for month: YearMonth, payDay: CivilDate, _ entitlement: Entitlement) -> Bool {
        let ofMonth = entitlement.payments.filter { $0.month == month }
        if ofMonth.contains(where: \.state.isPaid), !ofMonth.contains(where: \.state.isUnderway) { return true }
        return payDay == today
            && entitlement.payments.contains { $0.state.isPaid && $0.creditedOn?.yearMonth == month }
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
        for entitlement in entitlements {
            let dates = view.sources.lazy.filter { $0.source == entitlement.source }.map(\.asOf)
            guard let asOf = dates.min() else {
                return nil
            }
            result = min(result ?? asOf, asOf)
        }
        return result
    }

    private func isRecent(_ place: PaymentOrder.Place) -> Bool {
        (0..<Benefits.historyMonths).contains(place.month.months(until: today.yearMonth))
    }

    private static func yesOrNo(_ line: StatementLine) -> StatementLine {
        var result = line.withoutAmounts()
        result.nextPayDay = .unknown
        result.policyUnknowns = line.policyUnknowns.filter { $0 != .payDay }
        return result
    }
}
