import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import SimulationKit
import UnixSignals
import VirtualPeripherals

/// ID readers, printers and scanners below the drivers: on a simulated USB, or on serial lines.
struct DevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices",
        abstract: "Simulated ID readers, printers and scanners, on a simulated USB or on serial lines.",
        discussion: """
            `devices up` makes the devices and, with -- PROGRAM, runs a program that finds the USB ones through its own
            libusb. `devices tell NAME COMMAND` is the hand at a device: place, lift, scan, paper, plug, faults.
            Models: samv-single, samv-split, printer, scanner-keyboard, scanner-pos, scanner-text (serial only).
            """,
        subcommands: [Up.self, Tell.self, List.self]
    )
}

extension DevicesCommand {
    /// Runs the devices.
    struct Up: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "up",
            abstract: "Run devices in the foreground, and a program over those on USB."
        )

        @OptionGroup var state: StateOption
        @OptionGroup var documents: DocumentsOption

        @Option(name: .long, help: "A USB device, NAME=MODEL@PORT such as id=samv-single@1-1; may come again.")
        var usb: [String] = []

        @Option(name: .long, help: "A serial device, NAME=MODEL@PATH such as id2=samv-single@/tmp/id2; may come again.")
        var serial: [String] = []

        @Option(name: .long, help: "The USB side (default: Simulators/.build/virtual-usb/onecard-virtual-usb).")
        var program: String?

        @Argument(parsing: .postTerminator, help: "The program to run over the USB devices, after --.")
        var command: [String] = []

        func run() async throws {
            let directory = state.directory
            try FileManager.default.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
            var plugged: [(device: VirtualUSBDevice, socketPath: String)] = []
            for text in usb {
                let device = try refusing { () throws(PeripheralFailure) in try DevicePlace(text).usbDevice() }
                plugged.append((device, "\(directory.path)/\(device.name).usb"))
            }
            var lines: [(device: VirtualSerialDevice, path: String)] = []
            for text in serial {
                let place = try refusing { () throws(PeripheralFailure) in try DevicePlace(text) }
                lines.append((place.serialDevice, place.place))
            }
            let host = try refusing { () throws(PeripheralFailure) in try PeripheralHost(usb: plugged, serial: lines) }
            defer { host.stop() }
            let folder = documents.folder
            let control = try refusing { () throws(PeripheralFailure) in
                try PeripheralControl(path: directory.devicesSocket, host: host) {
                    DocumentsOption.document($0, in: folder)
                }
            }
            defer { control.stop() }
            guard !command.isEmpty else { return try await serve(host) }
            let status = try await runProgram(directory, plugged)
            if status != 0 { throw ExitCode(status) }
        }

        /// Serves serial lines until the process is stopped.
        private func serve(_ host: PeripheralHost) async throws {
            guard usb.isEmpty else {
                throw SimulationError(.badRequest, "USB devices need a program", remedy: "name it after --")
            }
            CommandOutput.line("devices \(host.names.joined(separator: " "))")
            try await group([UntilStopped()])
        }

        private func runProgram(
            _ directory: StateDirectory,
            _ plugged: [(device: VirtualUSBDevice, socketPath: String)]
        ) async throws -> Int32 {
            guard let program = program ?? InstalledFiles.virtualUSB else {
                throw SimulationError(.system, "the USB side is not built", remedy: "make -C Simulators/VirtualUSB")
            }
            let options = plugged.flatMap { ["--device", "\($0.device.name)=\($0.socketPath)"] }
            let child = ChildProgram(
                ["/usr/bin/umockdev-wrapper", program] + options + [directory.usbSideSocket, "--"] + command
            )
            try await group([child])
            return child.status
        }

        private func group(_ services: [any Service]) async throws {
            try await ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
                    gracefulShutdownSignals: [.sigint, .sigterm],
                    logger: Logger(label: "onecard-sim") { StreamLogHandler.standardError(label: $0) }
                )
            ).run()
        }
    }

    /// Carries out a command at a device.
    struct Tell: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tell",
            abstract: "Do something at a device.",
            discussion: """
                place DOCUMENT, lift · scan TEXT · paper full|near|out, paper-after LINES, cover open|closed, cutter
                ok|broken, printed, tear-off · plug, unplug, serial TEXT · faults: mute [TIMES], slow MS, checksum
                [TIMES], answer HEX [TIMES], duplicate [TIMES], torn BYTES, remove-at BYTES [in|out], stall ENDPOINT
                [TIMES], clear · state
                """
        )

        @OptionGroup var state: StateOption
        @Argument(help: "The device.")
        var name: String
        @Argument(parsing: .remaining, help: "The command.")
        var command: [String]

        func run() throws {
            let answer = try DevicesControl.ask("\(name) \(command.joined(separator: " "))", state.directory)
            if !answer.isEmpty { print(answer) }
        }
    }

    /// Names the devices.
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Name the devices.")
        @OptionGroup var state: StateOption

        func run() throws {
            for name in try DevicesControl.ask("list", state.directory).split(separator: " ") { print(name) }
        }
    }
}

/// Where the documents are that can be placed on ID readers.
struct DocumentsOption: ParsableArguments {
    @Option(name: .long, help: "Folder of identity documents (default: Simulators/Documents of the checkout).")
    var documents: String?

    var folder: String { documents ?? InstalledFiles.documentDirectory ?? "Simulators/Documents" }

    /// A document by its name; nil for an unknown one, and for one whose file has mistakes.
    static func document(_ name: String, in folder: String) -> VirtualDocument? {
        let isPlain = name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
        guard isPlain else { return nil }
        let path = "\(folder)/\(name).yaml"
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        return try? DocumentSection.decode(text, file: path)
    }
}

/// `NAME=MODEL@PLACE`.
struct DevicePlace {
    let name: String
    let model: DeviceModel
    let place: String

    init(_ text: String) throws(PeripheralFailure) {
        let halves = text.split(separator: "=", maxSplits: 1).map(String.init)
        let parts = halves.count == 2 ? halves[1].split(separator: "@", maxSplits: 1).map(String.init) : []
        guard parts.count == 2, let model = DeviceModel(rawValue: parts[0]) else {
            throw PeripheralFailure("expected NAME=MODEL@PLACE, got \(text)")
        }
        name = halves[0]
        self.model = model
        place = parts[1]
    }

    func usbDevice() throws(PeripheralFailure) -> VirtualUSBDevice {
        guard let description = model.description(portPath: place, serial: "SIM-\(name)") else {
            throw PeripheralFailure("\(model.rawValue) is never on USB")
        }
        return VirtualUSBDevice(name: name, description: description, peripheral: model.makePeripheral())
    }

    var serialDevice: VirtualSerialDevice {
        VirtualSerialDevice(name: name, serial: "SIM-\(name)", peripheral: model.makePeripheral())
    }
}

/// Runs a body and tells a failure of devices as one of the command.
private func refusing<Result>(_ body: () throws(PeripheralFailure) -> Result) throws(SimulationError) -> Result {
    do throws(PeripheralFailure) {
        return try body()
    } catch {
        throw SimulationError(.badRequest, error.description, remedy: "see `onecard-sim devices --help`")
    }
}
