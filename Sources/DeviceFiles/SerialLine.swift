/// The settings of a serial line: 8 data bits, no parity, 1 stop bit, no flow control (PROTOCOLS.md 2.1 and 7.3).
public struct SerialLine: Sendable, Hashable {
    /// Speeds that the devices of a station use, in baud.
    public enum Speed: Int, Sendable, CaseIterable {
        case baud9600 = 9_600
        case baud19200 = 19_200
        case baud38400 = 38_400
        case baud57600 = 57_600
        case baud115200 = 115_200
    }

    /// The speed; pseudo-terminals and CDC-ACM devices ignore it.
    public var speed: Speed

    /// Makes settings.
    ///
    /// - Parameter speed: The speed.
    public init(speed: Speed = .baud115200) {
        self.speed = speed
    }
}
