import ArgumentParser
import SmartCard
import SmartCardPCSC
import SocialCard

/// Reads a card without daemon, configuration or ledger.
struct ReadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Read a social-security card.",
        discussion: """
            Takes the only reader with a card if none is named. Without --reveal, names and numbers are masked and
            identifiers left out.
            """
    )

    @OptionGroup var output: OutputOptions
    @OptionGroup var selection: ReaderSelection

    @Flag(name: .long, help: "Show names and numbers in full.")
    var reveal = false

    func run() async throws {
        do {
            let (reader, card) = try await CardSource(selection).read()
            let report = CardReport(reader: reader, answerToReset: card.answerToReset, data: card.data, reveal: reveal)
            guard !output.json else { return Output.json(report) }
            for line in report.lines { Output.line(line) }
        } catch {
            throw CommandFailure(error, asJSON: output.json)
        }
    }
}

/// Which reader, and how long to wait for a card.
struct ReaderSelection: ParsableArguments {
    @Option(name: .long, help: "The reader's name, or how it begins.")
    var reader: String?

    @Option(name: .long, help: "Seconds to wait for a card.")
    var timeout = 10

    func validate() throws {
        guard (0...3_600).contains(timeout) else { throw ValidationError("--timeout is 0 to 3600 seconds") }
    }
}

/// A card in some reader of this machine.
struct CardSource {
    /// What was read.
    struct Card: Sendable {
        var answerToReset: AnswerToReset?
        var data: SocialCardData
    }

    private let selection: ReaderSelection
    private let acceptsSimulated: Bool

    /// - Parameters:
    ///   - selection: which reader, and how long to wait.
    ///   - acceptsSimulated: whether a simulated reader is as good as another: not where people are served.
    init(_ selection: ReaderSelection, acceptsSimulated: Bool = true) {
        self.selection = selection
        self.acceptsSimulated = acceptsSimulated
    }

    /// Waits for a card and reads it.
    func read() async throws -> (ReaderName, Card) {
        let reader = try await reader()
        let card = try await reader.withCard { channel in
            Card(answerToReset: channel.answerToReset, data: try SocialCard.read(channel))
        }
        return (reader.name, card)
    }

    /// Waits for a card.
    func reader() async throws -> any CardReader {
        let wanted = selection.reader.map { ReaderName(rawValue: $0) }
        let name = try await PCSCCardService.waitForCard(
            reader: wanted,
            timeout: .seconds(selection.timeout),
            passingOver: SecurityModuleSlots().contains
        )
        guard acceptsSimulated || !PCSCEnvironment.isSimulatedReader(name) else {
            throw SmartCardError(.readerNotFound, "simulated readers are only accepted with `simulated: true`")
        }
        return HeldReader(name)
    }
}

/// A reader together with the service that its thread belongs to.
private struct HeldReader: CardReader {
    private let service = PCSCCardService()
    let name: ReaderName

    init(_ name: ReaderName) {
        self.name = name
    }

    func withCard<Result: Sendable>(
        _ body: @escaping @Sendable (any CardChannel) throws -> Result
    ) async throws -> Result {
        try await service.reader(name).withCard(body)
    }
}
