/// A line between a device and its host; most devices have one, a card-reading module in split wiring has two.
package enum Pipe: Hashable, Sendable {
    case first
    case second
}

/// Bytes of a device for its host.
package struct PeripheralOutput: Hashable, Sendable {
    /// Through which line.
    package var pipe: Pipe
    /// What the host gets.
    package var bytes: [UInt8]

    /// Makes an output, on the only pipe of most devices.
    package init(_ bytes: [UInt8], on pipe: Pipe = .first) {
        self.pipe = pipe
        self.bytes = bytes
    }
}
