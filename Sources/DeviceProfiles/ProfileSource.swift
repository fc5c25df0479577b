/// Where facts of a profile come from.
public struct ProfileSource: Hashable, Sendable {
    /// A standard, a manual, or a document of this project.
    public var document: String
    /// The section or clause.
    public var section: String

    /// Makes a source.
    ///
    /// - Parameters:
    ///   - document: A standard, a manual, or a document of this project.
    ///   - section: The section or clause.
    public init(document: String, section: String) {
        self.document = document
        self.section = section
    }
}
