import ArgumentParser
import SimulationKit
import VirtualCard

/// Tells what stands where.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show pcscd, the readers, their cards, faults and counters."
    )

    @OptionGroup var state: StateOption
    @OptionGroup var output: JSONOption

    func run() throws {
        let response = try state.send(ControlRequest(.status))
        guard let status = response.status else { return }
        if output.json {
            CommandOutput.json(response)
            return
        }
        print("pcscd \(status.pcscd.rawValue)\(status.pcscdProcess.map { " (\($0))" } ?? "")")
        print("PCSCLITE_CSOCK_NAME=\(status.pcscdSocket)")
        for reader in status.readers {
            let card = reader.persona.map { "\($0), \(reader.commandsSinceInsertion) commands" } ?? "empty"
            let fault = reader.faults.isEmpty ? "" : ", faults in force"
            print("reader \(reader.number) \(reader.name): \(card), \(reader.counters.commands) in all\(fault)")
        }
    }
}
