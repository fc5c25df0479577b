/// Who receives a benefit.
public enum BeneficiaryUnit: String, Hashable, Sendable, CaseIterable {
    /// One person.
    case person
    /// A household as a whole.
    case household
}
