import ArgumentParser
import Foundation
import Logging
import ServiceLifecycle
import SimulationKit
import UnixSignals

/// Readers that come and go: pcscd with the real CCID driver over a simulated USB.
struct USBCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "usb",
        abstract: "A reader that can be plugged and unplugged: the real CCID driver over a simulated USB.",
        discussion: """
            `usb up` runs one reader; tap, lift, fault, status and pcscd work as usual with the same --state.
            Build the device model first: make -C Simulators/VirtualUSB (needs libumockdev-dev).
            """,
        subcommands: [Up.self, Plug.self, Unplug.self, Status.self]
    )

    /// Runs the simulator.
    struct Up: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "up",
            abstract: "Run a simulator with one USB reader in the foreground."
        )

        @OptionGroup var state: StateOption
        @OptionGroup var cards: CardsOption

        @Option(name: .long, help: "The device model (default: Simulators/.build/virtual-usb/onecard-virtual-usb).")
        var program: String?

        @Option(name: .long, help: "What the CCID driver knows (default: Simulators/VirtualUSB/Info.plist).")
        var driverList: String?

        @Option(name: .long, help: "Seed of everything random.")
        var seed: UInt64 = 1

        func run() async throws {
            guard let program = program ?? InstalledFiles.virtualUSB,
                let driverList = driverList ?? InstalledFiles.driverList
            else {
                throw SimulationError(
                    .system,
                    "the USB device model is not built",
                    remedy: "make -C Simulators/VirtualUSB"
                )
            }
            let simulation = try Simulation(
                configuration: Simulation.Configuration(
                    state: state.directory,
                    readers: 1,
                    driver: .usb(program: absolute(program), driverList: absolute(driverList)),
                    seed: seed
                ),
                catalogue: try cards.catalogue()
            )
            defer { simulation.stop() }
            CommandOutput.line("pcscd \(simulation.configuration.state.pcscdSocket)")
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(
                    services: [.init(service: UntilStopped(), successTerminationBehavior: .gracefullyShutdownGroup)],
                    gracefulShutdownSignals: [.sigint, .sigterm],
                    logger: Logger(label: "onecard-sim") { StreamLogHandler.standardError(label: $0) }
                )
            )
            try await group.run()
        }

        private func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
    }

    /// Plugs the reader.
    struct Plug: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "plug", abstract: "Plug the reader.")
        @OptionGroup var target: Target

        func run() throws {
            try target.send(.plug)
        }
    }

    /// Unplugs the reader.
    struct Unplug: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "unplug",
            abstract: "Unplug the reader, with whatever card is in it."
        )
        @OptionGroup var target: Target

        func run() throws {
            try target.send(.unplug)
        }
    }

    /// Tells whether the reader is plugged.
    struct Status: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "Tell whether the reader is plugged."
        )
        @OptionGroup var target: Target

        func run() throws {
            try target.send(.status)
        }
    }

    /// What plug, unplug and status have in common.
    struct Target: ParsableArguments {
        @OptionGroup var state: StateOption
        @OptionGroup var output: JSONOption

        func send(_ action: USBControl.Action) throws(SimulationError) {
            let isPlugged = try USBControl.send(action, to: state.directory.usbSocket)
            if output.json {
                CommandOutput.json(["ok": true, "plugged": isPlugged])
            } else {
                print(isPlugged ? "plugged" : "unplugged")
            }
        }
    }
}

/// Does nothing until the group is asked to stop.
struct UntilStopped: Service {
    func run() async throws {
        try await gracefulShutdown()
    }
}
