/// What the code of an electronic social-security card is verified for: the `bizType` of the endpoint (PROTOCOLS.md
/// 1.9, 6).
public enum CodePurpose: String, Sendable, CaseIterable {
    /// A query of one's own business.
    case businessQuery = "01"
    /// A payment.
    case payment = "02"
    /// Another purpose.
    case other = "03"
    /// Medical care outside one's region.
    case crossRegionMedical = "04"
}
