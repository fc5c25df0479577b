import DeviceProfiles

extension DeviceProfileFileDecoder {
    /// How the device is reached and recognised.
    static func connection(
        _ top: YAMLMapping,
        _ spoken: DeviceProtocol,
        transport: DeviceTransport
    ) -> DeviceConnection? {
        let match = transport == .screen ? nil : top.mapping("match")
        let count = 1...DeviceConnection.rulesMax
        switch transport {
        case .pcsc:
            return match?.list("names", count: count, pattern).map { .pcsc(names: $0) }
        case .usb:
            let rules = match?.list("usb", count: count, usbRule)
            let endpoints = endpoints(top, spoken)
            guard let rules, let endpoints else { return nil }
            return .usb(rules: rules, endpoints: endpoints)
        case .serial:
            let paths = match?.list("paths", count: count, pattern)
            let baud = top.mapping("line").flatMap(baud)
            guard let paths, let baud else { return nil }
            return .serial(paths: paths, baud: baud)
        case .deviceFile:
            return match?.list("paths", count: count, pattern).map { .deviceFile(paths: $0) }
        case .screen:
            return .screen
        }
    }

    /// One pattern, in one of its three forms.
    static func pattern(_ entry: YAMLMapping) -> NamePattern? {
        let forms: [(String, (String) -> NamePattern)] = [
            ("prefix", NamePattern.prefix), ("contains", NamePattern.contains), ("glob", NamePattern.glob),
        ]
        let present = forms.filter { entry.has($0.0) }
        guard let (key, make) = present.first, present.count == 1 else {
            entry.note("expected exactly one of `prefix`, `contains`, `glob`")
            return nil
        }
        guard let text = entry.line(key, lengthMax: NamePattern.bytesMax) else { return nil }
        guard text.utf8.count <= NamePattern.bytesMax else {
            entry.note("expected at most \(NamePattern.bytesMax) bytes", at: key)
            return nil
        }
        return make(text)
    }

    private static func baud(_ entry: YAMLMapping) -> Int? {
        let speeds = DeviceConnection.bauds
        let baud = entry.integer("baud", in: speeds[0]...speeds[speeds.count - 1])
        _ = entry.string("format", oneOf: [DeviceConnection.lineFormat])
        guard let baud else { return nil }
        guard speeds.contains(baud) else {
            entry.note("expected one of \(speeds.map(String.init).joined(separator: ", "))", at: "baud")
            return nil
        }
        return baud
    }

    private static func usbRule(_ entry: YAMLMapping) -> USBRule? {
        let vendor = entry.hexOrAny("vendor", as: UInt16.self)
        let product = entry.hexOrAny("product", as: UInt16.self)
        let interface: USBRule.Interface?? = entry.either(
            "interface",
            texts: ["any"],
            fromText: { _ in USBRule.Interface?.none },
            fromMapping: { usbInterface($0).map(Optional.some) }
        )
        let endpoints = ruleEndpoints(entry)
        guard let vendor, let product, let interface, let endpoints else { return nil }
        if vendor == nil, product != nil {
            entry.note("expected `any`, since the vendor is `any`", at: "product")
            return nil
        }
        guard vendor != nil || interface != nil else {
            entry.note("expected a vendor or an interface: everything would match")
            return nil
        }
        return USBRule(vendor: vendor, product: product, interface: interface, endpoints: endpoints)
    }

    private static func usbInterface(_ entry: YAMLMapping) -> USBRule.Interface? {
        let code = entry.hex("class", as: UInt8.self)
        let subclass = entry.hexOrAny("subclass", as: UInt8.self)
        let protocolCode = entry.hexOrAny("protocol", as: UInt8.self)
        guard let code, let subclass, let protocolCode else { return nil }
        return USBRule.Interface(code: code, subclass: subclass, protocolCode: protocolCode)
    }

    /// Endpoints that the interface must have; an empty list for any.
    private static func ruleEndpoints(_ entry: YAMLMapping) -> [UInt8]? {
        guard let texts = entry.strings("endpoints", count: 0...USBRule.endpointsMax) else { return nil }
        let addresses = texts.compactMap { YAMLMapping.hexNumber($0, as: UInt8.self) }.filter(isEndpoint)
        guard addresses.count == texts.count, Set(addresses).count == addresses.count else {
            entry.note("expected different endpoints, each `01` to `0f` or `81` to `8f`", at: "endpoints")
            return nil
        }
        return addresses
    }

    private static func isEndpoint(_ address: UInt8) -> Bool {
        USBEndpoints.isAddress(address, isInput: true) || USBEndpoints.isAddress(address, isInput: false)
    }

    private static func endpoints(_ top: YAMLMapping, _ spoken: DeviceProtocol) -> USBEndpoints? {
        let isSplit = spoken == .samV && top.optionalString("mode") == IDReaderSettings.Mode.splitPipes.rawValue
        return top.either(
            "endpoints",
            texts: ["find"],
            fromText: { _ in USBEndpoints.find },
            fromMapping: { entry in
                switch spoken {
                case .hidKeyboard, .hidPOS: endpoint(entry, "in", isInput: true).map { .input($0) }
                case .samV where isSplit: splitEndpoints(entry)
                default: pairOfEndpoints(entry)
                }
            }
        )
    }

    private static func pairOfEndpoints(_ entry: YAMLMapping) -> USBEndpoints? {
        let output = endpoint(entry, "out", isInput: false)
        let input = endpoint(entry, "in", isInput: true)
        guard let output, let input else { return nil }
        return .pair(output: output, input: input)
    }

    private static func splitEndpoints(_ entry: YAMLMapping) -> USBEndpoints? {
        let headOutput = endpoint(entry, "headOut", isInput: false)
        let bodyOutput = endpoint(entry, "bodyOut", isInput: false)
        let headInput = endpoint(entry, "headIn", isInput: true)
        let bodyInput = endpoint(entry, "bodyIn", isInput: true)
        guard let headOutput, let bodyOutput, let headInput, let bodyInput else { return nil }
        guard headOutput != bodyOutput, headInput != bodyInput else {
            entry.note("expected four different endpoints")
            return nil
        }
        return .split(headOutput: headOutput, bodyOutput: bodyOutput, headInput: headInput, bodyInput: bodyInput)
    }

    private static func endpoint(_ entry: YAMLMapping, _ key: String, isInput: Bool) -> UInt8? {
        guard let address = entry.hex(key, as: UInt8.self) else { return nil }
        guard USBEndpoints.isAddress(address, isInput: isInput) else {
            entry.note(isInput ? "expected an endpoint `81` to `8f`" : "expected an endpoint `01` to `0f`", at: key)
            return nil
        }
        return address
    }
}
