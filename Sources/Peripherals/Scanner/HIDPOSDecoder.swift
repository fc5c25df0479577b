/// Joins the input reports of a HID POS scanner into codes (PROTOCOLS.md 6).
public struct HIDPOSDecoder: Sendable {
    private let layout: HIDPOSLayout
    private let lengthMax: Int

    private var data: [UInt8] = []
    private var symbology: String?
    private var isContinued = false
    /// Why the present code is already spoilt; reports are dropped until its last one.
    private var spoiltBy: PeripheralError.Code?

    /// Makes a decoder between two codes.
    ///
    /// - Parameters:
    ///   - layout: Where things stand in a report.
    ///   - lengthMax: The most bytes of a code, 1 to ``ScannedCode/bytesMax``.
    /// - Throws: ``PeripheralError`` with `scanner.profile` for a length out of its bounds.
    public init(layout: HIDPOSLayout, lengthMax: Int = 1_024) throws(PeripheralError) {
        guard (1...ScannedCode.bytesMax).contains(lengthMax) else {
            throw PeripheralError(.scannerProfile, "a code has 1 to \(ScannedCode.bytesMax) bytes")
        }
        self.layout = layout
        self.lengthMax = lengthMax
    }

    /// Takes one report.
    ///
    /// - Parameter report: What the scanner sent; it may be padded with zeros.
    /// - Returns: The code that it ends, or a failure; nil while the code goes on, for a report of another id, and for
    ///   an empty report between two codes.
    public mutating func take(_ report: [UInt8]) -> ScannerEvent? {
        if let reportID = layout.reportID, report.first != reportID { return nil }
        guard let part = part(of: report) else {
            // Whether the code goes on is not known: the next report begins a new one.
            reset()
            return .failure(.scannerMalformed)
        }
        add(part)
        isContinued = part.isContinued
        guard !isContinued else { return nil }
        defer { reset() }
        if let spoiltBy { return .failure(spoiltBy) }
        guard !data.isEmpty else { return nil }
        do throws(PeripheralError) {
            return .code(try ScannedCode(data, symbology: symbology))
        } catch {
            return .failure(error.code)
        }
    }

    /// Gives up the code that waits for its next report, when none came in time.
    ///
    /// - Returns: `scanner.torn` when there was one.
    public mutating func giveUp() -> ScannerEvent? {
        guard isContinued else { return nil }
        reset()
        return .failure(.scannerTorn)
    }

    private struct Part {
        var data: ArraySlice<UInt8>
        var symbology: String?
        var isContinued: Bool
    }

    private func part(of report: [UInt8]) -> Part? {
        guard report.count == layout.reportBytes else { return nil }
        let length = Int(report[layout.lengthOffset])
        guard length <= layout.dataBytes else { return nil }
        let isContinued = layout.continuationOffset.map { report[$0] & layout.continuationBits != 0 } ?? false
        let data = report[layout.dataOffset..<(layout.dataOffset + length)]
        let symbology = layout.symbologyOffset.flatMap { offset in
            Self.symbology(report[offset..<(offset + HIDPOSLayout.symbologyBytes)])
        }
        return Part(data: data, symbology: symbology, isContinued: isContinued)
    }

    private mutating func add(_ part: Part) {
        if isContinued, part.symbology != symbology { spoil(.scannerMalformed) }
        symbology = part.symbology
        if data.count + part.data.count > lengthMax { spoil(.scannerTooLong) }
        if spoiltBy == nil { data += part.data }
    }

    /// The identifier by AIM: `]`, a letter, a digit or letter; nil for anything else.
    private static func symbology(_ bytes: ArraySlice<UInt8>) -> String? {
        let identifier = Array(bytes)
        guard identifier[0] == UInt8(ascii: "]"), isLetter(identifier[1]),
            isLetter(identifier[2]) || (0x30...0x39).contains(identifier[2])
        else { return nil }
        return String(decoding: identifier, as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte & 0xDF) }

    private mutating func spoil(_ code: PeripheralError.Code) {
        data = []
        spoiltBy = spoiltBy ?? code
    }

    private mutating func reset() {
        data = []
        symbology = nil
        isContinued = false
        spoiltBy = nil
    }
}

extension HIDPOSDecoder: PersonalContent {
    /// The number of bytes that wait.
    public var redacted: String { "HID POS decoder with \(data.count) bytes" }
}
