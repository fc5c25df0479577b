extension USBRule {
    /// How a rule stands to a device.
    enum Fit: Sendable {
        /// It fits, by the interface with this number if it asks for one.
        case fits(interface: UInt8?)
        /// It has the same product, vendor or class, but not the rest.
        case close(String)
        /// Nothing is alike.
        case far
    }

    func fit(_ device: USBIdentity) -> Fit {
        if let vendor, vendor != device.vendor { return .far }
        if let product, product != device.product {
            return .close("the same vendor, but product \(Hex.text(device.product)) is not \(Hex.text(product))")
        }
        guard interface != nil || !endpoints.isEmpty else { return .fits(interface: nil) }
        let ofClass = device.interfaces.filter { isOfClass($0) }
        let whole = ofClass.first { one in endpoints.allSatisfy { one.endpoints.contains($0) } }
        if let whole { return .fits(interface: whole.number) }
        if !ofClass.isEmpty {
            return .close("no interface has the endpoints \(endpoints.map { Hex.text($0) }.joined(separator: " "))")
        }
        let wanted = interface.map(\.description) ?? "any"
        if vendor != nil { return .close("the ids fit, but no interface has the class \(wanted)") }
        let isNear = interface.map { one in device.interfaces.contains { $0.code == one.code } } ?? false
        return isNear ? .close("an interface of the same class, but not \(wanted)") : .far
    }

    private func isOfClass(_ other: USBIdentity.Interface) -> Bool {
        guard let interface else { return true }
        return interface.code == other.code && interface.subclass ?? other.subclass == other.subclass
            && interface.protocolCode ?? other.protocolCode == other.protocolCode
    }
}

extension USBRule: CustomStringConvertible {
    /// Ids, class and endpoints, `*` for any.
    public var description: String {
        let ids = [vendor, product].map { $0.map { Hex.text($0) } ?? "*" }.joined(separator: ":")
        let parts = [
            vendor == nil ? nil : "ids \(ids)",
            interface.map { "class \($0)" },
            endpoints.isEmpty ? nil : "endpoints \(endpoints.map { Hex.text($0) }.joined(separator: " "))",
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}

extension USBRule.Interface: CustomStringConvertible {
    /// Class, subclass and protocol, `*` for any.
    public var description: String {
        [code, subclass, protocolCode].map { $0.map { Hex.text($0) } ?? "*" }.joined(separator: "/")
    }
}
