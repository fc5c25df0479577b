import Personas
import Synchronization
import VirtualCard

/// The cards that are not in a reader, each with the memory of its chip.
final class CardDrawer: Sendable {
    private struct State {
        var cards: [String: VirtualChip] = [:]
        /// Names of cards that are in a reader.
        var taken: Set<String> = []
    }

    private let seed: UInt64
    private let catalogue: PersonaCatalogue
    private let state = Mutex(State())

    init(_ catalogue: PersonaCatalogue, seed: UInt64) {
        self.catalogue = catalogue
        self.seed = seed
    }

    /// Takes a card, or a security module, out.
    ///
    /// - Returns: the chip, and the faults that belong to it.
    func take(_ name: String) throws(SimulationError) -> (VirtualChip, FaultPlan) {
        let (new, faults) = try fresh(name)
        let card = state.withLock { state -> VirtualChip? in
            guard state.taken.insert(name).inserted else { return nil }
            return state.cards.removeValue(forKey: name) ?? new
        }
        guard let card else {
            throw SimulationError(
                .cardInUse,
                "card \(name) is in a reader already",
                remedy: "lift it there first: `onecard-sim lift`"
            )
        }
        return (card, faults)
    }

    /// Puts a card back as it is now.
    func putBack(_ card: VirtualChip, of name: String) {
        state.withLock { state in
            state.taken.remove(name)
            state.cards[name] = card
        }
    }

    /// Makes a card new, or all; those in a reader stay as they are.
    func restore(_ name: String?) throws(SimulationError) {
        guard let name else {
            state.withLock { $0.cards = [:] }
            return
        }
        _ = try fresh(name)
        state.withLock { $0.cards[name] = nil }
    }

    /// The chip of a name as it came from its issuer.
    private func fresh(_ name: String) throws(SimulationError) -> (VirtualChip, FaultPlan) {
        // The name goes into the seed (FNV-1a), so that two chips never draw the same numbers.
        let offset = name.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        if let persona = catalogue[name] {
            return (.card(VirtualCard(image: persona.card, seed: seed ^ offset)), persona.faults)
        }
        if let module = catalogue.module(name) {
            return (.module(VirtualPSAM(image: module.image, seed: seed ^ offset)), FaultPlan())
        }
        throw SimulationError(.personaUnknown, "there is no card file \(name)", remedy: "see `onecard-sim list`")
    }
}
