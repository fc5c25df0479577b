import ArgumentParser
import Benefits
import CivilIdentity
import Foundation
import HubProtocol
import LedgerSQLite
import LinuxHost
import Station

/// Looks after the ledger.
struct LedgerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Import, verify and describe the ledger.",
        subcommands: [Import.self, Verify.self, Info.self]
    )
}

extension LedgerCommand {
    /// Imports a ledger file.
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import a ledger file and switch the running daemon to it.",
            discussion: "A file that is cut, changed, older, or of another division is refused; old data stays."
        )

        @Argument(help: "The ledger file.")
        var file: String

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        private struct Report: Encodable {
            var generation: Int64
            var residents: Int
            var cards: Int
            var entitlements: Int
            var payments: Int
            var daemonSwitched: Bool
        }

        func run() async throws {
            do {
                let context = try StationContext(station)
                try StateDirectory.prepare(context.configuration.stateDirectory)
                let progress = ProgressLine(isShown: !output.json)
                let result = try await context.importer.importFile(at: file) { progress.show($0) }
                progress.end()
                let switched = try switchDaemon(context, to: result.generation)
                let report = Report(
                    generation: result.generation,
                    residents: result.counts.residents,
                    cards: result.counts.cards,
                    entitlements: result.counts.entitlements,
                    payments: result.counts.payments,
                    daemonSwitched: switched
                )
                guard !output.json else { return Output.json(report) }
                Output.line("generation \(report.generation): \(report.residents) residents, \(report.cards) cards,")
                Output.line("\(report.entitlements) entitlements, \(report.payments) payments")
                Output.line(switched ? "the daemon uses it" : "no daemon runs; it will be used at the next start")
            } catch {
                throw CommandFailure(error, asJSON: output.json)
            }
        }

        /// Whether a daemon runs, which uses the new generation now.
        private func switchDaemon(_ context: StationContext, to generation: Int64) throws -> Bool {
            do {
                return try context.switchDaemon()
            } catch let error as StationError where error.code == .serviceNotAnswering {
                throw StationError(
                    .serviceNotAnswering,
                    "generation \(generation) is imported, but the daemon gave no answer; it may still serve the one before"
                )
            }
        }
    }

    /// Checks the ledger that is in use.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the whole ledger that is in use, or a ledger file before it is imported."
        )

        @Argument(help: "A ledger file; without it, the ledger that is in use.")
        var file: String?

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            do {
                let context = try StationContext(station)
                let generation = try await check(context)
                guard !output.json else { return Output.json(["generation": generation]) }
                Output.line("generation \(generation) is whole")
            } catch {
                throw CommandFailure(error, asJSON: output.json)
            }
        }

        private func check(_ context: StationContext) async throws -> Int64 {
            if let file {
                let progress = ProgressLine(isShown: !output.json)
                defer { progress.end() }
                return try await context.importer.verifyFile(at: file) { progress.show($0) }.generation
            }
            do {
                return try await context.openLedger(leavesFiles: false).checkIntegrity()
            } catch let error as LedgerError where error.code == .damaged {
                tellDaemon(context)
                throw error
            }
        }

        /// Lets a daemon look for the file that was set aside: it would serve on from what it has open.
        private func tellDaemon(_ context: StationContext) {
            do {
                _ = try context.switchDaemon()
            } catch {
                // That the daemon finds no usable ledger is what it was asked for.
                guard !FailureCode.of(error).hasPrefix("ledger.") else { return }
                Output.note("the daemon may still serve the damaged ledger: \(FailureCode.text(of: error))")
            }
        }
    }

    /// Describes the ledger that is in use.
    struct Info: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Tell what the ledger in use has, and how old it is.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        private struct Source: Encodable {
            var source: String
            var asOf: String
        }

        private struct Report: Encodable {
            var generation: Int64
            var division: String
            var createdAt: String
            var sources: [Source]
            var residents: Int
            var cards: Int
            var entitlements: Int
            var payments: Int
        }

        func run() async throws {
            do {
                let status = try await StationContext(station).ledgerStatus()
                let report = Report(
                    generation: status.generation,
                    division: status.division.rawValue,
                    createdAt: Instant.iso(status.createdAt),
                    sources: status.sources.map { Source(source: $0.source, asOf: Instant.iso($0.asOf)) },
                    residents: status.residents,
                    cards: status.cards,
                    entitlements: status.entitlements,
                    payments: status.payments
                )
                guard !output.json else { return Output.json(report) }
                Output.line("generation   \(report.generation), made \(report.createdAt), division \(report.division)")
                for source in report.sources { Output.line("as of        \(source.asOf)  \(source.source)") }
                Output.line("residents    \(report.residents)")
                Output.line("cards        \(report.cards)")
                Output.line("entitlements \(report.entitlements)")
                Output.line("payments     \(report.payments)")
            } catch {
                throw CommandFailure(error, asJSON: output.json)
            }
        }
    }
}
