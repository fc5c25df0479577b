public import DeviceIO

/// The answer to GET_PORT_STATUS (PROTOCOLS.md 7.2).
///
/// Cheap printers answer 0x18, all well, whatever their state.
public struct USBPrinterPortStatus: RawRepresentable, Hashable, Sendable {
    /// The byte.
    public let rawValue: UInt8

    /// Takes the byte.
    ///
    /// - Parameter rawValue: The byte.
    public init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Reads the answer.
    ///
    /// - Parameter bytes: The answer: one byte.
    /// - Throws: ``DeviceError`` with `device.malformed`.
    public init(parsing bytes: [UInt8]) throws(DeviceError) {
        guard bytes.count == 1 else { throw DeviceError(.malformed, "the port status is not one byte") }
        rawValue = bytes[0]
    }

    /// Whether the paper is out (bit 5).
    public var isPaperEmpty: Bool { rawValue & 0x20 != 0 }

    /// Whether the printer is ready to take data (bit 4).
    public var isSelected: Bool { rawValue & 0x10 != 0 }

    /// Whether the printer has an error (bit 3, which is 1 when there is none).
    public var hasError: Bool { rawValue & 0x08 == 0 }
}
