import Benefits
import CivilIdentity
import HubProtocol

/// Turns the records of a ledger file into rows: keyed hashes in place of numbers, and the rest ready to be sealed.
struct RowBuilder {
    private let pseudonymKey: PseudonymKey
    private var sourceIDs: [String: Int64] = [:]
    private var programmeIDs: [ProgrammeCode: Int64] = [:]
    private var resident: Int64 = 0
    private var cards = 0
    private var entitlements = 0

    /// Sources in the order of their ids, from 1.
    private(set) var sources: [SourceRecord] = []
    /// Programmes in the order of their ids, from 1.
    private(set) var programmes: [Programme] = []
    /// The rows since the batch was taken last.
    var batch = RowBatch()

    init(pseudonymKey: PseudonymKey) {
        self.pseudonymKey = pseudonymKey
    }

    /// Adds the rows of a record.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - body: The record's body as it stands in the page; the decoder has checked it.
    mutating func add(_ record: SnapshotRecord, body: ArraySlice<UInt8>) {
        switch record {
        case .source(let record):
            sources.append(record)
            sourceIDs[record.code] = Int64(sources.count)
        case .programme(let programme):
            programmes.append(programme)
            programmeIDs[programme.code] = Int64(programmes.count)
        case .resident(let record):
            resident += 1
            cards = 0
            entitlements = 0
            let key = pseudonymKey.residentKey(record.citizenNumber).bytes
            let id = resident
            batch.residents.append(.init(id: id, key: batch.part(of: key), sealed: batch.part(of: body)))
        case .card(let record):
            add(record)
        case .entitlement(let record):
            add(record)
        }
    }

    private mutating func add(_ record: CardRecord) {
        let id = RowID(resident: resident, ordinal: cards).value
        cards += 1
        let key = pseudonymKey.cardKey(identificationCode: record.identificationCode).bytes
        let numberKey = pseudonymKey.cardNumberKey(record.cardNumber)
        let replacement = record.replacedBy.map { pseudonymKey.cardKey(identificationCode: $0).bytes }
        batch.cards.append(
            RowBatch.Card(
                id: id,
                key: batch.part(of: key),
                numberKey: batch.part(of: numberKey),
                status: Int64(record.status.wireCode),
                issuedOn: record.issuedOn.map(Stored.number),
                expiresOn: record.expiresOn.map(Stored.number),
                replacedBy: replacement.map { batch.part(of: $0) } ?? .null,
                since: record.since.map(Stored.number),
                sealedNumber: batch.part(of: record.cardNumber.utf8)
            )
        )
    }

    private mutating func add(_ record: EntitlementRecord) {
        let ordinal = entitlements
        let id = RowID(resident: resident, ordinal: ordinal).value
        entitlements += 1
        batch.entitlements.append(
            RowBatch.Entitlement(
                id: id,
                code: batch.part(of: record.id.utf8),
                programme: programmeIDs[record.programme] ?? 0,
                state: Stored.number(record.state),
                amount: record.amount?.amount.fen,
                period: record.amount.map { Stored.number($0.period) },
                from: record.from.map(Stored.number),
                to: record.to.map(Stored.number),
                taperMonths: record.taperMonthsLeft.map(Int64.init),
                source: sourceIDs[record.source] ?? 0,
                sealedAccount: record.accountLastFour.map { batch.part(of: $0.utf8) } ?? .null
            )
        )
        for (position, payment) in record.payments.enumerated() {
            let id = RowID(resident: resident, ordinal: ordinal, position: position).value
            add(payment, id: id, account: record.accountLastFour)
        }
    }

    private mutating func add(_ payment: PaymentRecord, id: Int64, account: String?) {
        let isSame = payment.accountLastFour != nil && payment.accountLastFour == account
        let other = isSame ? nil : payment.accountLastFour
        batch.payments.append(
            RowBatch.Payment(
                id: id,
                month: Stored.number(payment.month),
                instalment: Int64(payment.instalment),
                amount: payment.amount.fen,
                state: Stored.number(payment.state),
                dueOn: payment.dueOn.map(Stored.number),
                creditedOn: payment.creditedOn.map(Stored.number),
                returnedReason: payment.returnedReason.map { batch.part(of: $0.utf8) } ?? .null,
                sameAccount: isSame ? 1 : 0,
                sealedAccount: other.map { batch.part(of: $0.utf8) } ?? .null
            )
        )
    }
}
