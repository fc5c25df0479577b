package import CivilIdentity
import HubProtocol
package import Station

/// The station's port to the ledger in use.
///
/// A type of its own, since the port is for this package only and ``SQLiteLedger`` is public.
package struct StationLedger: ResidentLedger {
    private let ledger: SQLiteLedger

    package init(_ ledger: SQLiteLedger) {
        self.ledger = ledger
    }

    package func status() async throws -> LedgerStatus {
        let manifest = try ledger.manifest()
        return LedgerStatus(
            generation: manifest.generation,
            division: manifest.division,
            createdAt: manifest.createdAt,
            sources: manifest.sources,
            residents: manifest.counts.residents,
            cards: manifest.counts.cards,
            entitlements: manifest.counts.entitlements,
            payments: manifest.counts.payments
        )
    }

    package func lookup(card: CardKey, resident: ResidentKey) async throws -> LedgerLookup {
        let reading = try ledger.read(card: card, resident: resident)
        return LedgerLookup(
            card: reading.card.map(LedgerCard.init),
            residentKnown: reading.residentKnown,
            cardsOfResident: reading.cardsOfResident.map(LedgerCard.init),
            view: reading.view
        )
    }
}

extension LedgerCard {
    fileprivate init(_ card: StoredCard) {
        self.init(
            key: card.key,
            residentKey: card.residentKey,
            cardNumberKey: card.cardNumberKey,
            status: card.status,
            issuedOn: card.issuedOn,
            expiresOn: card.expiresOn
        )
    }
}
