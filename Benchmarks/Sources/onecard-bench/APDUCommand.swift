import ArgumentParser
import SmartCard
import SmartCardPCSC

/// Exchanges with a card through `withCard`.
struct APDUCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apdu",
        abstract: "Sends one command again and again to the card in a reader.",
        discussion: "A round is one body of withCard: connecting, taking the card, the exchanges, giving it back."
    )

    @Option(name: .long, help: "PC/SC name of the reader.")
    var reader: String

    @Option(name: .long, help: "Commands sent once at the beginning of each round, in hex.")
    var first: [String] = []

    @Option(name: .long, help: "The command that is measured, in hex.")
    var command: String

    func run() async throws {
        let configuration = PCSCConfiguration(bodyDeadline: .seconds(120))
        let reader = PCSCCardService(configuration: configuration).reader(ReaderName(rawValue: reader))
        let first = try first.map { try CommandAPDU(bytes: Hex.bytes($0)) }
        let command = try CommandAPDU(bytes: Hex.bytes(command))
        try await Rounds.serve { operations in
            let start = Rounds.now()
            try await reader.withCard { channel in
                for command in first { _ = try channel.send(command) }
                for _ in 0..<operations {
                    guard try channel.send(command).statusWord.isSuccess else {
                        throw BenchError("the card refuses the command")
                    }
                }
            }
            return RoundResult(seconds: Double(Rounds.now() - start) / 1e9)
        }
    }
}
