/// The name of a ledger: `ledger-<generation>.sqlite`, or `ledger-<generation>-<repetition>.sqlite` from the second on.
struct LedgerFileName: Sendable {
    var generation: Int64
    var repetition: Int

    init(generation: Int64, repetition: Int) {
        self.generation = generation
        self.repetition = repetition
    }

    init?(text: String) {
        guard text.hasPrefix("ledger-"), text.hasSuffix(".sqlite") else { return nil }
        let parts = text.dropFirst("ledger-".count).dropLast(".sqlite".count).split(separator: "-")
        guard (1...2).contains(parts.count), let generation = Int64(parts[0]) else { return nil }
        let repetition = parts.count == 2 ? Int(parts[1]) : 1
        guard let repetition, generation > 0, repetition > 0 else { return nil }
        self.init(generation: generation, repetition: repetition)
        guard self.text == text else { return nil }
    }

    var text: String {
        repetition == 1 ? "ledger-\(generation).sqlite" : "ledger-\(generation)-\(repetition).sqlite"
    }
}
