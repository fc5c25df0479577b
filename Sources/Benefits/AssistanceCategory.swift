/// The five categories of assistance, and social insurance beside them.
public enum AssistanceCategory: String, Hashable, Sendable, CaseIterable {
    /// Living, 生活救助.
    case living
    /// Education, 教育救助.
    case education
    /// Medical, 医疗救助.
    case medical
    /// Disability, 残疾救助.
    case disability
    /// Other, 其他救助.
    case other
    /// Not assistance: paid by social insurance.
    case socialInsurance
}
