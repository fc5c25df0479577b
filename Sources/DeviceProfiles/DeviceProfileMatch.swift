/// A profile that fits a device, with what follows from the device.
public struct DeviceProfileMatch: Hashable, Sendable {
    /// The profile.
    public var profile: DeviceProfile
    /// The rule or pattern that fits, in words.
    public var rule: String
    /// The interface that the rule found, when it asks for one.
    public var usbInterface: UInt8?
    /// The slot that the name belongs to, at a card reader.
    public var slot: CardReaderSettings.SlotUse?

    let specificity: Specificity

    /// Whether this one is taken before another: the more specific one, and of two alike the one that needs no naming.
    static func isBetter(_ left: DeviceProfileMatch, _ right: DeviceProfileMatch) -> Bool {
        left.specificity != right.specificity
            ? left.specificity > right.specificity
            : left.profile.claim == .automatic && right.profile.claim == .named
    }
}
