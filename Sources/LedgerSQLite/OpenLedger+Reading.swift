import Benefits
import CivilIdentity
import GRDB
import HubProtocol

extension OpenLedger {
    /// Reads everything about a card and a person, in one transaction.
    func read(card: CardKey, resident: ResidentKey, revealing: Bool) throws -> LedgerReading {
        try transaction { database in
            guard let person = try person(resident, revealing: revealing, database) else {
                let found = try storedCard(card, database)
                return LedgerReading(card: found, residentKnown: false, cardsOfResident: [], view: nil, identity: nil)
            }
            let cards = try cards(of: person.number, key: resident, database)
            return LedgerReading(
                // Nearly always one of the person's own; only another person's needs the index of all cards.
                card: try cards.first { $0.key == card } ?? storedCard(card, database),
                residentKnown: true,
                cardsOfResident: cards,
                view: LedgerView(
                    residentKey: resident,
                    entitlements: try entitlements(of: person.number, database),
                    sources: manifest.sources,
                    programmes: programmes
                ),
                identity: person.identity
            )
        }
    }

    // MARK: - Rows

    /// Runs the body in one read transaction.
    ///
    /// Begun and ended by statements that are compiled once: GRDB's own way compiles both each time, which takes as long as
    /// half of the reading.
    private func transaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try queue.unsafeRead { database in
            try RowReader.run(database, LedgerQuery.begin)
            do {
                let result = try body(database)
                try RowReader.run(database, LedgerQuery.end)
                return result
            } catch {
                try? RowReader.run(database, LedgerQuery.end)
                throw error
            }
        }
    }

    private func person(
        _ resident: ResidentKey,
        revealing: Bool,
        _ database: Database
    ) throws -> (number: Int64, identity: ResidentIdentity?)? {
        let row = try RowReader(database, LedgerQuery.residentByKey, blob: resident.bytes)
        guard try row.next() else { return nil }
        let number = row.number(0)
        guard revealing else { return (number, nil) }
        let record = try ResidentRecord(bytes: try seal.open(row.blob(1), .resident, row: number))
        return (number, ResidentIdentity(citizenNumber: record.citizenNumber, name: record.name))
    }

    private func storedCard(_ card: CardKey, _ database: Database) throws -> StoredCard? {
        let row = try RowReader(database, LedgerQuery.cardByKey, blob: card.bytes)
        guard try row.next() else { return nil }
        let holder = try RowReader(database, LedgerQuery.residentByID, RowID(value: row.number(0)).resident)
        guard try holder.next(), let key = ResidentKey(bytes: holder.blob(0)) else {
            throw Self.damaged("a card of the ledger has no holder")
        }
        return try storedCard(row, holder: key)
    }

    private func storedCard(_ row: borrowing RowReader, holder: ResidentKey) throws -> StoredCard {
        guard let key = CardKey(bytes: row.blob(1)),
            let status = CardStatus(wireCode: UInt8(truncatingIfNeeded: row.number(3)))
        else { throw Self.damaged("a card of the ledger is not one that an import writes") }
        return StoredCard(
            key: key,
            residentKey: holder,
            cardNumberKey: Array(row.blob(2)),
            status: status,
            issuedOn: try row.optionalNumber(4).map(Stored.date),
            expiresOn: try row.optionalNumber(5).map(Stored.date)
        )
    }

    private func cards(of resident: Int64, key: ResidentKey, _ database: Database) throws -> [StoredCard] {
        let range = RowID.range(of: resident)
        let rows = try RowReader(database, LedgerQuery.cardsOfResident, range.first, range.last)
        var cards: [StoredCard] = []
        while try rows.next() { cards.append(try storedCard(rows, holder: key)) }
        return cards
    }

    private func entitlements(of resident: Int64, _ database: Database) throws -> [Entitlement] {
        let range = RowID.range(of: resident)
        let rows = try RowReader(database, LedgerQuery.entitlementsOfResident, range.first, range.last)
        var entitlements: [Entitlement] = []
        var accounts: [String?] = []
        while try rows.next() {
            let id = rows.number(0)
            guard RowID(value: id).ordinal == entitlements.count else {
                throw Self.damaged("an entitlement of the ledger is missing")
            }
            entitlements.append(try entitlement(rows))
            accounts.append(
                rows.isNull(10) ? nil : try lastFour(rows.blob(10), .entitlementAccount, row: id)
            )
        }
        if !entitlements.isEmpty {
            try addPayments(to: &entitlements, accounts: accounts, range: range, database)
        }
        return entitlements
    }

    private func entitlement(_ row: borrowing RowReader) throws -> Entitlement {
        let programme = Int(row.number(2)) - 1
        let source = Int(row.number(9)) - 1
        guard programmeCodes.indices.contains(programme), sourceCodes.indices.contains(source) else {
            throw Self.damaged("an entitlement of the ledger has no programme or source")
        }
        var amount: PeriodMoney?
        if let fen = row.optionalNumber(4) {
            amount = PeriodMoney(amount: Money(fen: fen), period: try Stored.period(row.number(5)))
        }
        return Entitlement(
            id: row.text(1),
            programme: programmeCodes[programme],
            state: try Stored.entitlementState(row.number(3)),
            amount: amount,
            from: try row.optionalNumber(6).map(Stored.month),
            to: try row.optionalNumber(7).map(Stored.month),
            taperMonthsLeft: row.optionalNumber(8).map { Int(truncatingIfNeeded: $0) },
            source: sourceCodes[source]
        )
    }

    private func addPayments(
        to entitlements: inout [Entitlement],
        accounts: [String?],
        range: (first: Int64, last: Int64),
        _ database: Database
    ) throws {
        let rows = try RowReader(database, LedgerQuery.paymentsOfResident, range.first, range.last)
        while try rows.next() {
            let id = rows.number(0)
            let ordinal = RowID(value: id).ordinal
            guard entitlements.indices.contains(ordinal) else {
                throw Self.damaged("a payment of the ledger has no entitlement")
            }
            var account = rows.number(8) == 1 ? accounts[ordinal] : nil
            if !rows.isNull(9) { account = try lastFour(rows.blob(9), .paymentAccount, row: id) }
            entitlements[ordinal].payments.append(
                Payment(
                    month: try Stored.month(rows.number(1)),
                    instalment: Int(truncatingIfNeeded: rows.number(2)),
                    amount: Money(fen: rows.number(3)),
                    state: try Stored.paymentState(rows.number(4)),
                    dueOn: try rows.optionalNumber(5).map(Stored.date),
                    creditedOn: try rows.optionalNumber(6).map(Stored.date),
                    returnedReason: rows.isNull(7) ? nil : rows.text(7),
                    accountLastFour: account
                )
            )
        }
    }

    private func lastFour(_ sealed: UnsafeRawBufferPointer, _ column: ColumnSeal.Column, row: Int64) throws -> String {
        String(decoding: try seal.open(sealed, column, row: row), as: UTF8.self)
    }
}
