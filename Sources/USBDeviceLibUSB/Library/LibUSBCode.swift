import CLibUSB

/// A result of libusb, with its C name; values that this version does not know are kept as they are.
public struct LibUSBCode: RawRepresentable, Hashable, Sendable, Error, CustomStringConvertible {
    /// The C value: 0, or a negative number.
    public let rawValue: Int32

    /// Takes a C result; a positive one, which some functions return as a count, means success.
    ///
    /// - Parameter rawValue: What a function of libusb returned.
    public init(rawValue: Int32) {
        self.rawValue = min(rawValue, 0)
    }

    init(_ error: libusb_error) {
        self.init(rawValue: error.rawValue)
    }

    /// The C name with the value, such as `LIBUSB_ERROR_PIPE (-9)`.
    public var description: String { name.map { "\($0) (\(rawValue))" } ?? "\(rawValue)" }

    /// The C name, or nil for a value without one.
    public var name: String? { Self.names[self] }
}

extension LibUSBCode {
    /// `LIBUSB_SUCCESS`.
    public static let success = LibUSBCode(LIBUSB_SUCCESS)
    /// `LIBUSB_ERROR_IO`.
    public static let inputOutput = LibUSBCode(LIBUSB_ERROR_IO)
    /// `LIBUSB_ERROR_INVALID_PARAM`.
    public static let invalidParameter = LibUSBCode(LIBUSB_ERROR_INVALID_PARAM)
    /// `LIBUSB_ERROR_ACCESS`.
    public static let access = LibUSBCode(LIBUSB_ERROR_ACCESS)
    /// `LIBUSB_ERROR_NO_DEVICE`.
    public static let noDevice = LibUSBCode(LIBUSB_ERROR_NO_DEVICE)
    /// `LIBUSB_ERROR_NOT_FOUND`.
    public static let notFound = LibUSBCode(LIBUSB_ERROR_NOT_FOUND)
    /// `LIBUSB_ERROR_BUSY`.
    public static let busy = LibUSBCode(LIBUSB_ERROR_BUSY)
    /// `LIBUSB_ERROR_TIMEOUT`.
    public static let timeout = LibUSBCode(LIBUSB_ERROR_TIMEOUT)
    /// `LIBUSB_ERROR_OVERFLOW`.
    public static let overflow = LibUSBCode(LIBUSB_ERROR_OVERFLOW)
    /// `LIBUSB_ERROR_PIPE`.
    public static let pipe = LibUSBCode(LIBUSB_ERROR_PIPE)
    /// `LIBUSB_ERROR_INTERRUPTED`.
    public static let interrupted = LibUSBCode(LIBUSB_ERROR_INTERRUPTED)
    /// `LIBUSB_ERROR_NO_MEM`.
    public static let noMemory = LibUSBCode(LIBUSB_ERROR_NO_MEM)
    /// `LIBUSB_ERROR_NOT_SUPPORTED`.
    public static let notSupported = LibUSBCode(LIBUSB_ERROR_NOT_SUPPORTED)
    /// `LIBUSB_ERROR_OTHER`.
    public static let other = LibUSBCode(LIBUSB_ERROR_OTHER)

    private static let names: [LibUSBCode: String] = [
        success: "LIBUSB_SUCCESS",
        inputOutput: "LIBUSB_ERROR_IO",
        invalidParameter: "LIBUSB_ERROR_INVALID_PARAM",
        access: "LIBUSB_ERROR_ACCESS",
        noDevice: "LIBUSB_ERROR_NO_DEVICE",
        notFound: "LIBUSB_ERROR_NOT_FOUND",
        busy: "LIBUSB_ERROR_BUSY",
        timeout: "LIBUSB_ERROR_TIMEOUT",
        overflow: "LIBUSB_ERROR_OVERFLOW",
        pipe: "LIBUSB_ERROR_PIPE",
        interrupted: "LIBUSB_ERROR_INTERRUPTED",
        noMemory: "LIBUSB_ERROR_NO_MEM",
        notSupported: "LIBUSB_ERROR_NOT_SUPPORTED",
        other: "LIBUSB_ERROR_OTHER",
    ]

    /// All codes that have a name.
    static var named: Set<LibUSBCode> { Set(names.keys) }
}
