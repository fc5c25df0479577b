import Benefits
import CivilIdentity
import HubProtocol

/// Turns the records of a ledger file into rows: keyed hashes in place of numbers, and the rest sealed.
struct RowBuilder {
    private let pseudonymKey: PseudonymKey
    private let seal: ColumnSeal
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

    init(pseudonymKey: PseudonymKey, seal: ColumnSeal) {
        self.pseudonymKey = pseudonymKey
        self.seal = seal
    }

    /// Adds the rows of a record.
    ///
    /// - Parameter body: The record's body as it stands in the page; the decoder has checked it.
    mutating func add(_ record: SnapshotRecord, body: ArraySlice<UInt8>) throws {
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
            let seal = seal
            let keyPart = batch.part(of: key)
            let sealed = try batch.part { try seal.seal(body, .resident, row: id, appendingTo: &$0) }
            batch.residents.append(.init(id: id, key: keyPart, sealed: sealed))
        case .card(let record):
            try add(record)
        case .entitlement(let record):
            try add(record)
        }
    }

    private mutating func add(_ record: CardRecord) throws {
        let id = RowID(resident: resident, ordinal: cards).value
        cards += 1
        let key = pseudonymKey.cardKey(identificationCode: record.identificationCode).bytes
        let numberKey = pseudonymKey.cardNumberKey(record.cardNumber)
        let replacement = record.replacedBy.map { pseudonymKey.cardKey(identificationCode: $0).bytes }
        let number = Array(record.cardNumber.utf8)
        let seal = seal
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
                sealedNumber: try batch.part { try seal.seal(number, .cardNumber, row: id, appendingTo: &$0) }
            )
        )
    }

    private mutating func add(_ record: EntitlementRecord) throws {
        let ordinal = entitlements
        let id = RowID(resident: resident, ordinal: ordinal).value
        entitlements += 1
        let seal = seal
        let account = try record.accountLastFour.map { digits in
            try batch.part { try seal.seal(Array(digits.utf8), .entitlementAccount, row: id, appendingTo: &$0) }
        }
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
                sealedAccount: account ?? .null
            )
        )
        for (position, payment) in record.payments.enumerated() {
            let id = RowID(resident: resident, ordinal: ordinal, position: position).value
            try add(payment, id: id, account: record.accountLastFour)
        }
    }

    private mutating func add(_ payment: PaymentRecord, id: Int64, account: String?) throws {
        var sealed = RowBatch.Part.null
        var isSame = false
        if let digits = payment.accountLastFour {
            isSame = digits == account
            if !isSame {
                let seal = seal
                sealed = try batch.part { try seal.seal(Array(digits.utf8), .paymentAccount, row: id, appendingTo: &$0) }
            }
        }
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
                sealedAccount: sealed
            )
        )
    }
}
