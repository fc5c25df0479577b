import Benefits
import CivilIdentity

extension ByteReader {
    mutating func source() throws(HubProtocolError) -> SourceRecord {
        SourceRecord(
            code: try token(max: SnapshotFormat.maximumCodeBytes),
            title: try title(),
            asOf: Int64(truncatingIfNeeded: try varint(max: UInt64(SnapshotFormat.maximumInteger)))
        )
    }

    mutating func programme() throws(HubProtocolError) -> Programme {
        let code = try programmeCode()
        let name = BilingualText(chinese: try title(), english: try title())
        guard let category = WireCode.category(try byte()), let unit = WireCode.unit(try byte()) else {
            throw mistake("the category or unit of a programme is unknown")
        }
        let hasDepartment = try flags(max: 1) == 1
        return Programme(
            code: code,
            name: name,
            category: category,
            department: hasDepartment ? try token(max: SnapshotFormat.maximumCodeBytes) : "",
            departmentName: BilingualText(
                chinese: hasDepartment ? try title() : "",
                english: hasDepartment ? try title() : ""
            ),
            unit: unit
        )
    }

    mutating func resident() throws(HubProtocolError) -> ResidentRecord {
        let number = try citizenNumber()
        let flags = try flags(max: 1)
        let name = try name()
        guard let sex = WireCode.sex(try byte()) else { throw mistake("a sex is not one of the standard") }
        let birthDate = try date()
        let division = try division()
        let count = Int(try byte())
        guard count <= SnapshotFormat.maximumCategories else { throw mistake("a resident has too many categories") }
        var categories: [String] = []
        for _ in 0..<count { categories.append(try token(max: SnapshotFormat.maximumCodeBytes)) }
        return ResidentRecord(
            citizenNumber: number,
            name: name,
            sex: sex,
            birthDate: birthDate,
            division: division,
            categories: categories,
            deceasedOn: flags & 1 == 0 ? nil : try date(),
            source: try token(max: SnapshotFormat.maximumCodeBytes)
        )
    }

    mutating func card(of holder: CitizenNumber) throws(HubProtocolError) -> CardRecord {
        let code = try bytes(count: CardRecord.identificationCodeBytes)
        let flags = try flags(max: 15)
        let number = try token(max: SnapshotFormat.maximumCardNumberBytes)
        guard let status = CardStatus(wireCode: try byte()) else { throw mistake("a card status is unknown") }
        return CardRecord(
            identificationCode: code,
            cardNumber: number,
            citizenNumber: holder,
            status: status,
            issuedOn: flags & 1 == 0 ? nil : try date(),
            expiresOn: flags & 2 == 0 ? nil : try date(),
            replacedBy: flags & 4 == 0 ? nil : try bytes(count: CardRecord.identificationCodeBytes),
            since: flags & 8 == 0 ? nil : try date()
        )
    }

    mutating func entitlement(of holder: CitizenNumber) throws(HubProtocolError) -> EntitlementRecord {
        let id = try token(max: SnapshotFormat.maximumEntitlementIDBytes)
        let programme = try programmeCode()
        guard let state = WireCode.entitlementState(try byte()) else {
            throw mistake("the state of an entitlement is unknown")
        }
        let flags = try flags(max: 31)
        let amount = flags & 1 == 0 ? nil : try periodMoney()
        let from = flags & 2 == 0 ? nil : try month()
        let to = flags & 4 == 0 ? nil : try month()
        let taper = flags & 8 == 0 ? nil : try small(max: SnapshotFormat.maximumTaperMonths)
        let account = flags & 16 == 0 ? nil : try lastFour()
        let source = try token(max: SnapshotFormat.maximumCodeBytes)
        return EntitlementRecord(
            id: id,
            citizenNumber: holder,
            programme: programme,
            state: state,
            amount: amount,
            from: from,
            to: to,
            taperMonthsLeft: taper,
            source: source,
            accountLastFour: account,
            payments: try payments(account: account)
        )
    }

    private mutating func payments(account: String?) throws(HubProtocolError) -> [PaymentRecord] {
        let count = try small(max: SnapshotFormat.maximumPayments)
        var payments: [PaymentRecord] = []
        payments.reserveCapacity(count)
        for _ in 0..<count {
            let payment = try payment(account: account)
            if let last = payments.last, !payment.isBefore(last) {
                throw mistake("payments are not in descending order")
            }
            payments.append(payment)
        }
        return payments
    }

    private mutating func payment(account: String?) throws(HubProtocolError) -> PaymentRecord {
        let month = try month()
        let instalment = try small(max: SnapshotFormat.maximumInstalment)
        let amount = try money()
        guard let state = WireCode.paymentState(try byte()) else {
            throw mistake("the state of a payment is unknown")
        }
        let flags = try flags(max: 31)
        guard flags & 24 != 24, flags & 8 == 0 || account != nil else {
            throw mistake("the account of a payment is told in two ways, or not told")
        }
        let dueOn = flags & 1 == 0 ? nil : try date()
        let creditedOn = flags & 2 == 0 ? nil : try date()
        let reason = flags & 4 == 0 ? nil : try token(max: SnapshotFormat.maximumCodeBytes)
        var digits = flags & 8 == 0 ? nil : account
        if flags & 16 != 0 {
            digits = try lastFour()
            guard digits != account else { throw mistake("the account of a payment is not in its shortest form") }
        }
        return PaymentRecord(
            month: month,
            instalment: instalment,
            amount: amount,
            state: state,
            dueOn: dueOn,
            creditedOn: creditedOn,
            returnedReason: reason,
            accountLastFour: digits
        )
    }
}

extension ByteReader {
    private mutating func token(max: Int) throws(HubProtocolError) -> String {
        let bytes = try slice(count: Int(try byte()))
        guard WireText.isToken(bytes, max: max) else {
            throw mistake("a code is empty, too long or has other characters")
        }
        return try text(of: bytes)
    }

    private mutating func title() throws(HubProtocolError) -> String {
        let bytes = try slice(count: Int(try byte()))
        guard WireText.isTitle(bytes) else { throw mistake("a title is empty, too long or has control characters") }
        return try text(of: bytes)
    }

    private mutating func flags(max: UInt8) throws(HubProtocolError) -> UInt8 {
        let flags = try byte()
        guard flags <= max else { throw mistake("a flag is unknown") }
        return flags
    }

    private mutating func small(max: Int) throws(HubProtocolError) -> Int {
        let number = Int(try byte())
        guard number <= max else { throw mistake("a number is over its limit") }
        return number
    }

    private mutating func programmeCode() throws(HubProtocolError) -> ProgrammeCode {
        guard let code = ProgrammeCode(rawValue: try shortText()) else {
            throw mistake("a programme code is malformed")
        }
        return code
    }

    private mutating func citizenNumber() throws(HubProtocolError) -> CitizenNumber {
        let bytes = try slice(count: CitizenNumber.length)
        // The check character may be written as x elsewhere; here every number has one form only.
        guard let number = try? CitizenNumber(ascii: bytes), bytes.last != UInt8(ascii: "x") else {
            throw mistake("a citizen number is malformed")
        }
        return number
    }

    private mutating func name() throws(HubProtocolError) -> PersonName {
        let text = try shortText()
        guard let name = try? PersonName(text), name.revealed.utf8.elementsEqual(text.utf8) else {
            throw mistake("a name is malformed")
        }
        return name
    }

    private mutating func division() throws(HubProtocolError) -> DivisionCode {
        guard let division = try? DivisionCode(try shortText()) else { throw mistake("a division is malformed") }
        return division
    }

    private mutating func date() throws(HubProtocolError) -> CivilDate {
        guard let date = WireCode.date(try varint(max: WireCode.maximumDate)) else {
            throw mistake("a date does not exist")
        }
        return date
    }

    private mutating func month() throws(HubProtocolError) -> YearMonth {
        guard let month = WireCode.month(try varint(max: WireCode.maximumMonth)) else {
            throw mistake("a month does not exist")
        }
        return month
    }

    private mutating func money() throws(HubProtocolError) -> Money {
        Money(fen: Int64(truncatingIfNeeded: try varint(max: UInt64(SnapshotFormat.maximumAmount))))
    }

    private mutating func periodMoney() throws(HubProtocolError) -> PeriodMoney {
        let amount = try money()
        guard let period = WireCode.period(try byte()) else { throw mistake("a period is unknown") }
        return PeriodMoney(amount: amount, period: period)
    }

    private mutating func lastFour() throws(HubProtocolError) -> String {
        let bytes = try slice(count: 4)
        guard WireText.isLastFour(bytes) else { throw mistake("the end of an account is not four digits") }
        return try text(of: bytes)
    }
}
