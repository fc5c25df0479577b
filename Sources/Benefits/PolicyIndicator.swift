/// A target, an average or a background figure of a policy: for reports, never for a payment (INV-07).
///
/// It is a type of its own, with a number that is no ``Money``, so that a statement cannot be made from it.
public struct PolicyIndicator: Hashable, Sendable {
    /// What kind of figure it is.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// What the city wants to reach.
        case target
        /// Background.
        case context
    }

    /// Identifies the figure within the pack.
    public var id: String
    /// What kind of figure it is.
    public var kind: Kind
    /// What it counts.
    public var text: BilingualText
    /// The figure as the source writes it.
    public var figure: String
    /// The unit, such as `yuan per month` or `stations`.
    public var unit: String
    /// Document and clause.
    public var citation: String

    /// Creates an indicator.
    public init(id: String, kind: Kind, text: BilingualText, figure: String, unit: String, citation: String) {
        self.id = id
        self.kind = kind
        self.text = text
        self.figure = figure
        self.unit = unit
        self.citation = citation
    }
}
