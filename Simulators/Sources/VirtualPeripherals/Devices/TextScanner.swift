/// A scanner that sends what it reads as text, over a serial line or CDC-ACM (PROTOCOLS.md 6).
package struct TextScanner: Peripheral {
    /// What follows the text.
    package enum Suffix: String, Hashable, Sendable, CaseIterable {
        case none = ""
        case carriageReturn = "\r"
        case lineFeed = "\n"
        case both = "\r\n"
    }

    /// What follows each text.
    package let suffix: Suffix
    private var scans = 0

    package var kind: String { "scanner-text" }

    /// Makes a scanner.
    package init(suffix: Suffix = .carriageReturn) {
        self.suffix = suffix
    }

    package mutating func restart(afterPower: Bool) {}

    package mutating func receive(
        _ bytes: [UInt8],
        on pipe: Pipe,
        faults: inout PeripheralFaults
    ) -> [PeripheralOutput] { [] }

    package mutating func perform(_ command: DeviceCommand) throws(PeripheralFailure) -> HandResult {
        guard case .scan(let text) = command else { throw PeripheralFailure("a scanner cannot do that") }
        scans += 1
        return HandResult(outputs: [PeripheralOutput(Array((text + suffix.rawValue).utf8))])
    }

    package var state: [String: String] { ["scans": String(scans)] }
}
