import CivilIdentity
import Personas
import SimulationKit
import VirtualCard

/// What the page gets when it opens.
struct DeskState: Encodable, Sendable {
    /// A card on the shelf.
    ///
    /// The people are synthetic; the PIN is shown because a visitor needs it.
    struct Card: Encodable, Sendable {
        var persona: String
        var titleChinese: String
        var titleEnglish: String
        var holder: String
        var pin: String
        var outcome: String
        var isFailure: Bool
    }

    var cards: [Card]
    var kioskURL: String?
    var status: SimulationStatus

    init(_ simulation: Simulation, kioskURL: String?) {
        cards = Self.inShelfOrder(simulation.catalogue.personas).map { persona in
            Card(
                persona: persona.name,
                titleChinese: persona.titleChinese,
                titleEnglish: persona.titleEnglish,
                holder: (try? PersonName(persona.card.holder.name))?.masked ?? "*",
                pin: persona.card.pin,
                outcome: persona.expectation.code ?? persona.expectation.screen.rawValue,
                isFailure: persona.expectation.screen == .failure
            )
        }
        self.kioskURL = kioskURL
        status = simulation.status()
    }

    /// Plain residents first, then other cards that work, then those that fail.
    private static func inShelfOrder(_ personas: [Persona]) -> [Persona] {
        let residents = personas.filter { $0.name.hasPrefix("resident-") && $0.expectation.screen != .failure }
        let others = personas.filter { !$0.name.hasPrefix("resident-") && $0.expectation.screen != .failure }
        return residents + others + personas.filter { $0.expectation.screen == .failure }
    }
}
