public import CivilIdentity

/// The rules of a city that statements are made with.
///
/// Targets and averages are not here: see ``PolicyIndicator``.
public struct BenefitPolicy: Hashable, Sendable {
    /// Identifies the pack and its version, such as `440700-2014.1`.
    public var packID: String
    /// The city.
    public var division: DivisionCode
    /// Name of the city.
    public var city: BilingualText
    /// Whether the values are made up, for demonstration; the screen says so.
    public var isFictitious: Bool
    /// The first day on which the pack holds.
    public var effectiveFrom: CivilDate
    /// The last day on which it holds; nil for no end.
    public var effectiveTo: CivilDate?
    /// The programmes, in the order of the pack.
    public var programmes: [Programme]
    /// The rules by programme.
    public var rules: [ProgrammeCode: ProgrammeRules]
    /// How old data may be.
    public var freshnessLimits: FreshnessLimits
    /// What the services need.
    public var services: [ServiceRequirement]

    /// Creates a policy.
    public init(
        packID: String,
        division: DivisionCode,
        city: BilingualText,
        isFictitious: Bool,
        effectiveFrom: CivilDate,
        effectiveTo: CivilDate? = nil,
        programmes: [Programme],
        rules: [ProgrammeCode: ProgrammeRules],
        freshnessLimits: FreshnessLimits = .standard,
        services: [ServiceRequirement] = []
    ) {
        self.packID = packID
        self.division = division
        self.city = city
        self.isFictitious = isFictitious
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
        self.programmes = programmes
        self.rules = rules
        self.freshnessLimits = freshnessLimits
        self.services = services
    }

    /// What the pack says of a programme, or nil.
    ///
    /// - Parameter code: the programme.
    /// - Returns: its description.
    public func programme(_ code: ProgrammeCode) -> Programme? {
        programmes.first { $0.code == code }
    }

    /// The rules of a programme.
    ///
    /// - Parameter code: the programme.
    /// - Returns: ``ProgrammeRules/unknown`` when the pack has none.
    public func rules(for code: ProgrammeCode) -> ProgrammeRules {
        rules[code] ?? .unknown
    }

    /// What a service needs.
    ///
    /// - Parameter service: the service.
    /// - Returns: the strict requirement when the pack has none.
    public func requirement(for service: StationService) -> ServiceRequirement {
        services.first { $0.service == service } ?? .strict(service)
    }

    /// Whether the pack holds on a day; outside its range the screen says that its time has passed.
    ///
    /// - Parameter day: the day.
    /// - Returns: true on the first and the last day too.
    public func isEffective(on day: CivilDate) -> Bool {
        day >= effectiveFrom && effectiveTo.map { day <= $0 } ?? true
    }
}
