public import CivilIdentity

/// What the holder's file EF06 says (PROTOCOLS.md 1.5).
///
/// A missing or unreadable value is nil and has a ``CardWarning``.
public struct CardHolder: Hashable, Sendable {
    /// 社会保障号码, tag 08.
    public var citizenNumber: CitizenNumber?

    /// 姓名 with its extension, tags 09 and 4E.
    public var name: PersonName?

    /// 性别, tag 0A; unknown for every code that GB/T 2261.1 does not list.
    public var sex: Sex?

    /// 民族, tag 0B: two digits of GB/T 3304.
    public var ethnicityCode: String?

    /// 出生地, tag 0C.
    public var birthplace: DivisionCode?

    /// 出生日期, tag 0D.
    public var birthDate: CivilDate?

    /// Makes a holder.
    ///
    /// - Parameters:
    ///   - citizenNumber: 社会保障号码.
    ///   - name: 姓名 with its extension.
    ///   - sex: 性别.
    ///   - ethnicityCode: 民族, two digits.
    ///   - birthplace: 出生地.
    ///   - birthDate: 出生日期.
    public init(
        citizenNumber: CitizenNumber? = nil,
        name: PersonName? = nil,
        sex: Sex? = nil,
        ethnicityCode: String? = nil,
        birthplace: DivisionCode? = nil,
        birthDate: CivilDate? = nil
    ) {
        self.citizenNumber = citizenNumber
        self.name = name
        self.sex = sex
        self.ethnicityCode = ethnicityCode
        self.birthplace = birthplace
        self.birthDate = birthDate
    }
}

extension CardHolder: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Redacted.
    public var description: String { "card holder (redacted)" }

    /// Redacted.
    public var debugDescription: String { description }

    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
