/// Where things stand in the input report of a HID POS scanner (usage page 8C): the values of a device profile.
///
/// The usages are public (HID POS Usage Tables 1.02); where a model puts them stands in its report descriptor, so that
/// nothing is assumed here. All offsets count from the first byte of the report, the report id included.
public struct HIDPOSLayout: Hashable, Sendable {
    /// The report id in the first byte; nil when the device numbers none.
    public let reportID: UInt8?
    /// The bytes of a report.
    public let reportBytes: Int
    /// Where the number of data bytes stands.
    public let lengthOffset: Int
    /// Where the symbology stands, three bytes of AIM; nil when the report has none.
    public let symbologyOffset: Int?
    /// Where the data begin.
    public let dataOffset: Int
    /// The most data bytes of one report.
    public let dataBytes: Int
    /// Where the sign stands that the next report goes on; nil when a code never does.
    public let continuationOffset: Int?
    /// The bits of that sign.
    public let continuationBits: UInt8

    /// The most bytes of a report: four packets of a full-speed interrupt endpoint.
    public static let reportBytesMax = 256
    /// The bytes of an identifier by AIM: `]`, letter, modifier.
    public static let symbologyBytes = 3

    /// Makes a layout.
    ///
    /// - Parameters:
    ///   - reportID: The report id, if there is one.
    ///   - reportBytes: The bytes of a report, 1 to ``reportBytesMax``.
    ///   - lengthOffset: Where the number of data bytes stands.
    ///   - symbologyOffset: Where the symbology stands, if it does.
    ///   - dataOffset: Where the data begin.
    ///   - dataBytes: The most data bytes of one report, 1 to 255.
    ///   - continuationOffset: Where the sign of continuation stands, if there is one.
    ///   - continuationBits: The bits of that sign, not 00.
    /// - Throws: ``PeripheralError`` with `scanner.profile` when fields lie outside the report or upon each other.
    public init(
        reportID: UInt8?,
        reportBytes: Int,
        lengthOffset: Int,
        symbologyOffset: Int?,
        dataOffset: Int,
        dataBytes: Int,
        continuationOffset: Int?,
        continuationBits: UInt8 = 0x01
    ) throws(PeripheralError) {
        guard (1...Self.reportBytesMax).contains(reportBytes), (1...255).contains(dataBytes), continuationBits != 0
        else {
            throw PeripheralError(.scannerProfile, "a report has 1 to \(Self.reportBytesMax) bytes, data 1 to 255")
        }
        let fields: [(Int, Int)?] = [
            reportID.map { _ in (0, 1) },
            (lengthOffset, 1),
            symbologyOffset.map { ($0, Self.symbologyBytes) },
            (dataOffset, dataBytes),
            continuationOffset.map { ($0, 1) },
        ]
        var used: Set<Int> = []
        for (offset, count) in fields.compactMap(\.self) {
            guard (0..<reportBytes).contains(offset), count <= reportBytes - offset else {
                throw PeripheralError(.scannerProfile, "a field lies outside the report")
            }
            for byte in offset..<(offset + count) where !used.insert(byte).inserted {
                throw PeripheralError(.scannerProfile, "two fields of a report lie upon each other")
            }
        }
        self.reportID = reportID
        self.reportBytes = reportBytes
        self.lengthOffset = lengthOffset
        self.symbologyOffset = symbologyOffset
        self.dataOffset = dataOffset
        self.dataBytes = dataBytes
        self.continuationOffset = continuationOffset
        self.continuationBits = continuationBits
    }
}
