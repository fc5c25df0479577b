import ArgumentParser
import DeviceDrivers
import DeviceProfiles
import SmartCard
import SmartCardPCSC
import USBDevice

/// Lists the devices that a station could use.
struct DevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "List the devices of this machine, with the profile of each.",
        discussion: """
            PC/SC readers, ID readers, printers and scanners that are plugged in. A device without a profile is listed when \
            it could be one of these: `onecard profile explain` tells why none fits.
            """
    )

    @OptionGroup var output: OutputOptions
    @OptionGroup var profiles: ProfileOptions

    private struct Row: Encodable {
        var device: String
        var kind: String
        @Nullable var profile: String?
        var title: String
        var simulated: Bool
        var state: String
        @Nullable var lastFailure: String?
        var recoveries: Int
    }

    func run() async throws {
        do {
            let catalogue = try profiles.catalogue(asJSON: output.json)
            let rows = try await readers(catalogue) + plugged(catalogue)
            guard !output.json else { return Output.json(["devices": rows]) }
            if rows.isEmpty { Output.line("no device") }
            for row in rows {
                Output.line("\(row.device)  \(row.kind)  \(row.profile ?? "no profile")  \(row.state)  \(row.title)")
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(error, asJSON: output.json)
        }
    }

    /// The readers of the card service; a service that does not run has none.
    private func readers(_ catalogue: DeviceProfileCatalogue) async -> [Row] {
        let readers = (try? await PCSCCardService.listReaders(timeout: .seconds(5))) ?? []
        return readers.map { reader in
            let match = catalogue.match(pcscName: reader.name.rawValue, kind: .cardReader).match
            return row("pcsc:\(reader.name.rawValue)", match?.profile, kind: .cardReader)
        }
    }

    private func plugged(_ catalogue: DeviceProfileCatalogue) async throws -> [Row] {
        let plugged = try await Machine.withDevices { try await $0.plugged() }
        let kinds: [DeviceKind] = [.idReader, .printer, .scanner]
        return plugged.flatMap { info in
            kinds.compactMap { kind -> Row? in
                // Named, since whoever asks wants to see a keyboard scanner too, which no station takes unasked.
                guard let match = catalogue.match(usb: info.identity, kind: kind, isNamed: true).match else {
                    return nil
                }
                return row("usb:\(info.id.path)", match.profile, kind: kind)
            }
        }
    }

    private func row(_ device: String, _ profile: DeviceProfile?, kind: DeviceKind) -> Row {
        Row(
            device: device,
            kind: kind.rawValue,
            profile: profile?.id.rawValue,
            title: profile?.title.english ?? "",
            simulated: profile?.isSimulated ?? false,
            state: "plugged",
            lastFailure: nil,
            recoveries: 0
        )
    }
}
