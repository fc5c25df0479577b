public import Benefits

/// Sources and programmes of a synthetic town: the eight benefits that the card pays (DOMAIN.md S-02).
public enum TownCatalogue: Sendable {
    /// A source of data.
    public struct Source: Hashable, Sendable {
        /// Code in records.
        public var code: String
        /// What people call it.
        public var title: String
    }

    /// The sources.
    public static let sources = [
        Source(code: LedgerEntry.registrySource, title: "社会保障卡管理(演示)"),
        Source(code: "civil-affairs", title: "民政(演示)"),
        Source(code: "human-resources", title: "人社(演示)"),
        Source(code: "disabled-federation", title: "残联(演示)"),
    ]

    /// The eight programmes in their usual order.
    public static let programmes = [
        programme(.dibao, "低保金", "Subsistence allowance", .living, .civilAffairs, .household),
        programme(.wubao, "五保金", "Five-guarantee support", .living, .civilAffairs, .person),
        programme(.linshi, "临时救助", "Temporary assistance", .living, .civilAffairs, .household),
        programme(.youfu, "抚恤优待", "Compensation and preferential treatment", .other, .civilAffairs, .person),
        programme(.gaoling, "高龄津贴", "Old-age allowance", .other, .civilAffairs, .person),
        programme(.shiye, "失业保险金", "Unemployment insurance", .socialInsurance, .humanResources, .person),
        programme(.cjhl, "重度残疾人护理补贴", "Nursing subsidy", .disability, .disabledFederation, .person),
        programme(.cjsh, "低保残疾人生活津贴", "Living allowance", .disability, .disabledFederation, .person),
    ]

    private enum Department: String {
        case civilAffairs = "civil-affairs"
        case humanResources = "human-resources"
        case disabledFederation = "disabled-federation"

        var title: BilingualText {
            switch self {
            case .civilAffairs: BilingualText(chinese: "民政", english: "Civil affairs")
            case .humanResources: BilingualText(chinese: "人社", english: "Human resources")
            case .disabledFederation: BilingualText(chinese: "残联", english: "Disabled persons' federation")
            }
        }
    }

    private static func programme(
        _ code: ProgrammeCode,
        _ chinese: String,
        _ english: String,
        _ category: AssistanceCategory,
        _ department: Department,
        _ unit: BeneficiaryUnit
    ) -> Programme {
        Programme(
            code: code,
            name: BilingualText(chinese: chinese, english: english),
            category: category,
            department: department.rawValue,
            departmentName: department.title,
            unit: unit
        )
    }
}
