import CivilIdentity

/// The payments of several entitlements, newest first, by their places: a statement looks at all of them a few times, and
/// copying them each time would cost more than the rest of it.
struct PaymentOrder: Sendable {
    /// Where a payment stands.
    struct Place: Sendable {
        var entitlement: Int
        var payment: Int
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
                let place = Place(entitlement: entitlement, payment: payment)
                if let last = places.last { isInOrder = isInOrder && !Self.isNewer(place, than: last, entitlements) }
                places.append(place)
            }
        }
        if !isInOrder { places.sort { Self.isNewer($0, than: $1, entitlements) } }
        self.places = places
    }

    /// The payment at a place.
    subscript(place: Place) -> Payment { entitlements[place.entitlement].payments[place.payment] }

    /// The payments for which the condition holds, newest first.
    func payments(where condition: (Payment) -> Bool) -> [Payment] {
        places.filter { condition(self[$0]) }.map { self[$0] }
    }

    /// References to the payments for which the condition holds, newest first.
    func references(where condition: (Payment) -> Bool) -> [PaymentReference] {
        places.filter { condition(self[$0]) }
            .map { self[$0].reference(of: entitlements[$0.entitlement].id) }
    }

    /// The payment that came to the account last, by its day, then by month and instalment; without a day it counts as
    /// come on the last of its month.
    func lastOnAccount() -> Payment? {
        var last: Place?
        for place in places where self[place].state.isPaid {
            if let before = last, !landedEarlier(before, than: place) { continue }
            last = place
        }
        return last.map { self[$0] }
    }

    private func landedEarlier(_ left: Place, than right: Place) -> Bool {
        let (leftDay, rightDay) = (dayOnAccount(left), dayOnAccount(right))
        return leftDay == rightDay ? Self.isNewer(right, than: left, entitlements) : leftDay < rightDay
    }

    private func dayOnAccount(_ place: Place) -> CivilDate { self[place].creditedOn ?? self[place].month.lastDay }

    private static func isNewer(_ left: Place, than right: Place, _ entitlements: [Entitlement]) -> Bool {
        let leftMonth = entitlements[left.entitlement].payments[left.payment].month
        let rightMonth = entitlements[right.entitlement].payments[right.payment].month
        guard leftMonth == rightMonth else { return leftMonth > rightMonth }
        return entitlements[left.entitlement].payments[left.payment].instalment
            > entitlements[right.entitlement].payments[right.payment].instalment
    }
}
