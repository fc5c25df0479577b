import Benefits
import CivilIdentity

/// Makes a policy pack of a data file.
///
/// Every value of a pack that is not fictitious names its document and clause, or is `unknown`.
enum PolicyPackDecoder: Sendable {
    /// The most programmes of a pack.
    static let programmesMax = 64
    /// The most indicators of a pack.
    static let indicatorsMax = 200
    /// The highest age that a rule may name, in years.
    static let ageMax = 130

    /// What the decoders of the parts need.
    struct Scope {
        let isFictitious: Bool
        let documents: [String: String]
        let departments: [String: BilingualText]
    }

    static func pack(_ top: YAMLMapping) -> PolicyPack? {
        _ = top.string("format", oneOf: [PolicyFile.format])
        let packID = identifier(top, "pack")
        let division = top.value("division", expected: "a division code", parse: { try DivisionCode($0) })
        let city = text(top, "city")
        let isFictitious = top.boolean("fictitious")
        let effective = top.mapping("effective").flatMap(effective)
        let documents = top.list("documents", count: 0...20, document)
        let departments = top.entries("departments", count: 1...50) { _, entry in text(entry) }
        let scope = Scope(
            isFictitious: isFictitious ?? false,
            documents: Dictionary(documents ?? []) { first, _ in first },
            departments: departments ?? [:]
        )
        let programmes = top.list("programmes", count: 1...programmesMax) { programme($0, scope) }
        let limits = top.mapping("freshness").flatMap(limits)
        let services = top.list("services", count: 0...20, service)
        let indicators = top.optionalList("indicators", count: 0...indicatorsMax) { indicator($0, scope) }
        checkUnique(top, documents?.map(\.0), "documents", of: "id")
        checkUnique(top, programmes?.map(\.0.code.rawValue), "programmes", of: "code")
        checkUnique(top, services?.map(\.service.rawValue), "services", of: "service")
        checkUnique(top, indicators?.map(\.id), "indicators", of: "id")
        checkComplete(top, programmes?.map(\.0.code))
        guard let packID, let division, let city, let isFictitious, let effective, let programmes, let limits,
            let services, let indicators, documents != nil, departments != nil
        else {
            return nil
        }
        let policy = BenefitPolicy(
            packID: packID,
            division: division,
            city: city,
            isFictitious: isFictitious,
            effectiveFrom: effective.from,
            effectiveTo: effective.to,
            programmes: programmes.map(\.0),
            rules: Dictionary(programmes.map { ($0.0.code, $0.1) }) { first, _ in first },
            freshnessLimits: limits,
            services: services
        )
        return PolicyPack(policy: policy, indicators: indicators)
    }

    private static func effective(_ entry: YAMLMapping) -> (from: CivilDate, to: CivilDate?)? {
        let from = date(entry, "from")
        let to = entry.optionalValue("to", expected: "a date YYYY-MM-DD", parse: { try CivilDate(iso: $0) })
        guard let from else {
            return nil
        }
        if let to, to < from {
            entry.note("the last day lies before the first", at: "to")
            return nil
        }
        return (from, to)
    }

    private static func document(_ entry: YAMLMapping) -> (String, String)? {
        let id = identifier(entry, "id")
        let number = entry.string("number", lengthMax: 60)
        let title = text(entry, "title")
        let date = date(entry, "date")
        guard let id, let number, title != nil, date != nil else {
            return nil
        }
        return (id, number)
    }

    private static func programme(_ entry: YAMLMapping, _ scope: Scope) -> (Programme, ProgrammeRules)? {
        let code = entry.value("code", expected: "a programme code of A-Z and 0-9") { ProgrammeCode(rawValue: $0) }
        let name = text(entry, "name")
        let category = entry.choice("category", of: AssistanceCategory.self)
        let department = entry.string("department", oneOf: scope.departments.keys.sorted())
        let unit = entry.choice("unit", of: BeneficiaryUnit.self)
        let source = entry.has("source") ? citation(entry, scope) : nil
        if source == nil, !entry.has("source"), !scope.isFictitious {
            entry.note("a programme of a pack that is not fictitious names its `source` and `clause`")
        }
        let payDay = known(entry, "payDay", in: 1...31, scope)
        let minimumAge = entry.has("minimumAge") ? known(entry, "minimumAge", in: 0...ageMax, scope) : nil
        guard let code, let name, let category, let department, let unit, let payDay,
            let departmentName = scope.departments[department]
        else {
            return nil
        }
        let programme = Programme(
            code: code,
            name: name,
            category: category,
            department: department,
            departmentName: departmentName,
            unit: unit
        )
        return (programme, ProgrammeRules(payDay: payDay, minimumAge: minimumAge))
    }

    private static func known(
        _ entry: YAMLMapping,
        _ key: String,
        in range: ClosedRange<Int>,
        _ scope: Scope
    ) -> Known<Int>? {
        entry.either(
            key,
            texts: ["unknown"],
            fromText: { _ in .unknown },
            fromMapping: { rule(range, of: $0, scope) }
        )
    }

    private static func rule(_ range: ClosedRange<Int>, of entry: YAMLMapping, _ scope: Scope) -> Known<Int>? {
        let value = entry.integer("value", in: range)
        let needsSource = !scope.isFictitious || entry.has("source")
        let citation = needsSource ? citation(entry, scope) : nil
        guard let value, citation != nil || !needsSource else {
            return nil
        }
        return .known(value, citation: citation)
    }

    /// Document number and clause.
    private static func citation(_ entry: YAMLMapping, _ scope: Scope) -> String? {
        let source = entry.string("source", oneOf: scope.documents.keys.sorted())
        let clause = entry.string("clause", lengthMax: 120)
        guard let source, let clause, let number = scope.documents[source] else {
            return nil
        }
        return "\(number), \(clause)"
    }

    private static func limits(_ entry: YAMLMapping) -> FreshnessLimits? {
        let range = 1...FreshnessLimits.hoursMax
        let fresh = entry.integer("freshHours", in: range)
        let aged = entry.integer("agedHours", in: range)
        guard let fresh, let aged else {
            return nil
        }
        guard aged >= fresh else {
            entry.note("expected no less than `freshHours`", at: "agedHours")
            return nil
        }
        return FreshnessLimits(freshHoursMax: fresh, agedHoursMax: aged)
    }

    private static func service(_ entry: YAMLMapping) -> ServiceRequirement? {
        let service = entry.choice("service", of: StationService.self)
        let level = entry.value("level", expected: "L0, L1, L2 or L3") { text in
            AssuranceLevel.allCases.first { $0.description == text }
        }
        let acceptsPIN = entry.boolean("acceptsPINWithoutCardAuthentication")
        guard let service, let level, let acceptsPIN else {
            return nil
        }
        guard level >= ServiceRequirement.lowestLevel(for: service) else {
            entry.note("expected \(ServiceRequirement.lowestLevel(for: service)) or more", at: "level")
            return nil
        }
        return ServiceRequirement(
            service: service,
            level: level,
            acceptsPINWithoutCardAuthentication: acceptsPIN
        )
    }

    private static func indicator(_ entry: YAMLMapping, _ scope: Scope) -> PolicyIndicator? {
        let id = identifier(entry, "id")
        let kind = entry.choice("kind", of: PolicyIndicator.Kind.self)
        let text = text(entry, "text")
        let figure = entry.value("figure", expected: "a figure of at most 40 characters") { figure in
            figure.count <= 40 ? figure : nil
        }
        let unit = entry.string("unit", lengthMax: 60)
        let citation = citation(entry, scope)
        guard let id, let kind, let text, let figure, let unit, let citation else {
            return nil
        }
        return PolicyIndicator(id: id, kind: kind, text: text, figure: figure, unit: unit, citation: citation)
    }
}

extension PolicyPackDecoder {
    private static func text(_ outer: YAMLMapping, _ key: String) -> BilingualText? {
        outer.mapping(key).flatMap(text)
    }

    private static func text(_ entry: YAMLMapping) -> BilingualText? {
        let chinese = entry.string("zh")
        let english = entry.string("en")
        guard let chinese, let english else {
            return nil
        }
        return BilingualText(chinese: chinese, english: english)
    }

    private static func date(_ entry: YAMLMapping, _ key: String) -> CivilDate? {
        entry.value(key, expected: "a date YYYY-MM-DD", parse: { try CivilDate(iso: $0) })
    }

    private static func identifier(_ entry: YAMLMapping, _ key: String) -> String? {
        entry.value(key, expected: "1...40 characters of a-z A-Z 0-9 . - _") { text in
            let isFit = text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
                default: false
                }
            }
            return isFit && text.utf8.count <= 40 ? text : nil
        }
    }

    private static func checkUnique(_ top: YAMLMapping, _ names: [String]?, _ list: String, of key: String) {
        var seen: Set<String> = []
        for name in names ?? [] where !seen.insert(name).inserted {
            top.note("the \(key) `\(name)` stands more than once", at: list)
        }
    }

    /// The eight programmes of the card must be there: a statement always names them.
    private static func checkComplete(_ top: YAMLMapping, _ codes: [ProgrammeCode]?) {
        for code in ProgrammeCode.eight where codes.map({ !$0.contains(code) }) ?? false {
            top.note("the programme `\(code)` is missing", at: "programmes")
        }
    }
}
