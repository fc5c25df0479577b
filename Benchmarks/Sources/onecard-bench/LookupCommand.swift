import ArgumentParser
import Benefits
import CivilIdentity
import Foundation
import HubProtocol
import LedgerSQLite
import YAMLFiles

/// What a tapped card costs in the ledger: keyed hashes, the rows of card and person, number, name and accounts opened, and
/// the statement made of it.
struct LookupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lookup",
        abstract: "Looks up random people and makes their statements."
    )

    @Option(name: .long, help: "Directory of the imported ledger.")
    var ledger: String

    @Option(name: .long, help: "Folder of development keys.")
    var keys: String

    @Option(name: .long, help: "File of people, made by `people`.")
    var people: String

    @Option(name: .long, help: "Policy pack.")
    var policy: String

    @Option(name: .long, help: "Seed of the choice of people.")
    var seed: UInt64 = 1

    func run() async throws {
        let keys = try DevelopmentKeys(directory: keys)
        let people = try PeopleFile(path: people)
        let policy = try PolicyFile.read(policy)
        let ledger = SQLiteLedger(
            directory: ledger,
            stationDivision: nil,
            hubKeys: keys.hub,
            storageKey: keys.storage
        )
        try ledger.switchToCurrent()
        let now = Int64(Date().timeIntervalSince1970)
        let today = CivilDate(secondsSince1970: now)
        let pseudonyms = keys.group.pseudonymKey
        var random = SplitMix64(seed: seed)
        try await Rounds.serve { operations in
            var latencies: [UInt64] = []
            latencies.reserveCapacity(operations)
            let start = Rounds.now()
            var last = start
            for _ in 0..<operations {
                let person = people[Int(random.next() % UInt64(people.count))]
                let resident = pseudonyms.residentKey(try CitizenNumber(ascii: person.number))
                let card = pseudonyms.cardKey(identificationCode: Array(person.code))
                let reading = try ledger.read(card: card, resident: resident, revealing: true)
                guard let view = reading.view, reading.identity != nil, reading.card != nil else {
                    throw BenchError("the ledger does not know a person of the file")
                }
                let statement = Benefits.statement(view, policy: policy, today: today, now: now)
                guard !statement.lines.isEmpty else { throw BenchError("a statement has no line") }
                let moment = Rounds.now()
                latencies.append(moment - last)
                last = moment
            }
            return RoundResult(seconds: Double(last - start) / 1e9, latencies: latencies)
        }
    }
}
