/// A benefit programme: what it is called, to which category it belongs and which department manages it.
public struct Programme: Hashable, Sendable {
    /// Identifies the programme.
    public var code: ProgrammeCode
    /// Its name on the screen.
    public var name: BilingualText
    /// Its category (DOMAIN.md 3.1).
    public var category: AssistanceCategory
    /// Code of the managing department, such as `civil-affairs`; empty when unknown.
    public var department: String
    /// Name of the managing department on the screen.
    public var departmentName: BilingualText
    /// Who receives it.
    public var unit: BeneficiaryUnit

    /// Creates a programme.
    public init(
        code: ProgrammeCode,
        name: BilingualText,
        category: AssistanceCategory,
        department: String,
        departmentName: BilingualText,
        unit: BeneficiaryUnit
    ) {
        self.code = code
        self.name = name
        self.category = category
        self.department = department
        self.departmentName = departmentName
        self.unit = unit
    }

    /// A programme that a person has and neither policy nor ledger describes: its code stands for its name.
    ///
    /// - Parameter code: what is known of it.
    /// - Returns: category ``AssistanceCategory/other``, no department.
    public static func undescribed(_ code: ProgrammeCode) -> Programme {
        Programme(
            code: code,
            name: BilingualText(chinese: code.rawValue, english: code.rawValue),
            category: .other,
            department: "",
            departmentName: BilingualText(chinese: "", english: ""),
            unit: .person
        )
    }
}
