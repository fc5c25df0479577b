import CLibUSB

/// How a transfer of libusb ended, with its C name; values that this version does not know are kept as they are.
public struct LibUSBTransferStatus: RawRepresentable, Hashable, Sendable, Error, CustomStringConvertible {
    /// The C value.
    public let rawValue: UInt32

    /// Takes a C value.
    ///
    /// - Parameter rawValue: The `status` of a transfer.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    init(_ status: libusb_transfer_status) {
        rawValue = status.rawValue
    }

    /// The C name with the value, such as `LIBUSB_TRANSFER_STALL (4)`.
    public var description: String { name.map { "\($0) (\(rawValue))" } ?? "\(rawValue)" }

    /// The C name, or nil for a value without one.
    public var name: String? { Self.names[self] }
}

extension LibUSBTransferStatus {
    /// `LIBUSB_TRANSFER_COMPLETED`.
    public static let completed = LibUSBTransferStatus(LIBUSB_TRANSFER_COMPLETED)
    /// `LIBUSB_TRANSFER_ERROR`.
    public static let error = LibUSBTransferStatus(LIBUSB_TRANSFER_ERROR)
    /// `LIBUSB_TRANSFER_TIMED_OUT`.
    public static let timedOut = LibUSBTransferStatus(LIBUSB_TRANSFER_TIMED_OUT)
    /// `LIBUSB_TRANSFER_CANCELLED`.
    public static let cancelled = LibUSBTransferStatus(LIBUSB_TRANSFER_CANCELLED)
    /// `LIBUSB_TRANSFER_STALL`.
    public static let stall = LibUSBTransferStatus(LIBUSB_TRANSFER_STALL)
    /// `LIBUSB_TRANSFER_NO_DEVICE`.
    public static let noDevice = LibUSBTransferStatus(LIBUSB_TRANSFER_NO_DEVICE)
    /// `LIBUSB_TRANSFER_OVERFLOW`.
    public static let overflow = LibUSBTransferStatus(LIBUSB_TRANSFER_OVERFLOW)

    private static let names: [LibUSBTransferStatus: String] = [
        completed: "LIBUSB_TRANSFER_COMPLETED",
        error: "LIBUSB_TRANSFER_ERROR",
        timedOut: "LIBUSB_TRANSFER_TIMED_OUT",
        cancelled: "LIBUSB_TRANSFER_CANCELLED",
        stall: "LIBUSB_TRANSFER_STALL",
        noDevice: "LIBUSB_TRANSFER_NO_DEVICE",
        overflow: "LIBUSB_TRANSFER_OVERFLOW",
    ]
}
