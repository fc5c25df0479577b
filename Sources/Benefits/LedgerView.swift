public import CivilIdentity

/// What is known of one resident: the ledger's copy, and own events that the city has not confirmed.
public struct LedgerView: Hashable, Sendable {
    /// Of whom.
    public var residentKey: ResidentKey
    /// What the ledger says, ended ones included.
    public var entitlements: [Entitlement]
    /// How old the data is, source by source.
    public var sources: [SourceFreshness]
    /// Own events that the city has not confirmed.
    public var pending: [PendingEvent]
    /// Programmes as the ledger describes them; used for names that the policy does not have.
    public var programmes: [Programme]

    /// Creates a view.
    public init(
        residentKey: ResidentKey,
        entitlements: [Entitlement],
        sources: [SourceFreshness],
        pending: [PendingEvent] = [],
        programmes: [Programme] = []
    ) {
        self.residentKey = residentKey
        self.entitlements = entitlements
        self.sources = sources
        self.pending = pending
        self.programmes = programmes
    }

    /// The view with its pending events applied: a credited payment that the person has seen is notified.
    ///
    /// - Returns: a view without pending events. Applying an event twice, or one whose payment is unknown or in another
    ///   state, changes nothing (INV-14).
    public func folded() -> LedgerView {
        var seen: Set<PaymentReference> = []
        for event in pending {
            switch event {
            case .paymentNotified(let entitlement, let month, let instalment):
                seen.insert(PaymentReference(entitlement: entitlement, month: month, instalment: instalment))
            }
        }
        var result = self
        result.pending = []
        guard !seen.isEmpty else {
            return result
        }
        for (index, entitlement) in entitlements.enumerated() {
            for (position, payment) in entitlement.payments.enumerated() where payment.state == .credited {
                let reference = payment.reference(of: entitlement.id)
                if seen.contains(reference) {
                    result.entitlements[index].payments[position].state = .notified
                }
            }
        }
        return result
    }
}

extension LedgerView: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The resident key and counts; no amounts.
    public var description: String {
        "LedgerView(\(residentKey), \(entitlements.count) entitlements, \(pending.count) pending)"
    }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Has no children, so that `dump` shows ``description`` only.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension Payment {
    func reference(of entitlement: String) -> PaymentReference {
        PaymentReference(entitlement: entitlement, month: month, instalment: instalment)
    }
}
