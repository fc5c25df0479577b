/// An ethnic group as GB/T 3304 numbers it: 01...56, 97 others, 98 naturalised foreigner.
public struct Ethnicity: Hashable, Sendable, CustomStringConvertible {
    /// The number, 1...56, 97 or 98.
    public let number: Int

    /// Creates from two digits.
    ///
    /// - Parameter code: "01"..."56", "97" or "98"; the result is nil for anything else.
    public init?(code: String) {
        let digits = Array(code.utf8)
        guard digits.count == 2, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        self.init(number: Int(digits[0] - 0x30) * 10 + Int(digits[1] - 0x30))
    }

    /// Creates from one BCD byte, the form of a social-security card.
    ///
    /// - Parameter bcd: 0x01...0x56, 0x97 or 0x98; the result is nil for anything else.
    public init?(bcd: UInt8) {
        guard bcd >> 4 <= 9, bcd & 0x0F <= 9 else {
            return nil
        }
        self.init(number: Int(bcd >> 4) * 10 + Int(bcd & 0x0F))
    }

    /// Creates from the number of the standard.
    ///
    /// - Parameter number: 1...56, 97 or 98; the result is nil for anything else.
    public init?(number: Int) {
        guard (1...Self.names.count).contains(number) || number == 97 || number == 98 else {
            return nil
        }
        self.number = number
    }

    /// The two digits of the standard.
    public var code: String { number < 10 ? "0\(number)" : "\(number)" }

    /// The name in Chinese, without 族.
    public var chineseName: String {
        switch number {
        case 97: "其他"
        case 98: "外国血统中国籍人士"
        default: Self.names[number - 1]
        }
    }

    /// The two digits of the standard.
    public var description: String { code }

    /// Every group of the standard, in its order.
    public static var allCases: [Ethnicity] {
        (Array(1...names.count) + [97, 98]).compactMap { Ethnicity(number: $0) }
    }

    private static let names = [
        "汉", "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼",
        "哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜", "土",
        "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒", "乌孜别克",
        "俄罗斯", "鄂温克", "德昂", "保安", "裕固", "京", "塔塔尔", "独龙", "鄂伦春", "赫哲", "门巴", "珞巴", "基诺",
    ]
}

extension Ethnicity: CaseIterable {}
