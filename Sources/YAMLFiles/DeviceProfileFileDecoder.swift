import DeviceProfiles

/// Makes a device profile of a data file.
///
/// No key may be left out, so that a profile says all that there is to say: nothing is `none`, `any` or an empty list.
enum DeviceProfileFileDecoder: Sendable {
    /// Sources of one profile.
    static let sourcesMax = 8

    /// The keys that some profile has.
    private static let specialKeys = [
        "match", "endpoints", "line", "slots", "securityModules", "mode", "printer", "framing", "report", "pin",
        "frame", "timings", "retries",
    ]

    static func profile(_ top: YAMLMapping, file: String) -> DeviceProfile? {
        _ = top.string("format", oneOf: [DeviceProfileFile.format])
        let id = top.value("id", expected: DeviceProfileID.form) { DeviceProfileID(rawValue: $0) }
        let kind = top.choice("kind", of: DeviceKind.self)
        let title = top.bilingual("title", lengthMax: DeviceProfile.titleCharactersMax)
        let vendor = top.line("vendor", lengthMax: DeviceProfile.titleCharactersMax)
        let model = top.line("model", lengthMax: DeviceProfile.titleCharactersMax)
        let notes = top.bilingual("notes", lengthMax: DeviceProfile.noteCharactersMax)
        let sources = top.list("sources", count: 1...sourcesMax, source)
        let isSimulated = top.boolean("simulated")
        let claim = top.choice("claim", of: DeviceClaim.self)
        let spoken = spoken(top, kind)
        let connection = spoken.flatMap { Self.connection(top, $0, transport: $1) }
        let settings = spoken.flatMap { Self.settings(top, $0, transport: $1) }
        noteForeignKeys(top, spoken)
        let quirks = top.names("quirks", allowed: quirks(of: spoken?.0))
        let cannot = top.names("cannot", allowed: DeviceCapability.allCases.filter { $0.kind == kind ?? $0.kind })
        if let id { checkName(top, id, kind, file) }
        if let isSimulated, let connection { checkSimulation(top, isSimulated, connection) }
        if let settings, let cannot { checkLacks(top, settings, cannot) }
        guard let id, kind != nil, let title, let vendor, let model, let notes, let sources, let isSimulated, let claim,
            let connection, let settings, let quirks, let cannot
        else {
            return nil
        }
        return DeviceProfile(
            id: id,
            title: title,
            vendor: vendor,
            model: model,
            notes: notes,
            sources: sources,
            isSimulated: isSimulated,
            claim: claim,
            connection: connection,
            settings: settings,
            quirks: quirks,
            cannot: cannot
        )
    }

    private static func source(_ entry: YAMLMapping) -> ProfileSource? {
        let document = entry.line("document", lengthMax: 120)
        let section = entry.line("section", lengthMax: 120)
        guard let document, let section else { return nil }
        return ProfileSource(document: document, section: section)
    }

    /// Protocol and transport: only a protocol of the kind, only a transport of the protocol.
    private static func spoken(_ top: YAMLMapping, _ kind: DeviceKind?) -> (DeviceProtocol, DeviceTransport)? {
        let protocols = DeviceProtocol.allCases.filter { $0.kind == kind ?? $0.kind }
        let name = top.string("protocol", oneOf: protocols.map(\.rawValue))
        let spoken = name.flatMap { DeviceProtocol(rawValue: $0) }
        let transports = spoken?.transports ?? DeviceTransport.allCases
        let way = top.string("transport", oneOf: transports.map(\.rawValue))
        guard kind != nil, let spoken, let transport = way.flatMap({ DeviceTransport(rawValue: $0) }) else {
            return nil
        }
        return (spoken, transport)
    }

    private static func quirks(of spoken: DeviceProtocol?) -> [DeviceQuirk] {
        DeviceQuirk.allCases.filter { quirk in spoken.map { quirk.protocols.contains($0) } ?? true }
    }

    /// Keys that other profiles have get a word of their own; without a protocol none can be judged.
    private static func noteForeignKeys(_ top: YAMLMapping, _ spoken: (DeviceProtocol, DeviceTransport)?) {
        guard let (language, transport) = spoken else {
            for key in specialKeys { _ = top.has(key) }
            return
        }
        let own = keys(of: language, transport)
        for key in specialKeys where !own.contains(key) && top.has(key) {
            top.note("does not belong to `\(language.rawValue)` over `\(transport.rawValue)`", at: key)
        }
    }

    /// The keys of one protocol over one transport, beside those that all profiles have.
    static func keys(of spoken: DeviceProtocol, _ transport: DeviceTransport) -> [String] {
        let ofTransport: [String] =
            switch transport {
            case .usb: ["match", "endpoints"]
            case .serial: ["match", "line"]
            case .pcsc, .deviceFile: ["match"]
            case .screen: []
            }
        let ofProtocol: [String] =
            switch spoken {
            case .ccid: ["slots", "securityModules", "timings", "retries"]
            case .samV: (transport == .usb ? ["mode"] : []) + ["timings", "retries"]
            case .escPOS: ["printer", "timings", "retries"]
            case .hidKeyboard, .serialText: ["framing", "retries"]
            case .hidPOS: ["report", "retries"]
            case .part10: ["pin", "timings", "retries"]
            case .serialFrame: ["pin", "frame", "timings", "retries"]
            case .onScreen: ["pin", "timings"]
            }
        return ofTransport + ofProtocol
    }

    private static func checkName(_ top: YAMLMapping, _ id: DeviceProfileID, _ kind: DeviceKind?, _ file: String) {
        let parts = file.split(separator: "/", omittingEmptySubsequences: false)
        if let name = parts.last, name != "\(id).yaml" {
            top.note("expected the name of the file: `\(id)` belongs into `\(id).yaml`", at: "id")
        }
        if let kind, parts.count >= 2, parts[parts.count - 2] != kind.rawValue {
            top.note("expected the name of the folder: this file belongs into `\(kind.rawValue)`", at: "kind")
        }
    }

    private static func checkSimulation(_ top: YAMLMapping, _ isSimulated: Bool, _ connection: DeviceConnection) {
        switch (isSimulated, connection.simulation) {
        case (true, .some(.some)), (true, .some(.none)):
            let first = DeviceConnection.simulatorProducts.lowerBound
            let last = DeviceConnection.simulatorProducts.upperBound
            top.note(
                "expected only simulated devices: ids 1209:000\(first) to 1209:000\(String(last, radix: 16)), names that "
                    + "begin with `\(DeviceConnection.simulatorReaderPrefix)`, paths that hold "
                    + "`\(DeviceConnection.simulatorPathPart)`",
                at: "match"
            )
        case (false, .some(.all)), (false, .some(.some)):
            top.note("expected no simulated device in a profile with `simulated: false`", at: "match")
        case (_, nil), (true, .some(.all)), (false, .some(.none)):
            break
        }
    }

    private static func checkLacks(_ top: YAMLMapping, _ settings: DeviceSettings, _ cannot: [DeviceCapability]) {
        for (capability, lacks) in settings.lacks.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where lacks != cannot.contains(capability) {
            let word = lacks ? "with" : "without"
            top.note("expected a list \(word) `\(capability.rawValue)`, as the rest of the profile says", at: "cannot")
        }
    }
}
