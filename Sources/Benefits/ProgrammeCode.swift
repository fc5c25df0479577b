/// The code of a benefit programme: 1...16 characters of A-Z and 0-9.
public struct ProgrammeCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    /// The characters.
    public let rawValue: String

    /// The most characters of a code.
    public static let lengthMax = 16

    /// Creates from text.
    ///
    /// - Parameter rawValue: 1...16 characters of A-Z and 0-9; the result is nil for anything else.
    public init?(rawValue: String) {
        let bytes = rawValue.utf8
        guard (1...Self.lengthMax).contains(bytes.count),
            bytes.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) })
        else {
            return nil
        }
        self.rawValue = rawValue
    }

    private init(known rawValue: String) {
        self.rawValue = rawValue
    }

    /// Same as ``rawValue``.
    public var description: String { rawValue }

    /// Subsistence allowance, 低保金.
    public static let dibao = ProgrammeCode(known: "DIBAO")
    /// Five-guarantee support, 五保金.
    public static let wubao = ProgrammeCode(known: "WUBAO")
    /// Temporary assistance, 临时救助.
    public static let linshi = ProgrammeCode(known: "LINSHI")
    /// Compensation and preferential treatment, 抚恤优待.
    public static let youfu = ProgrammeCode(known: "YOUFU")
    /// Old-age allowance, 高龄津贴.
    public static let gaoling = ProgrammeCode(known: "GAOLING")
    /// Unemployment insurance benefit, 失业保险金.
    public static let shiye = ProgrammeCode(known: "SHIYE")
    /// Nursing subsidy for severely disabled persons, 重度残疾人护理补贴.
    public static let cjhl = ProgrammeCode(known: "CJHL")
    /// Living allowance for disabled persons with subsistence allowance, 低保残疾人生活津贴.
    public static let cjsh = ProgrammeCode(known: "CJSH")

    /// The eight programmes paid by the card, in the order in which the policy lists them (S-02).
    public static let eight: [ProgrammeCode] = [dibao, wubao, linshi, youfu, gaoling, shiye, cjhl, cjsh]
}
