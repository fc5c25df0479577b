/// The kinds of device that a station has; each is a folder of profiles.
public enum DeviceKind: String, Hashable, Sendable, CaseIterable {
    /// Reads social-security cards by PC/SC.
    case cardReader = "card-reader"
    /// Reads resident ID documents.
    case idReader = "id-reader"
    /// Prints slips.
    case printer
    /// Reads codes.
    case scanner
    /// Takes a PIN.
    case pinPad = "pin-pad"
}
