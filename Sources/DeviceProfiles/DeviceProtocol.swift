/// The protocols that devices speak.
public enum DeviceProtocol: String, Hashable, Sendable, CaseIterable {
    /// A card reader behind PC/SC (PROTOCOLS.md 3).
    case ccid
    /// Frames of the ID readers' security module (GA 467, PROTOCOLS.md 2).
    case samV = "sam-v"
    /// Commands of receipt printers (PROTOCOLS.md 7.1).
    case escPOS = "esc-pos"
    /// A scanner that types: boot reports of a HID keyboard (PROTOCOLS.md 6).
    case hidKeyboard = "hid-keyboard"
    /// A scanner with reports of HID usage page 8C (PROTOCOLS.md 6).
    case hidPOS = "hid-pos"
    /// A scanner that sends text on a serial line (PROTOCOLS.md 6).
    case serialText = "serial-text"
    /// A PIN pad in a card reader (PC/SC part 10, PROTOCOLS.md 3.5).
    case part10
    /// A PIN pad that sends frames on a serial line (PROTOCOLS.md 7.3).
    case serialFrame = "serial-frame"
    /// Keys on the screen of the service point.
    case onScreen = "on-screen"

    /// The kind of device that speaks it.
    public var kind: DeviceKind {
        switch self {
        case .ccid: .cardReader
        case .samV: .idReader
        case .escPOS: .printer
        case .hidKeyboard, .hidPOS, .serialText: .scanner
        case .part10, .serialFrame, .onScreen: .pinPad
        }
    }

    /// The ways by which it is spoken.
    public var transports: [DeviceTransport] {
        switch self {
        case .ccid, .part10: [.pcsc]
        case .samV: [.usb, .serial]
        case .escPOS: [.usb, .serial, .deviceFile]
        case .hidKeyboard, .hidPOS: [.usb]
        case .serialText, .serialFrame: [.serial]
        case .onScreen: [.screen]
        }
    }
}
