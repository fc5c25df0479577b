import CivilIdentity
import DeviceProfiles
import SmartCard
import SocialCard
package import Station

/// Reads `station.yaml` (`Documentation/Configuration.md`).
package enum StationFile {
    /// Ports that an ordinary user may open.
    static let ports = 1_024...65_535
    /// Service points of one station; each costs a page and a session.
    static let servicePointsMax = 16
    /// Readers of one service point; pcscd itself takes 16 in all.
    static let readersMax = 16

    /// Reads and decodes the file.
    ///
    /// - Throws: `YAMLMistakes` with every mistake of the file.
    package static func read(_ path: String) throws(YAMLMistakes) -> StationConfiguration {
        try YAMLFile.read(path, station)
    }

    /// Decodes text.
    ///
    /// - Throws: `YAMLMistakes` with every mistake of the text.
    package static func decode(_ text: String, file: String) throws(YAMLMistakes) -> StationConfiguration {
        try YAMLFile.decode(text, file: file, station)
    }

    private static func station(_ top: YAMLMapping) -> StationConfiguration? {
        let simulated = top.boolean("simulated", default: false)
        let station = top.mapping("station")
        let id = station?.value("id", expected: "1 to 64 of a-z 0-9 -", parse: identifier(lengthMax: 64))
        let name = station?.string("name", lengthMax: 60)
        let division = station?.value("division", expected: "a 12-digit division code in quotes") { text in
            text.count == 12 ? try DivisionCode(text) : nil
        }
        let hotline = station?.value("hotline", expected: "a telephone number in quotes") { text in
            (3...20).contains(text.count) && text.allSatisfy { $0.isNumber || $0 == "-" } ? text : nil
        }
        let state = top.value("state", expected: "an absolute path", parse: absolutePath)
        let keys = top.optionalValue("keys", expected: "an absolute path", parse: absolutePath)
        let policy = top.value("policy", expected: "an absolute path", parse: absolutePath)
        let profiles = top.optionalValue("profiles", expected: "an absolute path", parse: absolutePath)
        let kiosk = top.optionalMapping("kiosk")
        let port = kiosk?.integer("port", in: ports, default: 8_440) ?? 8_440
        let origin = kiosk?.optionalValue("simulatorOrigin", expected: "http://127.0.0.1:PORT", parse: loopbackOrigin)
        if origin != nil, !simulated { kiosk?.note("only with `simulated: true`", at: "simulatorOrigin") }
        let points = top.list("servicePoints", count: 1...servicePointsMax, servicePoint)
        if let points, Set(points.map(\.id)).count != points.count {
            top.note("every service point needs an id of its own", at: "servicePoints")
        }
        guard let id, let name, let division, let hotline, let state, let policy, let points else { return nil }
        return StationConfiguration(
            id: id,
            name: name,
            division: division,
            hotline: hotline,
            simulated: simulated,
            stateDirectory: state,
            keyDirectory: keys,
            policyFile: policy,
            profileDirectory: profiles,
            kioskPort: port,
            simulatorOrigin: origin,
            servicePoints: points
        )
    }

    private static func servicePoint(_ mapping: YAMLMapping) -> ServicePoint? {
        let id = mapping.value("id", expected: "1 to 32 of a-z 0-9 -") { ServicePointID(rawValue: $0) }
        let kind = mapping.choice("kind", of: ServicePoint.Kind.self)
        let readers = mapping.list("readers", count: 1...readersMax, reader)
        let module = mapping.optionalMapping("securityModule").flatMap(securityModule)
        let random = mapping.boolean("randomPINPad", default: false)
        let limits = sessionLimits(mapping.optionalMapping("limits"))
        guard let id, let kind, let readers else { return nil }
        return ServicePoint(
            id: id,
            kind: kind,
            readers: readers,
            securityModule: module,
            randomPINPad: random,
            limits: limits
        )
    }

    /// The algorithms that keys of a security module are for, by their names in the file.
    private static let moduleAlgorithms: [String: CardAlgorithm] = ["sm4": .sm4, "3des": .tripleDES]

    private static func securityModule(_ mapping: YAMLMapping) -> ServicePoint.SecurityModule? {
        let reader = mapping.string("reader", lengthMax: 127)
        let profile = mapping.value("profile", expected: "the id of a device profile") {
            DeviceProfileID(rawValue: $0)?.rawValue
        }
        let commands = mapping.optionalString(
            "commands",
            oneOf: SecurityModuleDialect.Commands.allCases.map(\.rawValue)
        )
        let algorithms = mapping.strings(
            "algorithms",
            default: Array(moduleAlgorithms.keys),
            count: 1...moduleAlgorithms.count,
            oneOf: moduleAlgorithms.keys.sorted()
        )
        guard let reader, let profile else { return nil }
        return ServicePoint.SecurityModule(
            namePrefix: reader,
            profile: profile,
            commands: commands,
            algorithms: Set(algorithms.compactMap { moduleAlgorithms[$0] })
        )
    }

    private static func reader(_ mapping: YAMLMapping) -> ServicePoint.Reader? {
        let name = mapping.string("name", lengthMax: 127)
        let interface = mapping.choice("interface", of: CardInterface.self)
        guard let name, let interface else { return nil }
        guard !name.isEmpty else {
            mapping.note("the beginning of a PC/SC reader name", at: "name")
            return nil
        }
        return ServicePoint.Reader(namePrefix: name, interface: interface)
    }

    private static func sessionLimits(_ mapping: YAMLMapping?) -> SessionLimits {
        let usual = SessionLimits()
        guard let mapping else { return usual }
        return SessionLimits(
            idleSeconds: mapping.integer("idle", in: 2...600, default: usual.idleSeconds),
            readingSeconds: mapping.integer("reading", in: 2...120, default: usual.readingSeconds),
            failureSeconds: mapping.integer("failure", in: 1...120, default: usual.failureSeconds),
            ratingSeconds: mapping.integer("rating", in: 1...120, default: usual.ratingSeconds),
            thanksSeconds: mapping.integer("thanks", in: 1...60, default: usual.thanksSeconds)
        )
    }

    private static func identifier(lengthMax: Int) -> (String) -> String? {
        { text in
            let isRight = text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
            return isRight && (1...lengthMax).contains(text.utf8.count) ? text : nil
        }
    }

    private static func absolutePath(_ text: String) -> String? {
        text.hasPrefix("/") && !text.utf8.contains(0) ? text : nil
    }

    private static func loopbackOrigin(_ text: String) -> String? {
        let prefix = "http://127.0.0.1:"
        guard text.hasPrefix(prefix), let port = Int(text.dropFirst(prefix.count)), ports.contains(port) else {
            return nil
        }
        return text == prefix + String(port) ? text : nil
    }
}
