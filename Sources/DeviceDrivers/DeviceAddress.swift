public import USBDevice

/// Where a device is plugged in: the place stays the same when the device is unplugged and another one takes it.
///
/// The text is what station.yaml, `onecard id read --device` and logs carry: `usb:1-2.4`, `serial:/dev/ttyUSB0`,
/// `file:/dev/usb/lp0`.
public enum DeviceAddress: Hashable, Sendable, CustomStringConvertible {
    /// A port of a USB bus.
    case usb(USBPortPath)
    /// A serial line.
    case serial(String)
    /// A device file that is no line.
    case file(String)

    /// The most bytes of a path; Linux takes no longer one.
    public static let pathBytesMax = 4_095

    /// Reads an address.
    ///
    /// - Parameter text: `usb:BUS-PORT`, or `serial:` or `file:` and an absolute path.
    public init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "usb":
            guard let path = USBPortPath(rest) else { return nil }
            self = .usb(path)
        case "serial":
            guard Self.isPath(rest) else { return nil }
            self = .serial(rest)
        case "file":
            guard Self.isPath(rest) else { return nil }
            self = .file(rest)
        default: return nil
        }
    }

    private static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") && text.utf8.count <= pathBytesMax && !text.utf8.contains(0)
    }

    /// The text of the address.
    public var description: String {
        switch self {
        case .usb(let path): "usb:\(path)"
        case .serial(let path): "serial:\(path)"
        case .file(let path): "file:\(path)"
        }
    }
}
