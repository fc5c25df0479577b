import ArgumentParser
import DeviceDrivers
import DeviceIO
import DeviceProfiles
import ResidentIDCard
import Station
import USBDevice

/// Works with resident-ID readers.
struct IDCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "id",
        abstract: "Work with resident-ID readers.",
        subcommands: [Read.self]
    )
}

extension IDCommand {
    /// Reads an identity document without daemon or configuration.
    struct Read: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read an identity document.",
            discussion: """
                Takes the only ID reader if none is named. Without --reveal, names and numbers are masked and other facts \
                about the person left out. Stop onecardd before: a reader has one user at a time.
                """
        )

        @OptionGroup var output: OutputOptions
        @OptionGroup var profiles: ProfileOptions

        @Option(name: .long, help: "The reader: id of a profile, serial:PATH, or usb:BUS-PORT.")
        var device: String?

        @Option(name: .long, help: "Seconds to wait for a document.")
        var timeout = 10

        @Flag(name: .long, help: "Show names and numbers in full.")
        var reveal = false

        func validate() throws {
            guard (0...3_600).contains(timeout) else { throw ValidationError("--timeout is 0 to 3600 seconds") }
        }

        func run() async throws {
            do {
                let report = try await read()
                guard !output.json else { return Output.json(report) }
                for line in report.lines { Output.line(line) }
            } catch let failure as CommandFailure {
                throw failure
            } catch {
                throw CommandFailure(error, asJSON: output.json)
            }
        }

        private func read() async throws -> DocumentReport {
            let catalogue = try profiles.catalogue(asJSON: output.json)
            return try await Machine.withDevices { machine in
                let device = try await chosen(machine, DeviceFinder(catalogue: catalogue, acceptsSimulated: true))
                return try await machine.opener.withIDReader(device) { reader in
                    let module = try await reader.samIdentifier()
                    let reading = try await reader.readDocument(
                        ResidentIDReader.Options(appendedAddresses: true),
                        within: .seconds(timeout)
                    )
                    return DocumentReport(device: device.id, module: module, reading: reading, reveal: reveal)
                }
            }
        }

        /// The reader that is named, or the only one.
        private func chosen(_ machine: Machine, _ finder: DeviceFinder) async throws -> StationDevice {
            let plugged = try await machine.plugged()
            guard let device else { return try only(finder.devices(of: .idReader, among: plugged)) }
            if let profile = DeviceProfileID(rawValue: device), !device.contains(":") {
                return try only(finder.devices(of: .idReader, among: plugged).filter { $0.profile.id == profile })
            }
            guard let address = DeviceAddress(device) else {
                throw CommandFailure.usage("--device is a profile, serial:PATH or usb:BUS-PORT", asJSON: output.json)
            }
            guard case .usb(let path) = address else { return try finder.device(of: .idReader, at: address) }
            let info = plugged.first { $0.id.path == path }
            guard let found = info.flatMap({ finder.device(of: .idReader, $0, isNamed: true) }) else {
                throw DeviceError(.notFound, "no ID reader is plugged in at \(address)")
            }
            return found
        }

        private func only(_ devices: [StationDevice]) throws -> StationDevice {
            guard let first = devices.first else { throw DeviceError(.notFound, "no ID reader is plugged in") }
            guard devices.count == 1 else {
                throw StationError(.deviceAmbiguous, "several fit: \(devices.map(\.id).joined(separator: ", "))")
            }
            return first
        }
    }
}
