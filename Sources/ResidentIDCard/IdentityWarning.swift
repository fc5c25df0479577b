/// A remark on a document that was read: something is missing or unreadable, and its value is nil; or two values
/// contradict each other.
///
/// The raw value is a stable code of the list of failure codes; a warning never carries data.
public struct IdentityWarning: RawRepresentable, Hashable, Sendable, CaseIterable, CustomStringConvertible {
    /// The stable code, such as `warning.id.address-unreadable`.
    public let rawValue: String

    /// The warning with this code, or nil if there is none.
    ///
    /// - Parameter rawValue: A stable code.
    public init?(rawValue: String) {
        let warning = IdentityWarning(code: rawValue)
        guard Self.allCases.contains(warning) else { return nil }
        self = warning
    }

    private init(code: String) {
        self.rawValue = code
    }

    /// The stable code.
    public var description: String { rawValue }

    /// All warnings, in the order of the list of failure codes.
    public static let allCases: [IdentityWarning] =
        [
            layoutUnknown, ethnicityUnknown, numberCheckDigit, numberBirthDate, numberSequence, numberRegion,
            birthDateDiffers, sexDiffers, validityReversed, addressesUnreadable,
        ]
        + IdentityField.allCases.filter { field in
            [.resident, .foreign, .hongKongMacauTaiwan].contains {
                field.range(in: $0) != nil && !field.isOptional(in: $0)
            }
        }.map { missing($0) }
        + IdentityField.allCases.map { unreadable($0) }

    /// The layout of the document is not known; its text block is kept as it is.
    public static let layoutUnknown = IdentityWarning(code: "warning.id.layout-unknown")
    /// GB/T 3304 has no ethnic group of this number.
    public static let ethnicityUnknown = IdentityWarning(code: "warning.id.ethnicity-unknown")
    /// The check digit of the citizen number is wrong.
    public static let numberCheckDigit = IdentityWarning(code: "warning.id.number-check-digit")
    /// The citizen number has a birth date that does not exist.
    public static let numberBirthDate = IdentityWarning(code: "warning.id.number-birth-date")
    /// The citizen number has a sequence that is not given out.
    public static let numberSequence = IdentityWarning(code: "warning.id.number-sequence")
    /// The number of a residence permit does not begin with the code of Hong Kong, Macau or Taiwan.
    public static let numberRegion = IdentityWarning(code: "warning.id.number-region")
    /// Birth date and citizen number say different days.
    public static let birthDateDiffers = IdentityWarning(code: "warning.id.birth-date-differs")
    /// Sex and citizen number differ.
    public static let sexDiffers = IdentityWarning(code: "warning.id.sex-differs")
    /// The validity ends before it begins.
    public static let validityReversed = IdentityWarning(code: "warning.id.validity-reversed")
    /// The appended addresses, or some of them, could not be read.
    public static let addressesUnreadable = IdentityWarning(code: "warning.id.appended-addresses-unreadable")

    /// The field holds nothing but filling.
    ///
    /// - Parameter field: The field.
    /// - Returns: The warning.
    static func missing(_ field: IdentityField) -> IdentityWarning {
        IdentityWarning(code: "warning.id.\(field.rawValue)-missing")
    }

    /// The field holds something that is no value of its kind.
    ///
    /// - Parameter field: The field.
    /// - Returns: The warning.
    static func unreadable(_ field: IdentityField) -> IdentityWarning {
        IdentityWarning(code: "warning.id.\(field.rawValue)-unreadable")
    }
}
