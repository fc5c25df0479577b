/// Sex as GB/T 2261.1 codes it: 1 male, 2 female, 9 unspecified, 0 unknown.
public enum Sex: String, Hashable, Sendable, CaseIterable {
    /// Code 1.
    case male
    /// Code 2.
    case female
    /// Code 9.
    case unspecified
    /// Code 0, and everything that the standard does not know.
    case unknown

    /// Creates from the code as a number; anything but 1, 2 and 9 is ``unknown``.
    ///
    /// - Parameter code: GB/T 2261.1.
    public init(code: Int) {
        switch code {
        case 1: self = .male
        case 2: self = .female
        case 9: self = .unspecified
        default: self = .unknown
        }
    }

    /// Creates from the code as text; anything but "1", "2" and "9" is ``unknown``.
    ///
    /// - Parameter code: GB/T 2261.1.
    public init(code: String) {
        switch code {
        case "1": self = .male
        case "2": self = .female
        case "9": self = .unspecified
        default: self = .unknown
        }
    }

    /// Creates from the ASCII byte that a social-security card carries.
    ///
    /// - Parameter ascii: "1", "2", "9" or anything else for ``unknown``.
    public init(ascii: UInt8) {
        self.init(code: Int(ascii) - 0x30)
    }

    /// The code of GB/T 2261.1.
    public var code: Int {
        switch self {
        case .male: 1
        case .female: 2
        case .unspecified: 9
        case .unknown: 0
        }
    }
}
