/// What the cardholder file (EF06) of a virtual card holds, as text before encoding.
///
/// Synthetic people only.
public struct HolderImage: Hashable, Sendable {
    /// 18 characters, written as they stand, even if the check digit is wrong.
    public var citizenNumber: String
    /// Name; up to 50 bytes in GB 18030, 30 without the extension.
    public var name: String
    /// GB/T 2261.1 code: "1" male, "2" female, "0", "9".
    public var sexCode: String
    /// GB/T 3304 code, two digits.
    public var ethnicityCode: String
    /// Division code, six digits.
    public var birthplace: String
    /// Eight digits YYYYMMDD.
    public var birthDate: String

    /// Makes the content of EF06.
    public init(
        citizenNumber: String,
        name: String,
        sexCode: String,
        ethnicityCode: String,
        birthplace: String,
        birthDate: String
    ) {
        self.citizenNumber = citizenNumber
        self.name = name
        self.sexCode = sexCode
        self.ethnicityCode = ethnicityCode
        self.birthplace = birthplace
        self.birthDate = birthDate
    }
}

extension HolderImage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says what this is, and nothing about the person.
    public var description: String { "HolderImage" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
