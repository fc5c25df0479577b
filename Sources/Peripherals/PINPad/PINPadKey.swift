/// A key of a PIN pad.
public enum PINPadKey: Hashable, Sendable {
    /// A digit, as ASCII.
    case digit(UInt8)
    /// Enter.
    case enter
    /// Cancel.
    case cancel
    /// Clear.
    case clear
}

extension PINPadKey: PersonalContent {
    /// The kind of the key, never the digit.
    public var redacted: String {
        switch self {
        case .digit: "digit"
        case .enter: "enter"
        case .cancel: "cancel"
        case .clear: "clear"
        }
    }
}
