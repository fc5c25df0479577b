extension DeviceProfile {
    /// How a profile stands to a device.
    enum Verdict: Sendable {
        case fits(DeviceProfileMatch)
        /// Not, but nearly; with the reason.
        case close(String)
        case far

        var match: DeviceProfileMatch? {
            guard case .fits(let match) = self else { return nil }
            return match
        }
    }

    func verdict(on device: DeviceIdentity) -> Verdict {
        switch (device, connection) {
        case (.usb(let identity), .usb(let rules, _)): verdict(on: identity, rules)
        case (.reader(let name), .pcsc(let names)): verdict(onReader: name, names)
        case (.serial(let path), .serial(let paths, _)): verdict(on: path, paths)
        case (.deviceFile(let path), .deviceFile(let paths)): verdict(on: path, paths)
        default: .far
        }
    }

    private func verdict(on device: USBIdentity, _ rules: [USBRule]) -> Verdict {
        var best: DeviceProfileMatch?
        var reason: String?
        for rule in rules {
            switch rule.fit(device) {
            case .fits(let interface):
                let found = match(rule.description, rule.specificity, interface: interface)
                if best.map({ $0.specificity < found.specificity }) ?? true { best = found }
            case .close(let text):
                reason = reason ?? text
            case .far:
                continue
            }
        }
        return best.map { .fits($0) } ?? reason.map { .close($0) } ?? .far
    }

    private func verdict(onReader name: String, _ names: [NamePattern]) -> Verdict {
        let verdict = verdict(on: name, names)
        guard case .fits(var found) = verdict, case .ccid(let reader) = settings else { return verdict }
        let slots = reader.slots.compactMap { slot in
            Self.best(of: slot.names, for: name).map { (use: slot.use, weight: $0.literalCount) }
        }
        guard let slot = slots.max(by: { $0.weight < $1.weight }) else {
            return .close("the name fits the reader, but none of its slots")
        }
        found.slot = slot.use
        return .fits(found)
    }

    private func verdict(on name: String, _ patterns: [NamePattern]) -> Verdict {
        if let pattern = Self.best(of: patterns, for: name) {
            return .fits(match(pattern.description, pattern.specificity))
        }
        let alike = patterns.first { $0.lowercased.matches(name.lowercased()) }
        return alike.map { .close("\($0) differs in upper and lower case") } ?? .far
    }

    /// The pattern that fits and fixes most; the first of several.
    private static func best(of patterns: [NamePattern], for name: String) -> NamePattern? {
        patterns.reduce(nil as NamePattern?) { best, next in
            guard next.matches(name), best.map({ $0.literalCount < next.literalCount }) ?? true else { return best }
            return next
        }
    }

    private func match(
        _ rule: String,
        _ specificity: Specificity,
        interface: UInt8? = nil
    ) -> DeviceProfileMatch {
        DeviceProfileMatch(profile: self, rule: rule, usbInterface: interface, slot: nil, specificity: specificity)
    }
}

extension NamePattern {
    fileprivate var lowercased: NamePattern {
        switch self {
        case .prefix(let text): .prefix(text.lowercased())
        case .contains(let text): .contains(text.lowercased())
        case .glob(let text): .glob(text.lowercased())
        }
    }
}
