package import Benefits
package import CivilIdentity
package import HubProtocol

/// The station's own record: append-only, chained, synced before anything is shown.
package protocol Journal: Sendable {
    /// Appends the events in one transaction, in order.
    ///
    /// Returns only after the rows are on the disk; a throw means that none of them was written.
    /// - Throws: `journal.storage`.
    func append(_ events: [StationEvent]) async throws

    /// Own events about the person which the city has not confirmed yet.
    func pending(for resident: ResidentKey) async throws -> [PendingEvent]

    /// Tries left as the card last told with 63Cx; nil is unknown, 0 is blocked.
    ///
    /// A row `pinAttempted` makes them unknown until the card has answered.
    func triesLeft(of card: CardKey) async throws -> Int?
}

/// One thing that happened, before it becomes a row.
package struct StationEvent: Sendable, Equatable {
    /// What happened.
    package var kind: StationEventKind
    /// Where; empty for the station as a whole.
    package var servicePoint: String
    /// The session it belongs to.
    package var session: String?
    /// The person, in the only form in which one may appear.
    package var residentKey: ResidentKey?
    /// The card, likewise.
    package var cardKey: CardKey?
    /// Further facts; never personal data.
    package var attributes: [String: CanonicalJSON]

    package init(
        _ kind: StationEventKind,
        servicePoint: String,
        session: String? = nil,
        residentKey: ResidentKey? = nil,
        cardKey: CardKey? = nil,
        attributes: [String: CanonicalJSON] = [:]
    ) {
        self.kind = kind
        self.servicePoint = servicePoint
        self.session = session
        self.residentKey = residentKey
        self.cardKey = cardKey
        self.attributes = attributes
    }
}

/// Kinds of journal rows (DOMAIN.md 4.7), by their stable names.
package enum StationEventKind: String, Sendable, CaseIterable {
    case cardInserted = "CardInserted"
    case cardRead = "CardRead"
    case cardRejected = "CardRejected"
    case cardRemoved = "CardRemoved"
    case pinAttempted = "PinAttempted"
    case pinVerified = "PinVerified"
    case pinFailed = "PinFailed"
    case pinLocked = "PinLocked"
    case identityVerified = "IdentityVerified"
    case identityRejected = "IdentityRejected"
    case sessionEnded = "SessionEnded"
    case ledgerQueried = "LedgerQueried"
    case policyUnknownShown = "PolicyUnknownShown"
    case paymentNotified = "PaymentNotified"
    case helpCalled = "HelpCalled"
    case serviceRated = "ServiceRated"
    case stationStarted = "StationStarted"
    case stationStopped = "StationStopped"
    case ledgerSwitched = "LedgerSwitched"
    case deviceDegraded = "DeviceDegraded"
    case deviceRecovered = "DeviceRecovered"
}
