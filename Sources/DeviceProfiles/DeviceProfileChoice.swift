/// What the catalogue says of a device.
public enum DeviceProfileChoice: Hashable, Sendable {
    /// No profile fits.
    case none
    /// One profile fits best.
    case one(DeviceProfileMatch)
    /// Several fit equally well; station.yaml must name one. In the order of their ids.
    case ambiguous([DeviceProfileMatch])

    /// The match, if there is exactly one.
    public var match: DeviceProfileMatch? {
        guard case .one(let match) = self else { return nil }
        return match
    }
}
