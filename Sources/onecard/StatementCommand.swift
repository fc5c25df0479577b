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

    @Flag(name: .long, help: "The person agrees to a PIN try although the tries left are unknown or one.")
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
            clock: SystemStationClock()
        )
        var run = StatementRun(
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

    /// Unknown tries, or the last one, need the person's explicit yes.
    private func checkTries(_ assessment: CardAssessment) throws {
        switch assessment.triesLeft {
        case 0: throw SocialCardError(.pinBlocked, "the PIN of this card is blocked")
        case .some(2...): return
        case 1 where !confirmTries:
            throw SocialCardError(.pinLastTry, "one try is left: say --confirm-tries if the person agrees")
        case nil where !confirmTries:
            throw SocialCardError(
                .pinTriesUnknown,
                "the tries left are unknown: say --confirm-tries if the person agrees"
            )
        default: return
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
    mutating func assess() async throws -> CardAssessment {
        let card = try await reader.withCard { channel in try SocialCard.read(channel) }
        let assessment = try await assessor.assess(card, pinAccepted: false)
        try await record(assessment, scope: "summary")
        return assessment
    }

    /// Sends the PIN to the same card and assesses at L2.
    mutating func verify(_ pin: LockedPIN, _ before: CardAssessment) async throws -> CardAssessment {
        let assessor = assessor
        let expected = before.keys?.card
        let (verification, card) = try await reader.withCard { channel -> (PINVerification, SocialCardData?) in
            let code = try SocialCard.readIdentificationCode(channel)
            guard assessor.key(of: code) == expected else { throw IdentityCode.cardMismatch }
            let verification = try SocialCard.verifyPIN(channel, pin: pin)
            return (verification, verification == .accepted ? try SocialCard.read(channel) : nil)
        }
        pin.wipe()
        guard verification == .accepted, let card else { throw try await refused(verification, before) }
        let assessment = try await assessor.assess(card, pinAccepted: true)
        try await journal.append([event(.pinVerified, assessment)])
        try await record(assessment, scope: "details")
        return assessment
    }

    private func refused(_ verification: PINVerification, _ assessment: CardAssessment) async throws -> any Error {
        guard case .wrong(let triesLeft) = verification else {
            try await journal.append([event(.pinLocked, assessment)])
            return SocialCardError(.pinBlocked, "the PIN of this card is blocked")
        }
        try await journal.append([event(.pinFailed, assessment, ["triesLeft": .integer(Int64(triesLeft))])])
        return SocialCardError(.pinWrong, "the card refused the PIN; tries left: \(triesLeft)")
    }

    private func record(_ assessment: CardAssessment, scope: String) async throws {
        let decision = assessment.decision
        var attributes: [String: CanonicalJSON] = [
            "level": .string("\(decision.level)"), "cardAuthentication": .string(decision.authentication.rawValue),
        ]
        guard decision.refusal == nil else {
            attributes["code"] = .string(decision.refusal?.rawValue ?? "")
            return try await journal.append([event(.identityRejected, assessment, attributes)])
        }
        try await journal.append([
            event(.identityVerified, assessment, attributes),
            event(.ledgerQueried, assessment, ["scope": .string(scope)]),
        ])
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
