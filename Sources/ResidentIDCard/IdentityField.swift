/// A field of the text block of a document (PROTOCOLS.md 2.5).
public enum IdentityField: String, Hashable, Sendable, CaseIterable {
    /// The name in Chinese.
    case name = "name"
    /// The name in Latin letters.
    case latinName = "latin-name"
    /// The sex.
    case sex = "sex"
    /// The ethnic group.
    case ethnicity = "ethnicity"
    /// The nationality.
    case nationality = "nationality"
    /// The birth date.
    case birthDate = "birth-date"
    /// The address.
    case address = "address"
    /// The number of the document or of its holder.
    case number = "number"
    /// The issuing authority.
    case authority = "authority"
    /// The first day of validity.
    case validFrom = "valid-from"
    /// The last day of validity.
    case validTo = "valid-to"
    /// The number of the pass to the mainland.
    case passNumber = "pass-number"
    /// How many times the document was issued.
    case issueCount = "issue-count"
    /// The version of the document.
    case version = "version"
    /// The office that accepted the application.
    case acceptingOffice = "accepting-office"

    /// Where the field stands in a document of a kind, in bytes; nil if the layout has no such field.
    func range(in kind: IdentityDocument.Kind) -> Range<Int>? {
        switch kind {
        case .resident: residentRange
        case .hongKongMacauTaiwan: permitRange ?? (self == .ethnicity ? nil : residentRange)
        case .foreign: foreignRange
        case .unknown: nil
        }
    }

    /// Whether a document of a kind is complete without the field.
    func isOptional(in kind: IdentityDocument.Kind) -> Bool {
        switch self {
        case .version, .acceptingOffice, .issueCount: true
        case .name: kind == .foreign
        default: false
        }
    }

    /// GA/T 490.
    private var residentRange: Range<Int>? {
        switch self {
        case .name: 0..<30
        case .sex: 30..<32
        case .ethnicity: 32..<36
        case .birthDate: 36..<52
        case .address: 52..<122
        case .number: 122..<158
        case .authority: 158..<188
        case .validFrom: 188..<204
        case .validTo: 204..<220
        default: nil
        }
    }

    /// What a residence permit for Hong Kong, Macau and Taiwan has beside.
    private var permitRange: Range<Int>? {
        switch self {
        case .passNumber: 220..<238
        case .issueCount: 238..<242
        default: nil
        }
    }

    /// Permanent residence of foreigners, 2017.
    private var foreignRange: Range<Int>? {
        switch self {
        case .latinName: 0..<120
        case .sex: 120..<122
        case .number: 122..<152
        case .nationality: 152..<158
        case .name: 158..<188
        case .validFrom: 188..<204
        case .validTo: 204..<220
        case .birthDate: 220..<236
        case .version: 236..<240
        case .acceptingOffice: 240..<248
        default: nil
        }
    }
}
