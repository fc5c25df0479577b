/// Whether a station may take a device that matches a profile.
public enum DeviceClaim: String, Hashable, Sendable, CaseIterable {
    /// Any device that matches is taken as soon as it is plugged in.
    case automatic
    /// Only a device that station.yaml names: what is matched may be something else, such as the staff's keyboard.
    case named
}
