/// A scanner that types what it reads, as a USB boot keyboard with a US layout (PROTOCOLS.md 6).
package struct KeyboardScanner: Peripheral {
    /// Bytes of a boot report: modifiers, a reserved byte, six keys (HID 1.11, appendix B).
    package static let reportBytes = 8
    private static let leftShift: UInt8 = 0x02
    private static let enter: UInt8 = 0x28

    /// Whether Enter follows the text.
    package let endsWithEnter: Bool
    private var scans = 0

    package var kind: String { "scanner-keyboard" }

    /// Makes a scanner.
    package init(endsWithEnter: Bool = true) {
        self.endsWithEnter = endsWithEnter
    }

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
        HIDRequests.answer(setup, reportDescriptor: HIDRequests.bootKeyboard, reportBytes: Self.reportBytes)
    }

    package mutating func perform(_ command: DeviceCommand) throws(PeripheralFailure) -> HandResult {
        guard case .scan(let text) = command else { throw PeripheralFailure("a scanner cannot do that") }
        var reports: [[UInt8]] = []
        for byte in text.utf8 {
            guard let key = Self.key(byte) else {
                throw PeripheralFailure("this scanner types printable ASCII only")
            }
            reports.append([key.isShifted ? Self.leftShift : 0, 0, key.code, 0, 0, 0, 0, 0])
        }
        if endsWithEnter {
            reports.append([0, 0, Self.enter, 0, 0, 0, 0, 0])
        }
        scans += 1
        let released = [UInt8](repeating: 0, count: Self.reportBytes)
        return HandResult(outputs: reports.flatMap { [PeripheralOutput($0), PeripheralOutput(released)] })
    }

    /// Usage of a character on the US layout (HID Usage Tables, page 07).
    private static func key(_ byte: UInt8) -> (code: UInt8, isShifted: Bool)? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): return (byte - 0x61 + 0x04, false)
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): return (byte - 0x41 + 0x04, true)
        case UInt8(ascii: "1")...UInt8(ascii: "9"): return (byte - 0x31 + 0x1E, false)
        case UInt8(ascii: "0"): return (0x27, false)
        case UInt8(ascii: " "): return (0x2C, false)
        default: break
        }
        // Digit keys with shift, then the keys from hyphen to slash; key 32 is not on this layout.
        if let place = Array("!@#$%^&*()".utf8).firstIndex(of: byte) { return (0x1E + UInt8(place), true) }
        let codes: [UInt8] = [0x2D, 0x2E, 0x2F, 0x30, 0x31, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38]
        if let place = Array("-=[]\\;'`,./".utf8).firstIndex(of: byte) { return (codes[place], false) }
        if let place = Array("_+{}|:\"~<>?".utf8).firstIndex(of: byte) { return (codes[place], true) }
        return nil
    }

    package var state: [String: String] { ["scans": String(scans)] }
}
