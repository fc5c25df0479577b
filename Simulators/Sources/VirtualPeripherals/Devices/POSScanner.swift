/// A scanner of the HID class for points of sale: usage page 8C (PROTOCOLS.md 6).
///
/// A report has its number, the count of data bytes, the three characters of the AIM identifier, 56 bytes of data, two
/// bytes that are the maker's, and a last byte that says whether more follows. This layout is common; profiles give it.
package struct POSScanner: Peripheral {
    /// Number of the only input report.
    package static let reportNumber: UInt8 = 2
    /// Bytes of a report with its number.
    package static let reportBytes = 64
    /// Data bytes of one report.
    package static let dataBytes = 56
    /// AIM identifier of a QR code.
    private static let symbology = Array("]Q1".utf8)

    private var scans = 0

    package var kind: String { "scanner-pos" }

    /// Makes a scanner.
    package init() {}

    package mutating func restart(afterPower: Bool) {}

    package mutating func receive(
        _ bytes: [UInt8],
        on pipe: Pipe,
        faults: inout PeripheralFaults
    ) -> [PeripheralOutput] { [] }

    package mutating func control(
        _ setup: SetupPacket,
        _ data: [UInt8],
        faults: inout PeripheralFaults
    ) -> ControlAnswer? {
        HIDRequests.answer(setup, reportDescriptor: HIDRequests.barCodeScanner, reportBytes: Self.reportBytes)
    }

    package mutating func perform(_ command: DeviceCommand) throws(PeripheralFailure) -> HandResult {
        guard case .scan(let text) = command else { throw PeripheralFailure("a scanner cannot do that") }
        let bytes = Array(text.utf8)
        scans += 1
        let reports = stride(from: 0, to: bytes.count, by: Self.dataBytes).map { start -> [UInt8] in
            let data = Array(bytes[start..<min(start + Self.dataBytes, bytes.count)])
            let padding = [UInt8](repeating: 0, count: Self.dataBytes - data.count)
            let hasMore: UInt8 = start + Self.dataBytes < bytes.count ? 1 : 0
            return [Self.reportNumber, UInt8(data.count)] + Self.symbology + data + padding + [0, 0, hasMore]
        }
        return HandResult(outputs: reports.map { PeripheralOutput($0) })
    }

    package var state: [String: String] { ["scans": String(scans)] }
}
