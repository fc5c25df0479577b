/// Bytes of one write: whole commands and whole characters.
///
/// A real-time status request between two chunks therefore never stands inside a command.
public struct PrinterChunk: Hashable, Sendable {
    /// The bytes, at least one.
    public let bytes: [UInt8]

    /// Behind which byte counts a command or a character ends, ascending.
    let unitEnds: [Int]

    /// What is missing of the command or character that a torn write cut.
    ///
    /// - Parameter written: How many bytes of the chunk the printer has taken.
    /// - Returns: Nothing when the write ended between two commands.
    func rest(after written: Int) -> [UInt8] {
        guard written > 0, let end = unitEnds.first(where: { $0 >= written }) else { return [] }
        return Array(bytes[written..<end])
    }
}

extension PrinterChunk: PersonalContent {
    /// The number of bytes.
    public var redacted: String { "chunk of \(bytes.count) bytes" }
}
