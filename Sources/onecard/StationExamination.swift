import Benefits
import CivilIdentity
import Foundation
import HubProtocol
import LinuxHost
import SmartCard
import SmartCardPCSC
import SocialCard
import Station

/// The steps of `onecard doctor`, in the order in which one thing rests on another.
struct StationExamination {
    private let options: StationOptions

    /// Before this moment no station can have run: 2026-01-01 00:00 UTC.
    private static let firstPossibleTime: Int64 = 1_767_225_600

    init(_ options: StationOptions) {
        self.options = options
    }

    func run() async -> [StationCheck] {
        var checks: [StationCheck] = []
        let context: StationContext?
        do {
            context = try StationContext(options)
        } catch {
            context = nil
            checks.append(.bad("configuration", error))
        }
        checks += await cardChecks()
        checks.append(daemon(context))
        let (ledger, createdAt) = await ledger(context)
        checks.append(ledger)
        checks.append(keys(context))
        checks.append(clock(ledgerCreatedAt: createdAt))
        checks.append(disk(context))
        return checks
    }

    // MARK: - Card service, readers, card

    private func cardChecks() async -> [StationCheck] {
        let diagnosis = await PCSCDiagnosis.examine()
        var checks = [service(diagnosis), protocolVersion(diagnosis), access(diagnosis)]
        guard diagnosis.code == nil else {
            checks.append(.skipped("readers", "the card service does not answer"))
            checks.append(.skipped("card", "the card service does not answer"))
            return checks
        }
        do {
            let readers = try await PCSCCardService.listReaders()
            guard !readers.isEmpty else {
                return checks + [.bad("readers", code: "pcsc.no-readers"), .skipped("card", "there is no reader")]
            }
            checks.append(.right("readers", readers.map(\.name.rawValue).joined(separator: ", ")))
            checks.append(await card(readers))
        } catch {
            checks.append(.bad("readers", error))
        }
        return checks
    }

    private func service(_ diagnosis: PCSCDiagnosis) -> StationCheck {
        if case .opened(let duration) = diagnosis.line {
            return .right("pcscd", "answers after \(duration.formatted(.units(allowed: [.milliseconds])))")
        }
        let code = diagnosis.code?.rawValue ?? "pcsc.failure"
        if !diagnosis.isDaemonInstalled {
            return .bad("pcscd", code: code, "pcscd is not installed: apt-get install pcscd")
        }
        switch diagnosis.socket {
        case .missing: return .bad("pcscd", code: code, "there is no socket at \(diagnosis.socketPath)")
        case .refusing: return .bad("pcscd", code: code, "nobody listens at \(diagnosis.socketPath)")
        case .accepting: return .bad("pcscd", code: code, "the socket takes connections, but nobody answers")
        case .forbidden, .failing: return .bad("pcscd", code: code)
        }
    }

    private func protocolVersion(_ diagnosis: PCSCDiagnosis) -> StationCheck {
        if diagnosis.code == .protocolMismatch { return .bad("protocol", code: "pcsc.protocol-mismatch") }
        guard diagnosis.code == nil else { return .skipped("protocol", "the card service does not answer") }
        return .right("protocol", "libpcsclite \(diagnosis.clientVersion) and pcscd understand each other")
    }

    private func access(_ diagnosis: PCSCDiagnosis) -> StationCheck {
        if diagnosis.code == .accessDenied { return .bad("access", code: "pcsc.access-denied") }
        guard diagnosis.code == nil else { return .skipped("access", "the card service does not answer") }
        return .right("access", "this user may use the card service")
    }

    private func card(_ readers: [ReaderListing]) async -> StationCheck {
        let slots = SecurityModuleSlots()
        guard let reader = readers.first(where: { $0.presence != .empty && !slots.contains($0.name) }) else {
            return .skipped("card", "no card is in a reader")
        }
        if reader.presence == .mute { return .bad("card", code: "card.mute", status: .warning) }
        do {
            let service = PCSCCardService()
            let data = try await service.reader(reader.name).withCard { channel in try SocialCard.read(channel) }
            return .right("card", "\(data)")
        } catch {
            return StationCheck.bad("card", code: FailureCode.of(error), status: .warning)
        }
    }

    // MARK: - Station

    private func daemon(_ context: StationContext?) -> StationCheck {
        guard let context else { return .skipped("daemon", "the configuration cannot be read") }
        do {
            let answer = try context.daemon.ask(["command": "status"])
            return .right("daemon", "version \(answer["version"]?.stringValue ?? "unknown") runs")
        } catch {
            return .bad("daemon", error)
        }
    }

    /// The step, and when the city made the ledger.
    private func ledger(_ context: StationContext?) async -> (StationCheck, createdAt: Int64?) {
        guard let context else { return (.skipped("ledger", "the configuration cannot be read"), nil) }
        do {
            let status = try await context.ledgerStatus()
            let oldest = status.sources.map(\.asOf).min() ?? status.createdAt
            let limits = try context.policy().freshnessLimits
            let finding = "generation \(status.generation), data as of \(Instant.iso(oldest))"
            let check: StationCheck =
                switch limits.freshness(asOf: oldest, now: SystemStationClock().now()) {
                case .fresh: .right("ledger", finding)
                case .aged: .bad("ledger", code: "ledger.aged", status: .warning, finding)
                case .stale: .bad("ledger", code: "ledger.aged", finding)
                }
            return (check, status.createdAt)
        } catch {
            return (.bad("ledger", error), nil)
        }
    }

    private func keys(_ context: StationContext?) -> StationCheck {
        guard let context else { return .skipped("keys", "the configuration or the keys cannot be read") }
        guard context.keys.isDevelopment else { return .right("keys", "all there") }
        return .bad("keys", code: "key.development", status: .warning)
    }

    private func clock(ledgerCreatedAt: Int64?) -> StationCheck {
        let now = SystemStationClock().now()
        guard now >= Self.firstPossibleTime else { return .bad("clock", code: "clock.unset", Instant.iso(now)) }
        if let ledgerCreatedAt, now < ledgerCreatedAt - IdentityCheck.clockToleranceSeconds {
            let finding = "\(Instant.iso(now)), but the ledger was made \(Instant.iso(ledgerCreatedAt))"
            return .bad("clock", code: IdentityCode.clockBehindLedger.rawValue, finding)
        }
        return .right("clock", Instant.iso(now))
    }

    private func disk(_ context: StationContext?) -> StationCheck {
        guard let context else { return .skipped("disk", "the configuration cannot be read") }
        guard let bytes = StateDirectory.freeBytes(context.configuration.stateDirectory) else {
            return .bad("disk", code: "service.storage")
        }
        let finding = "\(bytes / 1_048_576) MiB free"
        return bytes < StateDirectory.freeBytesMin ? .bad("disk", code: "disk.low", finding) : .right("disk", finding)
    }
}
