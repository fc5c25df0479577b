public import ArgumentParser
public import SimulationKit

/// Starts, stops, kills and hangs pcscd.
struct ServiceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pcscd",
        abstract: "Start, stop, kill, restart, hang or resume the private pcscd.",
        discussion: """
            stop and kill also remove the socket, so that clients find no service. With --keep-socket it stays open with
            nobody behind it, and clients wait, as when a socket-activated pcscd has died. hang stops the process in its
            tracks (SIGSTOP).
            """
    )

    @Argument(help: "start, stop, kill, restart, hang or resume.")
    var action: ControlRequest.ServiceAction

    @Flag(name: .long, help: "Leave the socket open when stopping or killing.")
    var keepSocket = false

    @OptionGroup var state: StateOption
    @OptionGroup var output: JSONOption

    func run() throws {
        let response = try state.send(ControlRequest(.pcscd, action: action, keepsSocket: keepSocket))
        if output.json {
            CommandOutput.json(response)
        } else if let status = response.status {
            print("pcscd \(status.pcscd.rawValue)")
        }
    }
}

extension ControlRequest.ServiceAction: ExpressibleByArgument {}
