/// Which characters a printer has (PROTOCOLS.md 7.1).
public enum PrinterCharset: String, Sendable, CaseIterable {
    /// All of GB 18030, with the characters of four bytes.
    case gb18030
    /// The part of GB 18030 of one and two bytes, without the user-defined areas.
    case gb18030DoubleByte = "gb18030-double-byte"
    /// GB 2312: 682 signs and 6,763 characters of levels 1 and 2.
    case gb2312

    /// Whether the printer has the character of one sequence of GB 18030.
    ///
    /// - Parameter sequence: One, two or four bytes in the form of GB 18030.
    /// - Returns: False also for control bytes and for 80 and FF.
    func contains(_ sequence: some Collection<UInt8>) -> Bool {
        let bytes = Array(sequence)
        switch bytes.count {
        case 1: return (0x20...0x7E).contains(bytes[0])
        case 2: return containsDouble(bytes[0], bytes[1])
        case 4: return self == .gb18030
        default: return false
        }
    }

    private func containsDouble(_ lead: UInt8, _ trail: UInt8) -> Bool {
        switch self {
        case .gb18030: true
        case .gb18030DoubleByte: !Self.isUserDefined(lead, trail)
        case .gb2312: Self.isGB2312(lead, trail)
        }
    }

    /// The three user-defined areas of GB 18030, where a printer has nothing.
    private static func isUserDefined(_ lead: UInt8, _ trail: UInt8) -> Bool {
        switch lead {
        case 0xAA...0xAF, 0xF8...0xFE: trail >= 0xA1
        case 0xA1...0xA7: trail <= 0xA0
        default: false
        }
    }

    /// The rows of GB 2312 as it was published, without what GBK put into their gaps.
    private static func isGB2312(_ lead: UInt8, _ trail: UInt8) -> Bool {
        switch lead {
        case 0xA1, 0xA3, 0xB0...0xD6, 0xD8...0xF7: (0xA1...0xFE).contains(trail)
        case 0xA2: (0xB1...0xE2).contains(trail) || (0xE5...0xEE).contains(trail) || (0xF1...0xFC).contains(trail)
        case 0xA4: (0xA1...0xF3).contains(trail)
        case 0xA5: (0xA1...0xF6).contains(trail)
        case 0xA6: (0xA1...0xB8).contains(trail) || (0xC1...0xD8).contains(trail)
        case 0xA7: (0xA1...0xC1).contains(trail) || (0xD1...0xF1).contains(trail)
        case 0xA8: (0xA1...0xBA).contains(trail) || (0xC5...0xE9).contains(trail)
        case 0xA9: (0xA4...0xEF).contains(trail)
        case 0xD7: (0xA1...0xF9).contains(trail)
        default: false
        }
    }
}
