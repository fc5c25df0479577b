/// The two kinds of short text in records.
enum WireText: Sendable {
    /// Printable ASCII without blanks: codes and ids.
    static func isToken(_ text: some Collection<UInt8>, max: Int) -> Bool {
        (1...max).contains(text.count) && text.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// A title for people: not empty, no control characters.
    static func isTitle(_ text: some Collection<UInt8>) -> Bool {
        (1...SnapshotFormat.maximumTitleBytes).contains(text.count) && text.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
    }

    /// The last four digits of an account.
    static func isLastFour(_ text: some Collection<UInt8>) -> Bool {
        text.count == 4 && text.allSatisfy { (0x30...0x39).contains($0) }
    }
}
