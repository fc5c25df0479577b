import CivilIdentity

/// Names of nobody: a family name that sounds like "made up", 某 ("a certain"), and a character that counts.
enum NameTable: Sendable {
    private static let families = Array("甄贾虚拟样例演示构造")
    private static let counters = Array("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥一二三四五六七八九十")

    /// All names, in a fixed order.
    static func names() throws -> [PersonName] {
        try families.flatMap { family in
            try counters.flatMap { first in
                try [PersonName("\(family)某\(first)")]
                    + counters.map { second in try PersonName("\(family)某\(first)\(second)") }
            }
        }
    }
}
