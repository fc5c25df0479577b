import DeviceIO
import Glibc

/// What a failed system call on a device file means.
enum SystemCall: Sendable {
    /// The error of a file that cannot be opened.
    static func openError(_ number: Int32) -> DeviceError {
        switch number {
        case ENOENT, ENXIO, ENODEV, ENOTDIR: DeviceError(.notFound, "the device file is not there")
        case EACCES, EPERM: DeviceError(.accessDenied, "the device file may not be opened by this user")
        case EBUSY: DeviceError(.busy, "the device file is open elsewhere")
        default: DeviceError(.inputOutput, "the device file cannot be opened (errno \(number))")
        }
    }

    /// The error of a failed read or write.
    static func transferError(_ number: Int32, written: Int = 0) -> DeviceError {
        switch number {
        // A terminal whose other side hung up answers EIO.
        case EIO, ENXIO, ENODEV, EPIPE: DeviceError(.unplugged, "the device is gone", written: written)
        default: DeviceError(.inputOutput, "a transfer failed (errno \(number))", written: written)
        }
    }
}
