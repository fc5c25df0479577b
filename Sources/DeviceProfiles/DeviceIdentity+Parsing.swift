extension DeviceIdentity {
    /// The most interfaces of a written USB device; USB itself allows 255, devices of a station have three.
    private static let interfacesMax = 32

    /// Takes a device as `onecard profile explain` names it; nil for any other text.
    ///
    /// - Parameter text: `pcsc:NAME`, `serial:PATH`, `file:PATH`, or `usb:VVVV:PPPP` with `:CCSSPP` or `:CCSSPP@EE…` for
    ///   each interface: class, subclass, protocol and endpoints in hexadecimal.
    public init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = String(text[text.index(after: colon)...])
        guard !rest.isEmpty else { return nil }
        switch text[..<colon] {
        case "pcsc": self = .reader(rest)
        case "serial": self = .serial(rest)
        case "file": self = .deviceFile(rest)
        case "usb":
            guard let device = Self.usb(rest) else { return nil }
            self = .usb(device)
        default: return nil
        }
    }

    private static func usb(_ text: String) -> USBIdentity? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...2 + interfacesMax).contains(parts.count), let vendor = number(parts[0]),
            let product = number(parts[1])
        else {
            return nil
        }
        let interfaces = parts.dropFirst(2).enumerated().map { interface($0.element, number: UInt8($0.offset)) }
        let present = interfaces.compactMap(\.self)
        guard present.count == interfaces.count else { return nil }
        return USBIdentity(vendor: vendor, product: product, interfaces: present)
    }

    private static func number(_ text: Substring) -> UInt16? {
        Hex.bytes(text).flatMap { $0.count == 2 ? UInt16($0[0]) << 8 | UInt16($0[1]) : nil }
    }

    private static func interface(_ text: Substring, number: UInt8) -> USBIdentity.Interface? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard let classes = Hex.bytes(parts[0]), classes.count == 3, parts.count <= 2,
            let endpoints = parts.count == 2 ? Hex.bytes(parts[1]) : [], endpoints.count <= 30
        else {
            return nil
        }
        return USBIdentity.Interface(
            number: number,
            code: classes[0],
            subclass: classes[1],
            protocolCode: classes[2],
            endpoints: endpoints
        )
    }
}
