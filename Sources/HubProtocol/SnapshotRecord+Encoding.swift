import Benefits
import CivilIdentity

/// The first byte of a record.
enum RecordType: Sendable {
    static let source: UInt8 = 1
    static let programme: UInt8 = 2
    static let resident: UInt8 = 3
    static let card: UInt8 = 4
    static let entitlement: UInt8 = 5
}

extension SnapshotRecord {
    /// The record as it stands in a page: type, length of the body, body.
    func encoded() throws(HubProtocolError) -> [UInt8] {
        var body = ByteWriter()
        let type: UInt8
        switch self {
        case .source(let record):
            type = RecordType.source
            try body.append(record)
        case .programme(let record):
            type = RecordType.programme
            try body.append(record)
        case .resident(let record):
            type = RecordType.resident
            try body.append(record)
        case .card(let record):
            type = RecordType.card
            try body.append(record)
        case .entitlement(let record):
            type = RecordType.entitlement
            try body.append(record)
        }
        guard body.bytes.count <= SnapshotFormat.maximumRecordBytes else {
            throw HubProtocolError(.ledgerTooLarge, "a record is over \(SnapshotFormat.maximumRecordBytes) bytes")
        }
        var record = ByteWriter()
        record.append(type)
        record.appendVarint(UInt64(truncatingIfNeeded: body.bytes.count))
        record.append(body.bytes)
        return record.bytes
    }
}

extension ByteWriter {
    private func mistake(_ message: String, line: Int = #line) -> HubProtocolError {
        HubProtocolError(.ledgerFormat, message, line: line)
    }

    fileprivate mutating func appendToken(_ text: String, max: Int) throws(HubProtocolError) {
        guard WireText.isToken(text.utf8, max: max) else {
            throw mistake("a code is empty, too long or has other characters")
        }
        appendShortText(text)
    }

    fileprivate mutating func appendTitle(_ text: String) throws(HubProtocolError) {
        guard WireText.isTitle(text.utf8) else { throw mistake("a title is empty, too long or has control characters") }
        appendShortText(text)
    }

    fileprivate mutating func appendIdentificationCode(_ code: [UInt8]) throws(HubProtocolError) {
        guard code.count == CardRecord.identificationCodeBytes else {
            throw mistake("an identification code does not have 16 bytes")
        }
        append(code)
    }

    fileprivate mutating func appendLastFour(_ digits: String) throws(HubProtocolError) {
        guard WireText.isLastFour(digits.utf8) else { throw mistake("the end of an account is not four digits") }
        append(Array(digits.utf8))
    }

    fileprivate mutating func append(_ money: Money) throws(HubProtocolError) {
        guard (0...SnapshotFormat.maximumAmount).contains(money.fen) else {
            throw mistake("an amount is out of its bounds")
        }
        appendVarint(UInt64(truncatingIfNeeded: money.fen))
    }

    private mutating func append(_ date: CivilDate?) {
        if let date { appendVarint(WireCode.code(of: date)) }
    }

    private mutating func append(_ month: YearMonth?) {
        if let month { appendVarint(WireCode.code(of: month)) }
    }

    fileprivate mutating func append(_ record: SourceRecord) throws(HubProtocolError) {
        guard (0...SnapshotFormat.maximumInteger).contains(record.asOf) else {
            throw mistake("the date of a source is out of its bounds")
        }
        try appendToken(record.code, max: SnapshotFormat.maximumCodeBytes)
        try appendTitle(record.title)
        appendVarint(UInt64(truncatingIfNeeded: record.asOf))
    }

    fileprivate mutating func append(_ record: Programme) throws(HubProtocolError) {
        appendShortText(record.code.rawValue)
        try appendTitle(record.name.chinese)
        try appendTitle(record.name.english)
        append(WireCode.code(of: record.category))
        append(WireCode.code(of: record.unit))
        let hasDepartment = !record.department.isEmpty
        append(hasDepartment ? 1 : 0)
        guard hasDepartment else {
            guard record.departmentName.chinese.isEmpty, record.departmentName.english.isEmpty else {
                throw mistake("a department has a name and no code")
            }
            return
        }
        try appendToken(record.department, max: SnapshotFormat.maximumCodeBytes)
        try appendTitle(record.departmentName.chinese)
        try appendTitle(record.departmentName.english)
    }

    fileprivate mutating func append(_ record: ResidentRecord) throws(HubProtocolError) {
        guard record.categories.count <= SnapshotFormat.maximumCategories else {
            throw mistake("a resident has too many categories")
        }
        record.citizenNumber.withASCII { bytes.append(contentsOf: $0) }
        append(record.deceasedOn == nil ? 0 : 1)
        appendShortText(record.name.revealed)
        append(UInt8(truncatingIfNeeded: record.sex.code))
        append(record.birthDate)
        appendShortText(record.division.rawValue)
        append(UInt8(truncatingIfNeeded: record.categories.count))
        for category in record.categories {
            try appendToken(category, max: SnapshotFormat.maximumCodeBytes)
        }
        append(record.deceasedOn)
        try appendToken(record.source, max: SnapshotFormat.maximumCodeBytes)
    }

    fileprivate mutating func append(_ record: CardRecord) throws(HubProtocolError) {
        try appendIdentificationCode(record.identificationCode)
        var flags: UInt8 = 0
        if record.issuedOn != nil { flags |= 1 }
        if record.expiresOn != nil { flags |= 2 }
        if record.replacedBy != nil { flags |= 4 }
        if record.since != nil { flags |= 8 }
        append(flags)
        try appendToken(record.cardNumber, max: SnapshotFormat.maximumCardNumberBytes)
        append(record.status.wireCode)
        append(record.issuedOn)
        append(record.expiresOn)
        if let code = record.replacedBy { try appendIdentificationCode(code) }
        append(record.since)
    }

    fileprivate mutating func append(_ record: EntitlementRecord) throws(HubProtocolError) {
        guard record.payments.count <= SnapshotFormat.maximumPayments else {
            throw mistake("an entitlement has too many payments")
        }
        try appendToken(record.id, max: SnapshotFormat.maximumEntitlementIDBytes)
        appendShortText(record.programme.rawValue)
        append(WireCode.code(of: record.state))
        var flags: UInt8 = 0
        if record.amount != nil { flags |= 1 }
        if record.from != nil { flags |= 2 }
        if record.to != nil { flags |= 4 }
        if record.taperMonthsLeft != nil { flags |= 8 }
        if record.accountLastFour != nil { flags |= 16 }
        append(flags)
        if let amount = record.amount {
            try append(amount.amount)
            append(WireCode.code(of: amount.period))
        }
        append(record.from)
        append(record.to)
        if let months = record.taperMonthsLeft {
            guard (0...SnapshotFormat.maximumTaperMonths).contains(months) else {
                throw mistake("the months of a taper are out of their bounds")
            }
            append(UInt8(truncatingIfNeeded: months))
        }
        if let digits = record.accountLastFour { try appendLastFour(digits) }
        try appendToken(record.source, max: SnapshotFormat.maximumCodeBytes)
        append(UInt8(truncatingIfNeeded: record.payments.count))
        var previous: PaymentRecord?
        for payment in record.payments {
            guard previous.map({ payment.isBefore($0) }) ?? true else {
                throw mistake("payments are not in descending order of month and instalment")
            }
            previous = payment
            try append(payment, account: record.accountLastFour)
        }
    }

    private mutating func append(_ payment: PaymentRecord, account: String?) throws(HubProtocolError) {
        guard (0...SnapshotFormat.maximumInstalment).contains(payment.instalment) else {
            throw mistake("an instalment is out of its bounds")
        }
        append(payment.month)
        append(UInt8(truncatingIfNeeded: payment.instalment))
        try append(payment.amount)
        append(WireCode.code(of: payment.state))
        var flags: UInt8 = 0
        if payment.dueOn != nil { flags |= 1 }
        if payment.creditedOn != nil { flags |= 2 }
        if payment.returnedReason != nil { flags |= 4 }
        if let digits = payment.accountLastFour { flags |= digits == account ? 8 : 16 }
        append(flags)
        append(payment.dueOn)
        append(payment.creditedOn)
        if let reason = payment.returnedReason {
            try appendToken(reason, max: SnapshotFormat.maximumCodeBytes)
        }
        if let digits = payment.accountLastFour, digits != account { try appendLastFour(digits) }
    }
}
