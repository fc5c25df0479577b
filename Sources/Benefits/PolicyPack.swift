/// A city's policy file: the rules that statements are made with, and apart from them the indicators.
public struct PolicyPack: Hashable, Sendable {
    /// The rules.
    public var policy: BenefitPolicy
    /// Targets and background figures; no statement ever sees them.
    public var indicators: [PolicyIndicator]

    /// Creates a pack.
    public init(policy: BenefitPolicy, indicators: [PolicyIndicator]) {
        self.policy = policy
        self.indicators = indicators
    }
}
