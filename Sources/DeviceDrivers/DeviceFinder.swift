public import DeviceIO
public import DeviceProfiles
public import USBDevice

/// Finds the devices of a machine by their profiles.
public struct DeviceFinder: Sendable {
    private let catalogue: DeviceProfileCatalogue
    private let acceptsSimulated: Bool

    /// Makes a finder.
    ///
    /// - Parameters:
    ///   - catalogue: The profiles.
    ///   - acceptsSimulated: Whether devices of simulators are taken.
    public init(catalogue: DeviceProfileCatalogue, acceptsSimulated: Bool) {
        self.catalogue = catalogue
        self.acceptsSimulated = acceptsSimulated
    }

    /// The devices of a kind among those that are plugged in.
    ///
    /// A device that fits no profile, or several equally well, is passed over: nothing is guessed about a device.
    ///
    /// - Parameters:
    ///   - kind: The kind of device.
    ///   - plugged: The devices of the bus.
    /// - Returns: In the order of the ports.
    public func devices(of kind: DeviceKind, among plugged: [USBDeviceInfo]) -> [StationDevice] {
        plugged.compactMap { device(of: kind, $0) }.sorted { $0.id < $1.id }
    }

    /// A plugged device as one of a kind; nil when no profile says so, or several do.
    ///
    /// - Parameters:
    ///   - kind: The kind of device.
    ///   - info: What the device says of itself.
    ///   - isNamed: Whether station.yaml or a command names it.
    /// - Returns: nil for a device of another kind.
    public func device(of kind: DeviceKind, _ info: USBDeviceInfo, isNamed: Bool = false) -> StationDevice? {
        guard case .one(let match) = catalogue.match(usb: info.identity, kind: kind, isNamed: isNamed) else {
            return nil
        }
        guard acceptsSimulated || !match.profile.isSimulated else { return nil }
        return StationDevice(
            address: .usb(info.id.path),
            profile: match.profile,
            usb: info,
            usbInterface: match.usbInterface
        )
    }

    /// The device at a path that a person named.
    ///
    /// - Parameters:
    ///   - kind: The kind of device that is said to be there.
    ///   - address: A serial line or a device file.
    ///   - profile: Its profile, if that is named too.
    /// - Returns: The device; whether it is there shows when it is opened.
    /// - Throws: ``DeviceError``: `device.unsupported` when no single profile fits, or it is a simulator's and those are not
    ///   taken; `device.not-found` for an address of USB.
    public func device(
        of kind: DeviceKind,
        at address: DeviceAddress,
        profile: DeviceProfileID? = nil
    ) throws(DeviceError) -> StationDevice {
        let found: DeviceProfile
        if let profile {
            guard let named = catalogue.profile(profile), named.kind == kind else {
                throw DeviceError(.unsupported, "there is no profile \(profile) of a device of kind \(kind.rawValue)")
            }
            found = named
        } else {
            found = try self.profile(of: kind, at: address)
        }
        guard acceptsSimulated || !found.isSimulated else {
            throw DeviceError(.unsupported, "\(address) is a simulator's device, and this station is not simulated")
        }
        return StationDevice(address: address, profile: found)
    }

    private func profile(of kind: DeviceKind, at address: DeviceAddress) throws(DeviceError) -> DeviceProfile {
        let choice: DeviceProfileChoice
        switch address {
        case .usb: throw DeviceError(.notFound, "no device is plugged in at \(address)")
        case .serial(let path): choice = catalogue.match(.serial(path), kind: kind, isNamed: true)
        case .file(let path): choice = catalogue.match(.deviceFile(path), kind: kind, isNamed: true)
        }
        guard case .one(let match) = choice else {
            throw DeviceError(.unsupported, "no single profile of kind \(kind.rawValue) fits \(address): name one")
        }
        return match.profile
    }
}

extension USBDeviceInfo {
    /// What profiles compare; each interface in its first setting.
    public var identity: USBIdentity {
        var numbers: Set<UInt8> = []
        let first = interfaces.filter { numbers.insert($0.number).inserted }
        return USBIdentity(
            vendor: vendor.rawValue,
            product: product.rawValue,
            interfaces: first.map { one in
                USBIdentity.Interface(
                    number: one.number,
                    code: one.interfaceClass.classCode,
                    subclass: one.interfaceClass.subclass,
                    protocolCode: one.interfaceClass.protocolCode,
                    endpoints: one.endpoints.map(\.address.rawValue)
                )
            }
        )
    }
}
