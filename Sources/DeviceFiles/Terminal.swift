import DeviceIO
import Glibc

/// Sets up a terminal so that it passes bytes as they are.
enum Terminal: Sendable {
    static func prepare(_ descriptor: Int32, _ line: SerialLine) throws(DeviceError) {
        var settings = termios()
        guard tcgetattr(descriptor, &settings) == 0 else {
            throw DeviceError(.unsupported, "the device file is no serial line")
        }
        // Root may open it in spite of this; then two programs would share the answers.
        guard ioctl(descriptor, UInt(TIOCEXCL)) == 0 else { throw SystemCall.openError(errno) }
        cfmakeraw(&settings)
        // cfmakeraw leaves these alone: no carrier is awaited, one stop bit, no hardware flow control.
        settings.c_cflag |= tcflag_t(CLOCAL | CREAD)
        settings.c_cflag &= ~tcflag_t(truncatingIfNeeded: Int(CSTOPB) | Int(CRTSCTS))
        cfsetspeed(&settings, speed(line.speed))
        guard tcsetattr(descriptor, TCSANOW, &settings) == 0 else {
            throw DeviceError(.unsupported, "the serial line refuses its settings (errno \(errno))")
        }
        tcflush(descriptor, TCIOFLUSH)
    }

    private static func speed(_ speed: SerialLine.Speed) -> speed_t {
        switch speed {
        case .baud9600: speed_t(B9600)
        case .baud19200: speed_t(B19200)
        case .baud38400: speed_t(B38400)
        case .baud57600: speed_t(B57600)
        case .baud115200: speed_t(B115200)
        }
    }
}
