import ArgumentParser
import Foundation
import HubProtocol
import JournalSQLite
import LinuxHost
import Station

/// Looks into the journal.
struct JournalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal",
        abstract: "Verify and show what the station recorded.",
        subcommands: [Verify.self, Show.self, Head.self]
    )
}

extension JournalCommand {
    /// Checks every row.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check every row, its signature and the chain.",
            discussion: """
                Finds any changed, missing or reordered row. With a head that was exported earlier, also a cut tail and a
                rewritten chain.
                """
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        @Option(name: .long, help: "A file with a head that `journal head` printed earlier.")
        var head: String?

        private struct Report: Encodable {
            var rows: Int64
            var head: String
        }

        func run() async throws {
            do {
                let context = try StationContext(station)
                let earlier = try head.map { try JournalHead(text: try HeadFile.read($0)) }
                let key = context.keys.station.verificationKey
                let result = try JournalVerifier.verify(
                    context.journalFile,
                    keys: VerificationKeys([key]),
                    station: try context.stationID(),
                    head: earlier
                )
                let report = Report(rows: result.rows, head: result.head?.text ?? "")
                guard !output.json else { return Output.json(report) }
                Output.line("\(report.rows) rows, the chain is whole")
                if !report.head.isEmpty { Output.line(report.head) }
            } catch {
                throw CommandFailure(error, asJSON: output.json)
            }
        }
    }

    /// Prints rows.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Print rows of the journal.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        @Option(name: .long, help: "First row, from 1.")
        var from: Int64 = 1

        @Option(name: .long, help: "Most rows.")
        var limit = 1_000

        func validate() throws {
            guard from >= 1, (1...1_000_000).contains(limit) else {
                throw ValidationError("--from is 1 or more, --limit is 1 to 1000000")
            }
        }

        func run() async throws {
            do {
                let context = try StationContext(station)
                for row in try JournalVerifier.rows(context.journalFile, from: from, limit: limit) {
                    output.json ? showJSON(row) : showText(row)
                }
            } catch {
                throw CommandFailure(error, asJSON: output.json)
            }
        }

        /// A row as one line of JSON, its payload as it was signed.
        private func showJSON(_ row: EventEnvelope) {
            let payload = String(decoding: row.payload, as: UTF8.self)
            let fields =
                "\"sequence\":\(row.sequence),\"kind\":\"\(row.kind)\",\"milliseconds\":\(row.clock.milliseconds),"
                + "\"counter\":\(row.clock.counter),\"station\":\"\(row.station)\",\"keyID\":\"\(row.keyID)\""
            Output.line("{\(fields),\"payload\":\(payload)}")
        }

        private func showText(_ row: EventEnvelope) {
            let time = Instant.iso(row.clock.milliseconds / 1_000)
            Output.line("\(row.sequence)  \(time)  \(row.kind)  \(String(decoding: row.payload, as: UTF8.self))")
        }
    }

    /// Prints the head.
    struct Head: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the head of the journal.",
            discussion:
                "Keep the line elsewhere: `journal verify --head FILE` finds a cut tail or a rewritten chain by it."
        )

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            do {
                let context = try StationContext(station)
                guard let head = try JournalVerifier.head(context.journalFile) else {
                    throw StationError(.storage, "the journal has no row yet")
                }
                output.json ? Output.json(["head": head.text]) : Output.line(head.text)
            } catch {
                throw CommandFailure(error, asJSON: output.json)
            }
        }
    }
}

/// A file with one head.
enum HeadFile {
    /// Longest file, in bytes.
    private static let lengthMax = 1_024

    static func read(_ path: String) throws -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw StationError(.usage, "the head file cannot be read")
        }
        defer { try? handle.close() }
        let data = try handle.read(upToCount: lengthMax + 1) ?? Data()
        guard data.count <= lengthMax, let text = String(data: data, encoding: .utf8) else {
            throw StationError(.usage, "the head file is no journal head")
        }
        return text
    }
}
