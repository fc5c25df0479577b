import ArgumentParser
import Benefits
import CivilIdentity
import Foundation
import Glibc
import HubProtocol

/// Takes people out of a ledger file: all with entitlements for the look-ups, some as cards for the simulator.
struct PeopleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "people",
        abstract: "Lists the people of a synthetic town who have benefits, and makes card files for some of them."
    )

    @Option(name: .long, help: "The ledger file.")
    var ledger: String

    @Option(name: .long, help: "Folder of development keys.")
    var keys: String

    @Option(name: .long, help: "File to write: number and identification code of each.")
    var out: String

    @Option(name: .long, help: "Folder to write card files into.")
    var cards: String

    @Option(name: .long, help: "How many card files.")
    var sample = 250

    @Option(name: .long, help: "PIN of every card.")
    var pin = "246810"

    func run() async throws {
        let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: ledger))
        let keys = try DevelopmentKeys(directory: keys)
        var reader = try SnapshotReader(hubKeys: keys.hub) { buffer in
            let count = read(file.fileDescriptor, buffer.baseAddress, buffer.count)
            guard count >= 0 else { throw BenchError("the ledger file cannot be read") }
            return count
        }
        var decoder = SnapshotRecordDecoder(manifest: reader.manifest)
        var list = PeopleList()
        while let page = try reader.nextPage(groupKey: keys.group) {
            try decoder.begin(page: page)
            while let record = try decoder.next() { list.add(record) }
        }
        list.finish()
        guard list.usable.count >= sample else { throw BenchError("the town has too few people with benefits") }
        try Data(list.bytes).write(to: URL(fileURLWithPath: out))
        try FileManager.default.createDirectory(atPath: cards, withIntermediateDirectories: true)
        for index in 0..<sample {
            // Spread over the whole file, so that the rows of the chosen ones stand far from each other.
            let person = list.usable[index * list.usable.count / sample]
            let name = "bench-\(String(index + 10_000).dropFirst())"
            try CardFile.text(person, name: name, pin: pin)
                .write(toFile: "\(cards)/\(name).yaml", atomically: false, encoding: .utf8)
        }
        print(#"{"people":\#(list.bytes.count / PeopleFile.entryBytes),"records":\#(decoder.counts.records)}"#)
    }
}

/// People with entitlements, gathered record by record.
private struct PeopleList {
    /// A resident with the first card.
    struct Person {
        var resident: ResidentRecord
        var card: CardRecord?
        var isEntitled = false
    }

    /// The people as ``PeopleFile`` reads them.
    private(set) var bytes: [UInt8] = []
    /// Those whose card is accepted today.
    private(set) var usable: [Person] = []
    private var person: Person?

    mutating func add(_ record: SnapshotRecord) {
        switch record {
        case .resident(let resident):
            finish()
            person = Person(resident: resident)
        case .card(let card):
            if person?.card == nil { person?.card = card }
        case .entitlement:
            person?.isEntitled = true
        case .source, .programme:
            break
        }
    }

    /// Keeps the person before, if that one counts.
    mutating func finish() {
        defer { person = nil }
        guard let person, person.isEntitled, let card = person.card else { return }
        bytes += Array(person.resident.citizenNumber.rawValue.utf8) + card.identificationCode
        let isGenerated = card.cardNumber.hasPrefix("T")
        if isGenerated, card.status == .normal, card.issuedOn != nil, card.expiresOn != nil { usable.append(person) }
    }
}

/// The card of a resident as a card file of the simulator; the ledger knows it already.
private enum CardFile {
    static func text(_ person: PeopleList.Person, name: String, pin: String) throws -> String {
        guard let card = person.card, let issuedOn = card.issuedOn, let expiresOn = card.expiresOn else {
            throw BenchError("a card file needs a card with dates")
        }
        let resident = person.resident
        return """
            name: \(name)
            simulated: true
            title:
              zh: 测速用卡
              en: A card for measuring
            card:
              generation: 2
              specVersion: "2.00"
              identificationCode: \(Hex.text(card.identificationCode))
              cardClass: "3"
              organisation: "915600000244070300000001"
              issuedOn: \(issuedOn.iso)
              expiresOn: \(expiresOn.iso)
              cardNumber: \(card.cardNumber)
              holder:
                citizenNumber: "\(resident.citizenNumber.rawValue)"
                name: \(resident.name.revealed)
                sex: \(resident.sex == .female ? "female" : "male")
                ethnicity: "01"
                birthplace: "440703"
                birthDate: \(resident.birthDate.iso)
              pin: "\(pin)"
            ledger: none
            expect:
              screen: benefits

            """
    }
}
