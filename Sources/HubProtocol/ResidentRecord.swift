public import CivilIdentity

/// A person whom the ledger knows; personal, and described without any of it.
public struct ResidentRecord: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// The citizen number.
    public var citizenNumber: CitizenNumber
    /// The name.
    public var name: PersonName
    /// The sex.
    public var sex: Sex
    /// The day of birth.
    public var birthDate: CivilDate
    /// Where the household is registered.
    public var division: DivisionCode
    /// Categories of the person, at most 16 codes of 1 to 32 printable ASCII characters.
    public var categories: [String]
    /// The day of death.
    public var deceasedOn: CivilDate?
    /// Code of the source.
    public var source: String

    /// A person.
    public init(
        citizenNumber: CitizenNumber,
        name: PersonName,
        sex: Sex,
        birthDate: CivilDate,
        division: DivisionCode,
        categories: [String] = [],
        deceasedOn: CivilDate? = nil,
        source: String
    ) {
        self.citizenNumber = citizenNumber
        self.name = name
        self.sex = sex
        self.birthDate = birthDate
        self.division = division
        self.categories = categories
        self.deceasedOn = deceasedOn
        self.source = source
    }

    /// No data of the person.
    public var description: String { "ResidentRecord(redacted)" }
    /// No data of the person.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension ResidentRecord {
    /// Reads the form that a resident has inside a ledger file, without type and length.
    ///
    /// - Throws: `ledger.format`.
    public init(bytes: [UInt8]) throws(HubProtocolError) {
        var reader = ByteReader(bytes, code: .ledgerFormat)
        self = try reader.resident()
        guard reader.isAtEnd else { throw reader.mistake("something follows a resident") }
    }
}
