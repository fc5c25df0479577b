import ArgumentParser
import DeviceProfiles
import LinuxHost
import YAMLFiles

/// Looks after device profiles.
struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Check, list and explain device profiles.",
        subcommands: [Check.self, List.self, Explain.self]
    )
}

/// Where the profiles stand.
struct ProfileOptions: ParsableArguments {
    @Option(name: .long, help: "The folder of device profiles (/etc/onecard/profiles, else those of the checkout).")
    var profiles: String?

    /// Reads the folder; one that has mistakes is not used.
    func catalogue(asJSON: Bool) throws -> DeviceProfileCatalogue {
        let read = DeviceProfileFiles.read(profiles ?? ProfileFolder.found)
        guard let first = read.mistakes.first else { return read.catalogue }
        let others = read.mistakes.count > 1 ? " (and \(read.mistakes.count - 1) more: `onecard profile check`)" : ""
        throw CommandFailure.usage(first.description + others, asJSON: asJSON)
    }
}

extension ProfileCommand {
    /// Checks files.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check device profiles and tell every mistake with its line.",
            discussion: "Exit status 0: all are right; 2: there is a mistake, or there is no profile at all."
        )

        @Argument(help: "Folders of profiles, and files <kind>/<vendor>-<model>.yaml.")
        var paths: [String]

        @OptionGroup var output: OutputOptions

        private struct Mistake: Encodable {
            var file: String
            var line: Int
            var path: String
            var message: String
        }

        private struct Report: Encodable {
            var files: Int
            var profiles: [String]
            var mistakes: [Mistake]
        }

        func run() throws {
            let read = DeviceProfileFiles.read(paths: paths)
            if output.json {
                Output.json(
                    Report(
                        files: read.files.count,
                        profiles: read.catalogue.profiles.map(\.id.rawValue),
                        mistakes: read.mistakes.map {
                            Mistake(file: $0.file, line: $0.line, path: $0.path, message: $0.message)
                        }
                    )
                )
            } else {
                for mistake in read.mistakes { Output.line(mistake.description) }
                Output.line("\(read.files.count) files, \(read.mistakes.count) mistakes")
            }
            if !read.mistakes.isEmpty || read.files.isEmpty { throw ExitCode(CommandFailure.usageStatus) }
        }
    }

    /// Lists profiles.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the device profiles.")

        @OptionGroup var profiles: ProfileOptions
        @OptionGroup var output: OutputOptions

        private struct Row: Encodable {
            var id: String
            var kind: String
            var title: [String: String]
            var vendor: String
            var model: String
            var `protocol`: String
            var transport: String
            var claim: String
            var simulated: Bool
            var quirks: [String]
            var cannot: [String]

            init(_ profile: DeviceProfile) {
                id = profile.id.rawValue
                kind = profile.kind.rawValue
                title = ["zh": profile.title.chinese, "en": profile.title.english]
                vendor = profile.vendor
                model = profile.model
                `protocol` = profile.settings.deviceProtocol.rawValue
                transport = profile.connection.transport.rawValue
                claim = profile.claim.rawValue
                simulated = profile.isSimulated
                quirks = profile.quirks.map(\.rawValue)
                cannot = profile.cannot.map(\.rawValue)
            }
        }

        func run() throws {
            let rows = try profiles.catalogue(asJSON: output.json).profiles.map(Row.init)
            guard !output.json else { return Output.json(["profiles": rows]) }
            for row in rows {
                let mark = row.simulated ? "  simulated" : ""
                Output.line("\(row.id)  \(row.kind)  \(row.protocol) over \(row.transport)  \(row.claim)\(mark)")
            }
        }
    }

    /// Tells which profile a device gets.
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell which profile a device gets, why, and which others were close.",
            discussion: """
                DEVICE is the id of a profile, or what the device says of itself:
                  usb:VVVV:PPPP[:CCSSPP[@EEEE…]…]  ids, then class, subclass and protocol of each interface, with its
                                                   endpoints, as in usb:0400:c35a:ff0000@02068185
                  pcsc:NAME                        the PC/SC name of a reader
                  serial:PATH, file:PATH           a serial line, a device file

                Exit status 0: one profile fits; 1: none does, or several do.
                """
        )

        @Argument(help: "A device or the id of a profile.")
        var device: String

        @Option(name: .long, help: "Only profiles of this kind: card-reader, id-reader, printer, scanner, pin-pad.")
        var kind: String?

        @Flag(name: .long, help: "As if station.yaml named the device; a path always is.")
        var named = false

        @OptionGroup var profiles: ProfileOptions
        @OptionGroup var output: OutputOptions

        private struct Report: Encodable {
            var device: String
            @Nullable var profile: String?
            var candidates: [String]
            var text: String
        }

        func validate() throws {
            guard kind.map({ DeviceKind(rawValue: $0) != nil }) ?? true else {
                throw ValidationError("--kind is one of " + DeviceKind.allCases.map(\.rawValue).joined(separator: ", "))
            }
        }

        func run() throws {
            let catalogue = try profiles.catalogue(asJSON: output.json)
            let report = try report(catalogue)
            output.json ? Output.json(report) : Output.line(report.text)
            if report.profile == nil { throw ExitCode(1) }
        }

        private func report(_ catalogue: DeviceProfileCatalogue) throws -> Report {
            if let profile = DeviceProfileID(rawValue: device).flatMap({ catalogue.profile($0) }) {
                let text = (["profile \(profile.id)"] + profile.summary.map { "  \($0)" }).joined(separator: "\n")
                return Report(device: device, profile: device, candidates: [device], text: text)
            }
            guard let identity = DeviceIdentity(device) else {
                throw CommandFailure.usage("no profile and no device is written so: \(device)", asJSON: output.json)
            }
            let isPath = identity.transport == .serial || identity.transport == .deviceFile
            let kind = kind.flatMap { DeviceKind(rawValue: $0) }
            let choice = catalogue.match(identity, kind: kind, isNamed: named || isPath)
            return Report(
                device: identity.description,
                profile: choice.match?.profile.id.rawValue,
                candidates: choice.all.map(\.profile.id.rawValue),
                text: catalogue.explain(identity, kind: kind, isNamed: named || isPath)
            )
        }
    }
}
