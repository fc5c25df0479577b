import ArgumentParser
import Benefits
import Foundation
import HubProtocol
import JournalSQLite
import LedgerSQLite
import LinuxHost
import SmartCard
import SmartCardPCSC
import SocialCard
import Station
import StationWiring

/// Prints what the kiosk would show at the assurance level that was reached.
struct StatementCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "statement",
        abstract: "Print what the holder of a card gets, as the kiosk would show it.",
        discussion: """
            Without a PIN the level is L1: which benefits, no amounts. The PIN is read from the terminal with --pin, or
            from a file descriptor with --pin-fd; never from an argument.
            """
    )

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var selection: ReaderSelection

    @Flag(name: .long, help: "Ask for the PIN on the terminal.")
    var pin = false

    @Option(name: .customLong("pin-fd"), help: "Read the PIN from this file descriptor.")
    var pinDescriptor: Int32?

    @Flag(name: .long, help: "The person agrees to a PIN try although the tries left are unknown, one, or were none.")
    var confirmTries = false

    func validate() throws {
        guard !(pin && pinDescriptor != nil) else { throw ValidationError("--pin or --pin-fd, not both") }
    }

    func run() async throws {
        do {
            let report = try await statement()
            guard !output.json else { return Output.json(report) }
            for line in report.lines { Output.line(line) }
        } catch {
            throw CommandFailure(error, asJSON: output.json)
        }
    }

    private func statement() async throws -> StatementReport {
        guard ProcessHardening.disableDumps() else { throw StationError(.serviceFailure, "core dumps stay on") }
        let context = try StationContext(station)
        let policy = try context.policy()
        let ledger = try context.openLedger()
        let source = CardSource(selection, acceptsSimulated: context.configuration.simulated)
        let reader = try await source.reader()
        let writer = try JournalWriter(context)
        let assessor = CardAssessor(
            ledger: StationLedger(ledger),
            journal: writer,
            pseudonyms: context.keys.group.pseudonymKey,
            policy: policy,
            clock: SystemStationClock(),
            authentication: try SecurityModules(context.configuration).reading(of: nil, cards: PCSCCardService())
        )
        let run = StatementRun(
            reader: reader,
            assessor: assessor,
            journal: writer,
            session: RandomSource.system.token()
        )
        var assessment = try await run.assess()
        if pin || pinDescriptor != nil, assessment.decision.refusal == nil {
            guard assessment.detailsAllowed else {
                throw StationError(.pinNotAccepted, "the policy accepts no PIN on a card that was not authenticated")
            }
            let digits = LockedPIN()
            defer { digits.wipe() }
            try checkTries(assessment)
            try PINInput.read(into: digits, descriptor: pinDescriptor)
            assessment = try await run.verify(digits, assessment)
        }
        if let refusal = assessment.decision.refusal { throw refusal }
        return StatementReport(assessment)
    }

    /// Unknown tries, the last one, and a PIN that was blocked need the person's explicit yes.
    private func checkTries(_ assessment: CardAssessment) throws {
        guard !confirmTries else { return }
        switch assessment.triesLeft {
        case .some(2...): return
        case 0:
            throw SocialCardError(
                .pinBlocked,
                "the PIN was blocked when it was last used here: say --confirm-tries if it was reset since"
            )
        case 1: throw SocialCardError(.pinLastTry, "one try is left: say --confirm-tries if the person agrees")
        default:
            throw SocialCardError(
                .pinTriesUnknown,
                "the tries left are unknown: say --confirm-tries if the person agrees"
            )
        }
    }
}

/// One statement on the command line: what it does is recorded before it is printed.
struct StatementRun {
    let reader: any CardReader
    let assessor: CardAssessor
    let journal: JournalWriter
    let session: String

    /// Name of the command line among the service points.
    private static let point = "command-line"

    /// Reads and assesses the card at L1.
    func assess() async throws -> CardAssessment {
        let card = try await assessor.read(reader)
        let assessment = try await assessor.assess(card, pinAccepted: false)
        try await record(assessment, scope: "summary")
        return assessment
    }

    /// Sends the PIN to the same card and assesses at L2.
    func verify(_ pin: LockedPIN, _ before: CardAssessment) async throws -> CardAssessment {
        guard let keys = before.keys else { throw IdentityCode.recordIncomplete }
        try await journal.append([event(.pinAttempted, before)])
        let outcome = try await PINCheck(assessor: assessor).verify(pin, on: reader, expecting: keys.card)
        try await journal.append([outcome.row(servicePoint: Self.point, session: session, keys: keys)])
        switch outcome {
        case .accepted(let assessment):
            try await record(assessment, scope: "details")
            return assessment
        case .wrong(let triesLeft):
            let left = triesLeft.map(String.init) ?? "unknown"
            throw SocialCardError(.pinWrong, "the card refused the PIN; tries left: \(left)")
        case .blocked:
            throw SocialCardError(.pinBlocked, "the PIN of this card is blocked")
        }
    }

    private func record(_ assessment: CardAssessment, scope: String) async throws {
        let decision = assessment.decision
        guard decision.refusal == nil else {
            return try await journal.append([event(.identityRejected, assessment, decision.rowAttributes)])
        }
        var rows = [event(.identityVerified, assessment, decision.rowAttributes)]
        if assessment.statement != nil { rows.append(event(.ledgerQueried, assessment, ["scope": .string(scope)])) }
        try await journal.append(rows)
    }

    private func event(
        _ kind: StationEventKind,
        _ assessment: CardAssessment,
        _ attributes: [String: CanonicalJSON] = [:]
    ) -> StationEvent {
        StationEvent(
            kind,
            servicePoint: Self.point,
            session: session,
            residentKey: assessment.keys?.resident,
            cardKey: assessment.keys?.card,
            attributes: attributes
        )
    }
}
