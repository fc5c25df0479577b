/// The control requests of the printer class (PROTOCOLS.md 7.2).
public enum USBPrinterRequest: Sendable {
    /// Room for a device id: printers of a station send some hundred bytes.
    public static let deviceIDMax = 1024

    /// GET_DEVICE_ID; the answer is read by ``USBPrinterDeviceID``.
    ///
    /// - Parameters:
    ///   - interface: The printer's interface.
    ///   - configurationIndex: The index of the configuration, 0 for the first.
    /// - Returns: The set-up, for up to ``deviceIDMax`` bytes.
    public static func deviceID(of interface: USBInterface, configurationIndex: UInt8 = 0) -> USBControlRequest {
        USBControlRequest(
            requestType: 0xA1,
            request: 0,
            value: UInt16(configurationIndex),
            index: UInt16(interface.number) << 8 | UInt16(interface.alternateSetting)
        )
    }

    /// GET_PORT_STATUS; the answer is one byte, ``USBPrinterPortStatus``.
    ///
    /// - Parameter interface: The printer's interface.
    /// - Returns: The set-up, for 1 byte.
    public static func portStatus(of interface: USBInterface) -> USBControlRequest {
        USBControlRequest(requestType: 0xA1, request: 1, index: UInt16(interface.number))
    }

    /// SOFT_RESET: the printer drops what it has not printed.
    ///
    /// - Parameter interface: The printer's interface.
    /// - Returns: The set-up, without data.
    public static func softReset(of interface: USBInterface) -> USBControlRequest {
        USBControlRequest(requestType: 0x21, request: 2, index: UInt16(interface.number))
    }
}
