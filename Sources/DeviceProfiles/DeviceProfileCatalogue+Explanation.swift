extension DeviceProfileCatalogue {
    /// Tells which profile a device gets, why, and which others were close and why not.
    ///
    /// - Parameters:
    ///   - device: The device.
    ///   - kind: Only profiles of this kind; nil for all.
    ///   - isNamed: Whether station.yaml names the device.
    /// - Returns: Lines of text without a last line break.
    public func explain(_ device: DeviceIdentity, kind: DeviceKind? = nil, isNamed: Bool = false) -> String {
        let choice = match(device, kind: kind, isNamed: isNamed)
        var lines = [Self.printable(device.description)]
        switch choice {
        case .none:
            lines.append("no profile" + (kind.map { " of kind \($0.rawValue)" } ?? ""))
        case .one(let match):
            lines.append("profile \(match.profile.id): \(match.words)")
            lines += match.profile.summary.map { "  \($0)" }
        case .ambiguous(let matches):
            lines.append("ambiguous: name one of these in station.yaml")
            lines += matches.map { "  \($0.profile.id): \($0.words)" }
        }
        let chosen = Set(choice.all.map(\.profile.id))
        let others = profiles.filter { !chosen.contains($0.id) }
            .compactMap { other in
                reason(against: other, device, choice, kind, isNamed).map { "  \(other.id): \($0)" }
            }
        return (lines + (others.isEmpty ? [] : ["not taken:"] + others)).joined(separator: "\n")
    }

    /// A text whose control and format characters are replaced: the name of a reader comes from the device.
    private static func printable(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "?"
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }

    /// Why a profile was not taken; nil for one that has nothing to do with the device.
    private func reason(
        against profile: DeviceProfile,
        _ device: DeviceIdentity,
        _ choice: DeviceProfileChoice,
        _ kind: DeviceKind?,
        _ isNamed: Bool
    ) -> String? {
        switch profile.verdict(on: device) {
        case .far: return nil
        case .close(let reason): return reason
        case .fits(let match):
            if let kind, kind != profile.kind { return "fits, but is a \(profile.kind.rawValue)" }
            if profile.claim == .named, !isNamed { return "fits, but only a device that station.yaml names" }
            let isLess = choice.all.contains { $0.specificity > match.specificity }
            return isLess ? "fits too, but says less: \(match.rule)" : "fits as well, but only when nothing else does"
        }
    }
}

extension DeviceProfileMatch {
    /// The rule that fits and what follows from it.
    fileprivate var words: String {
        let parts = [rule, usbInterface.map { "interface \($0)" }, slot.map { "slot \($0.rawValue)" }]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
