/// Where things stand in the reports of a HID POS scanner (usage page 8C, PROTOCOLS.md 6).
///
/// Offsets count from the first byte of the report, which is its number if it has one.
public struct ScannerReport: Hashable, Sendable {
    /// The bit that tells whether more follows.
    public struct Continuation: Hashable, Sendable {
        /// Where its byte stands.
        public var offset: Int
        /// The bit of that byte, from 0.
        public var bit: Int

        /// Makes a place.
        ///
        /// - Parameters:
        ///   - offset: Where its byte stands.
        ///   - bit: The bit of that byte.
        public init(offset: Int, bit: Int) {
            self.offset = offset
            self.bit = bit
        }
    }

    /// Bytes of a report: what an interrupt endpoint of full speed carries (USB 2.0, 5.7.3).
    public static let bytesRange = 8...64
    /// Bytes of the AIM identifier, as in `]Q1` (ISO/IEC 15424).
    public static let symbologyBytes = 3

    /// The number of the report, or nil when reports have none.
    public var reportID: UInt8?
    /// Bytes of a report.
    public var bytes: Int
    /// Where the number of data bytes stands.
    public var lengthOffset: Int
    /// Where the AIM identifier stands, or nil when there is none.
    public var symbologyOffset: Int?
    /// Where the data begins.
    public var dataOffset: Int
    /// The most data bytes of one report.
    public var dataBytes: Int
    /// The bit that tells whether more follows, or nil when a code has one report.
    public var continuation: Continuation?
    /// The most bytes of a code; what is longer is dropped.
    public var lengthMax: Int

    /// Makes a layout.
    ///
    /// - Parameters:
    ///   - reportID: The number of the report.
    ///   - bytes: Bytes of a report.
    ///   - lengthOffset: Where the number of data bytes stands.
    ///   - symbologyOffset: Where the AIM identifier stands.
    ///   - dataOffset: Where the data begins.
    ///   - dataBytes: The most data bytes of one report.
    ///   - continuation: The bit that tells whether more follows.
    ///   - lengthMax: The most bytes of a code.
    public init(
        reportID: UInt8?,
        bytes: Int,
        lengthOffset: Int,
        symbologyOffset: Int?,
        dataOffset: Int,
        dataBytes: Int,
        continuation: Continuation?,
        lengthMax: Int
    ) {
        self.reportID = reportID
        self.bytes = bytes
        self.lengthOffset = lengthOffset
        self.symbologyOffset = symbologyOffset
        self.dataOffset = dataOffset
        self.dataBytes = dataBytes
        self.continuation = continuation
        self.lengthMax = lengthMax
    }

    /// Whether all fields lie inside the report, and no two on the same byte.
    public var isConsistent: Bool {
        let fields = [
            reportID.map { _ in 0..<1 }, lengthOffset..<lengthOffset + 1,
            symbologyOffset.map { $0..<$0 + Self.symbologyBytes }, dataOffset..<dataOffset + dataBytes,
            continuation.map { $0.offset..<$0.offset + 1 },
        ].compactMap(\.self).sorted { $0.lowerBound < $1.lowerBound }
        return zip(fields, fields.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
            && fields.allSatisfy { $0.upperBound <= bytes }
    }
}
