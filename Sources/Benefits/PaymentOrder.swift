import CivilIdentity

/// The payments of several entitlements, newest first, by their places: a statement looks at all of them a few times, and
/// copying them each time would cost more than the rest of it.
struct PaymentOrder: Sendable {
    /// Where a payment stands, with what conditions look at: plain values, which cost nothing to copy.
    struct Place: Sendable {
        var entitlement: Int
        var payment: Int
        var month: YearMonth
        var instalment: Int
        var state: PaymentState
        var creditedOn: CivilDate?

        func isNewer(than other: Place) -> Bool {
            month == other.month ? instalment > other.instalment : month > other.month
        }

        /// The day on which it came to the account; without one, the last of its month.
        var dayOnAccount: CivilDate { creditedOn ?? month.lastDay }
    }

    private let entitlements: [Entitlement]
    /// The places, newest payment first.
    let places: [Place]

    init(_ entitlements: [Entitlement]) {
        self.entitlements = entitlements
        var places: [Place] = []
        places.reserveCapacity(entitlements.reduce(0) { $0 + $1.payments.count })
        // A ledger gives the payments of an entitlement in this order already; several entitlements are seldom.
        var isInOrder = true
        for entitlement in entitlements.indices {
            for payment in entitlements[entitlement].payments.indices {
                let place = Self.place(entitlements[entitlement].payments[payment], entitlement, payment)
                if let last = places.last { isInOrder = isInOrder && !place.isNewer(than: last) }
                places.append(place)
            }
        }
        if !isInOrder { places.sort { $0.isNewer(than: $1) } }
        self.places = places
    }

    private static func place(_ payment: borrowing Payment, _ entitlement: Int, _ index: Int) -> Place {
        Place(
            entitlement: entitlement,
            payment: index,
            month: payment.month,
            instalment: payment.instalment,
            state: payment.state,
            creditedOn: payment.creditedOn
        )
    }

    /// The payments for which the condition holds, newest first.
    func payments(where condition: (Place) -> Bool) -> [Payment] {
        places.filter(condition).map(payment)
    }

    /// References to the payments for which the condition holds, newest first.
    func references(where condition: (Place) -> Bool) -> [PaymentReference] {
        places.filter(condition).map { payment($0).reference(of: entitlements[$0.entitlement].id) }
    }

    /// The payment that came to the account last, by its day, then by month and instalment.
    func lastOnAccount() -> Payment? {
        var last: Place?
        for place in places where place.state.isPaid {
            if let before = last, !Self.landedEarlier(before, than: place) { continue }
            last = place
        }
        return last.map(payment)
    }

    private func payment(_ place: Place) -> Payment { entitlements[place.entitlement].payments[place.payment] }

    private static func landedEarlier(_ left: Place, than right: Place) -> Bool {
        let (leftDay, rightDay) = (left.dayOnAccount, right.dayOnAccount)
        return leftDay == rightDay ? right.isNewer(than: left) : leftDay < rightDay
    }
}
