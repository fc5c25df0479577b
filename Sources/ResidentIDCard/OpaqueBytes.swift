/// Bytes of a document that this program passes on and never looks into: a photo (WLT, PROTOCOLS.md 2.4), fingerprints,
/// a text block of unknown layout.
///
/// Personal: held in memory only as long as the session, never stored. The descriptions show the count only.
public struct OpaqueBytes: Hashable, Sendable {
    /// The bytes.
    ///
    /// Personal: never in a log, a message or a file name.
    public let revealed: [UInt8]

    /// Wraps bytes.
    ///
    /// - Parameter revealed: The bytes.
    public init(_ revealed: [UInt8]) {
        self.revealed = revealed
    }

    /// How many bytes.
    public var count: Int { revealed.count }
}

extension OpaqueBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The count only.
    public var description: String { "\(count) bytes (redacted)" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
