/// The name of a reader as PC/SC gives it, such as `Generic Reader 00 00`.
///
/// Names can change after replugging; profiles match them by pattern.
public struct ReaderName: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The name, at most 128 bytes in PC/SC.
    public var rawValue: String

    /// Takes a name as it stands.
    ///
    /// - Parameter rawValue: The PC/SC name.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Takes a name as it stands.
    ///
    /// - Parameter rawValue: The PC/SC name.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// The name.
    public var description: String { rawValue }
}
