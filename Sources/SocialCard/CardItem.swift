/// One record of the issuer's file EF05 or of the holder's file EF06; the raw value is its tag (PROTOCOLS.md 1.4 and
/// 1.5).
enum CardItem: UInt8, CaseIterable {
    case identificationCode = 0x01
    case cardClass = 0x02
    case specVersion = 0x03
    case initialisationOrganisation = 0x04
    case issueDate = 0x05
    case expiryDate = 0x06
    case cardNumber = 0x07
    case citizenNumber = 0x08
    case name = 0x09
    case nameExtension = 0x4E
    case sex = 0x0A
    case ethnicity = 0x0B
    case birthplace = 0x0C
    case birthDate = 0x0D

    /// The records of EF05, in the order of their numbers, on every generation.
    static let issuerFile: [CardItem] = [
        .identificationCode, .cardClass, .specVersion, .initialisationOrganisation, .issueDate, .expiryDate,
        .cardNumber,
    ]

    /// The records of EF06, in the order of their numbers: the name extension came with the second generation.
    static func holderFile(of generation: CardGeneration) -> [CardItem] {
        generation == .first
            ? [.citizenNumber, .name, .sex, .ethnicity, .birthplace, .birthDate]
            : [.citizenNumber, .name, .nameExtension, .sex, .ethnicity, .birthplace, .birthDate]
    }

    /// The length that the specification gives the value, in bytes.
    var specifiedLength: Int {
        switch self {
        case .identificationCode: 16
        case .cardClass, .sex, .ethnicity: 1
        case .specVersion, .issueDate, .expiryDate, .birthDate: 4
        case .initialisationOrganisation: 12
        case .cardNumber: 9
        case .citizenNumber: 18
        case .name: 30
        case .nameExtension: 20
        case .birthplace: 3
        }
    }

    /// The name in the codes of warnings.
    var warningName: String {
        switch self {
        case .identificationCode: "identification-code"
        case .cardClass: "card-class"
        case .specVersion: "spec-version"
        case .initialisationOrganisation: "initialisation-organisation"
        case .issueDate: "issue-date"
        case .expiryDate: "expiry-date"
        case .cardNumber: "card-number"
        case .citizenNumber: "citizen-number"
        case .name: "name"
        case .nameExtension: "name-extension"
        case .sex: "sex"
        case .ethnicity: "ethnicity"
        case .birthplace: "birthplace"
        case .birthDate: "birth-date"
        }
    }
}
