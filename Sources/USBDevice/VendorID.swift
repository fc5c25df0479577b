/// The number of a maker of USB devices, given out by the USB-IF (`idVendor`, USB 2.0, 9.6.1).
public struct VendorID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number.
    public let rawValue: UInt16

    /// Takes a number.
    ///
    /// - Parameter rawValue: The number.
    public init(rawValue: UInt16) {
        self.rawValue = rawValue
    }

    /// Reads four hexadecimal digits, the form in which such numbers are written everywhere.
    ///
    /// - Parameter text: Four digits in either case; anything else gives nil.
    public init?(_ text: String) {
        guard let value = UInt16(fourDigits: text) else { return nil }
        rawValue = value
    }

    /// Four small hexadecimal digits, such as `1209`.
    public var description: String { rawValue.fourDigits }

    /// Compares by number.
    public static func < (left: VendorID, right: VendorID) -> Bool { left.rawValue < right.rawValue }
}

extension UInt16 {
    init?(fourDigits text: String) {
        guard text.utf8.count == 4, text.allSatisfy(\.isHexDigit), let value = UInt16(text, radix: 16) else {
            return nil
        }
        self = value
    }

    var fourDigits: String {
        let digits = String(self, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}
