/// What a service needs to have been proved about person and card.
public struct ServiceRequirement: Hashable, Sendable {
    /// The service.
    public var service: StationService
    /// The level that the person must have reached.
    public var level: AssuranceLevel
    /// Whether a PIN counts when the card itself was not authenticated.
    public var acceptsPINWithoutCardAuthentication: Bool

    /// Creates a requirement.
    public init(service: StationService, level: AssuranceLevel, acceptsPINWithoutCardAuthentication: Bool) {
        self.service = service
        self.level = level
        self.acceptsPINWithoutCardAuthentication = acceptsPINWithoutCardAuthentication
    }

    /// The least that a policy may ask for: below L1 nothing personal, below L2 no amounts (INV-15).
    ///
    /// - Parameter service: the service.
    /// - Returns: the floor of ``level``.
    public static func lowestLevel(for service: StationService) -> AssuranceLevel {
        switch service {
        case .benefitsSummary: .l1
        case .benefitDetails: .l2
        }
    }

    /// What holds for a service that a policy says nothing about: the lowest level, and no trust in a PIN alone.
    ///
    /// - Parameter service: the service.
    /// - Returns: the strict requirement.
    public static func strict(_ service: StationService) -> ServiceRequirement {
        ServiceRequirement(
            service: service,
            level: lowestLevel(for: service),
            acceptsPINWithoutCardAuthentication: false
        )
    }

    /// Whether the service may be given.
    ///
    /// - Parameters:
    ///   - level: what was proved about the person.
    ///   - authentication: what was proved about the card.
    /// - Returns: false when the level is too low, or rests on a PIN that an unauthenticated card accepted and that does
    ///   not count here.
    public func isMet(by level: AssuranceLevel, authentication: CardAuthentication) -> Bool {
        guard level >= max(self.level, Self.lowestLevel(for: service)) else {
            return false
        }
        let restsOnPIN = level == .l2 && max(self.level, Self.lowestLevel(for: service)) == .l2
        return !restsOnPIN || authentication != .none || acceptsPINWithoutCardAuthentication
    }
}
