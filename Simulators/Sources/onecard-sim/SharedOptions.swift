import ArgumentParser
import Foundation
import Personas
import SimulationKit
import YAMLFiles

/// Where a running simulator is.
struct StateOption: ParsableArguments {
    @Option(name: .long, help: "Directory of the running simulator.")
    var state = ".state/sim"

    var directory: StateDirectory { StateDirectory(state) }

    /// Sends a request to the simulator.
    func send(_ request: ControlRequest) throws(SimulationError) -> ControlResponse {
        try ControlClient.send(request, to: directory.controlSocket)
    }
}

/// Where the card files are.
struct CardsOption: ParsableArguments {
    @Option(name: .long, help: "Folder of card files (default: Simulators/Cards of the checkout).")
    var cards: String?

    /// Reads all card files.
    func catalogue() throws -> PersonaCatalogue {
        let found = cards ?? InstalledFiles.cardDirectory()
        guard let found else {
            throw SimulationError(.cardFile, "the folder of card files is not found", remedy: "name it with --cards")
        }
        return try PersonaCatalogue(directory: found)
    }
}

/// Prints for programs.
struct JSONOption: ParsableArguments {
    @Flag(name: .long, help: "Print one line of JSON.")
    var json = false
}

/// Files that stand beside the program or in the checkout.
enum InstalledFiles: Sendable {
    /// Folder of the program itself.
    static var programDirectory: String {
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: program).deletingLastPathComponent().path
    }

    /// The driver that pcscd loads.
    static var handler: String { programDirectory + "/libOneCardIFDHandler.so" }

    /// The folder `Simulators` of the checkout, seen from `.build/<triple>/<configuration>`.
    private static var checkout: String { programDirectory + "/../../.." }

    /// The USB device model, if it is built.
    static var virtualUSB: String? { existing(".build/virtual-usb/onecard-virtual-usb") }

    /// The identity documents of the checkout.
    static var documentDirectory: String? { existing("Documents") }

    /// What the CCID driver knows in a simulated station.
    static var driverList: String? { existing("VirtualUSB/Info.plist") }

    private static func existing(_ file: String) -> String? {
        ["Simulators/\(file)", file, "\(checkout)/\(file)"].first { FileManager.default.fileExists(atPath: $0) }
    }

    /// The card files of the checkout: seen from the working directory, or from `.build/<triple>/<configuration>`.
    static func cardDirectory() -> String? {
        let candidates = ["Simulators/Cards", "Cards", "\(checkout)/Cards"]
        return candidates.first { path in
            ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [])
                .contains { $0.hasSuffix(PersonaFile.ending) }
        }
    }
}
