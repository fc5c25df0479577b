/// Turns the boot reports of a scanner that plays a keyboard into characters, by the layout of the United States (HID
/// usage tables, page 07).
///
/// The layout must be the one the scanner is set to. A scanner that types Alt codes or another alphabet gives
/// ``HIDKey/lost``: a code is never guessed.
public struct HIDKeyboardDecoder: Sendable {
    /// The bytes of a boot report: modifiers, a reserved byte, six keys.
    public static let reportBytes = 8

    private var pressed: Set<UInt8> = []
    private var isCapsLocked = false

    /// Makes a decoder with no key pressed and caps lock off.
    public init() {}

    /// Takes one report.
    ///
    /// - Parameter report: What the keyboard sent.
    /// - Returns: The keys that went down since the last report, in the order of the report.
    public mutating func take(_ report: [UInt8]) -> [HIDKey] {
        guard report.count == Self.reportBytes else { return [.lost] }
        let modifiers = report[0]
        let keys = report[2...].filter { $0 != 0 }
        // Usages 01 to 03: more keys are down than a report can tell, or the keyboard failed its test. What was
        // pressed before still is.
        guard !keys.contains(where: { (0x01...0x03).contains($0) }) else { return [.lost] }
        var down: [HIDKey] = []
        var seen: Set<UInt8> = []
        for key in keys {
            guard seen.insert(key).inserted, !pressed.contains(key) else { continue }
            if key == Self.capsLock {
                isCapsLocked.toggle()
            } else if key != Self.numLock {
                down.append(hidKey(key, modifiers))
            }
        }
        pressed = seen
        return down
    }

    private static let capsLock: UInt8 = 0x39
    private static let numLock: UInt8 = 0x53
    private static let shiftBits: UInt8 = 0x22

    private func hidKey(_ key: UInt8, _ modifiers: UInt8) -> HIDKey {
        guard modifiers & ~Self.shiftBits == 0 else { return .lost }
        let isShifted = modifiers & Self.shiftBits != 0
        switch key {
        case 0x04...0x1D:
            return .character((isShifted != isCapsLocked ? 0x41 : 0x61) + (key - 0x04))
        case 0x1E...0x38:
            return Self.sign(of: key, isShifted ? Self.shifted : Self.plain, from: 0x1E)
        case 0x54...0x63:
            return Self.sign(of: key, Self.keypad, from: 0x54)
        default:
            return .lost
        }
    }

    private static func sign(of key: UInt8, _ table: [UInt8], from first: UInt8) -> HIDKey {
        let index = Int(key - first)
        guard index < table.count, table[index] != 0 else { return .lost }
        return .character(table[index])
    }

    // Usages 1E to 38: the digits, Enter, Escape, Backspace, Tab, space, the signs. 00 stands for no character; usage
    // 32 is a key that keyboards of the United States lack.
    private static let plain = Array("1234567890\r\0\0\t -=[]\\\0;'`,./".utf8)
    private static let shifted = Array("!@#$%^&*()\r\0\0\t _+{}|\0:\"~<>?".utf8)
    // Usages 54 to 63: the keypad with its numbers on.
    private static let keypad: [UInt8] = Array("/*-+".utf8) + [0x0D] + Array("1234567890.".utf8)
}

extension HIDKeyboardDecoder: PersonalContent {
    /// The number of keys that are down.
    public var redacted: String { "keyboard with \(pressed.count) keys down" }
}
