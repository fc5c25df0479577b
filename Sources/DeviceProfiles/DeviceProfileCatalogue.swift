/// All profiles that a station knows, and which of them fits a device.
///
/// The most specific rule wins: the ids of a product before a class, a class before a pattern; among rules of one rank
/// the one that fixes more. The order of the profiles never matters.
public struct DeviceProfileCatalogue: Hashable, Sendable {
    /// The most profiles of a station.
    public static let profilesMax = 256

    /// The profiles in the order of their ids.
    public let profiles: [DeviceProfile]

    private let byID: [DeviceProfileID: DeviceProfile]

    /// Makes a catalogue.
    ///
    /// - Parameter profiles: The profiles; of several with the same id the first is kept.
    public init(_ profiles: [DeviceProfile]) {
        byID = Dictionary(profiles.map { ($0.id, $0) }) { first, _ in first }
        self.profiles = byID.values.sorted { $0.id < $1.id }
    }

    /// The profile with an id.
    ///
    /// - Parameter id: The name of the profile.
    /// - Returns: nil when there is none.
    public func profile(_ id: DeviceProfileID) -> DeviceProfile? { byID[id] }

    /// The profile of a device.
    ///
    /// - Parameters:
    ///   - device: The device.
    ///   - kind: Only profiles of this kind; nil for all.
    ///   - isNamed: Whether station.yaml names the device. Profiles that may not be taken unasked fit only then.
    /// - Returns: The profile that fits best, or several that fit equally well.
    public func match(
        _ device: DeviceIdentity,
        kind: DeviceKind? = nil,
        isNamed: Bool = false
    ) -> DeviceProfileChoice {
        let fitting = profiles.filter { ($0.kind == kind ?? $0.kind) && ($0.claim == .automatic || isNamed) }
            .compactMap { $0.verdict(on: device).match }
        guard let best = fitting.min(by: DeviceProfileMatch.isBetter) else { return .none }
        let equal = fitting.filter { !DeviceProfileMatch.isBetter(best, $0) }
        return equal.count == 1 ? .one(best) : .ambiguous(equal)
    }

    /// The profile of a USB device.
    ///
    /// - Parameters:
    ///   - usb: What the device says of itself.
    ///   - kind: Only profiles of this kind; nil for all.
    ///   - isNamed: Whether station.yaml names the device.
    /// - Returns: The profile that fits best, or several that fit equally well.
    public func match(usb: USBIdentity, kind: DeviceKind? = nil, isNamed: Bool = false) -> DeviceProfileChoice {
        match(.usb(usb), kind: kind, isNamed: isNamed)
    }

    /// The profile of a reader of the smart-card service.
    ///
    /// - Parameters:
    ///   - pcscName: The PC/SC name.
    ///   - kind: Only profiles of this kind; nil for all.
    ///   - isNamed: Whether station.yaml names the device.
    /// - Returns: The profile that fits best, or several that fit equally well.
    public func match(
        pcscName: String,
        kind: DeviceKind? = nil,
        isNamed: Bool = false
    ) -> DeviceProfileChoice {
        match(.reader(pcscName), kind: kind, isNamed: isNamed)
    }

    /// The profile of a serial line or a device file that station.yaml names.
    ///
    /// A path tells where a device is plugged in, not what it is; so the kind is needed.
    ///
    /// - Parameters:
    ///   - path: The path.
    ///   - kind: The kind of device that is said to be there.
    /// - Returns: The profile that fits best, or several that fit equally well.
    public func match(path: String, kind: DeviceKind) -> DeviceProfileChoice {
        let serial = match(.serial(path), kind: kind, isNamed: true)
        let file = match(.deviceFile(path), kind: kind, isNamed: true)
        guard let left = serial.first else { return file }
        guard let right = file.first else { return serial }
        if DeviceProfileMatch.isBetter(left, right) { return serial }
        if DeviceProfileMatch.isBetter(right, left) { return file }
        return .ambiguous((serial.all + file.all).sorted { $0.profile.id < $1.profile.id })
    }
}

extension DeviceProfileChoice {
    /// The matches that fit equally well; empty when none fits.
    public var all: [DeviceProfileMatch] {
        switch self {
        case .none: []
        case .one(let match): [match]
        case .ambiguous(let matches): matches
        }
    }

    fileprivate var first: DeviceProfileMatch? { all.first }
}
