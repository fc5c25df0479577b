/// An administrative division: province 2 digits, city 4, county 6, town 9, village or community 12.
///
/// Levels that are all zero at the end say "the whole of the level above": 440700 is the city 4407, and
/// ``contains(_:)`` treats both alike. Equality compares the digits as written. Source: GB/T 2260, GB/T 10114.
public struct DivisionCode: Hashable, Sendable, CustomStringConvertible {
    /// The digits as written: 2, 4, 6, 9 or 12 of them.
    public let rawValue: String

    /// Lengths that a code may have.
    public static let lengths = [2, 4, 6, 9, 12]

    /// Creates from digits.
    ///
    /// - Parameter text: 2, 4, 6, 9 or 12 digits, not beginning with 00.
    /// - Throws: ``CivilIdentityError`` with `division.malformed`.
    public init(_ text: String) throws(CivilIdentityError) {
        let digits = Array(text.utf8)
        guard Self.lengths.contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
            digits[0] != 0x30
        else {
            throw CivilIdentityError(.divisionMalformed, "a division code has 2, 4, 6, 9 or 12 digits, the first not 0")
        }
        rawValue = text
    }

    /// Creates from packed decimal digits, the form of a social-security card (3 bytes for a county).
    ///
    /// - Parameter bcd: 1, 2, 3 or 6 bytes, two digits each.
    /// - Throws: ``CivilIdentityError`` with `division.malformed`.
    public init(bcd: some Collection<UInt8>) throws(CivilIdentityError) {
        guard let digits = decimalDigits(bcd: bcd, count: 1...6) else {
            throw CivilIdentityError(.divisionMalformed, "a packed division code has decimal digits only")
        }
        try self.init(String(decoding: digits, as: UTF8.self))
    }

    /// For callers that have checked the digits.
    init(unchecked digits: String) {
        rawValue = digits
    }

    /// The digits without the all-zero levels at the end; at least the two of the province.
    public var significantDigits: Substring {
        var end = rawValue.utf8.count
        var result = rawValue[...]
        while let index = Self.lengths.firstIndex(of: end), index > 0 {
            let above = Self.lengths[index - 1]
            guard result.utf8.dropFirst(above).allSatisfy({ $0 == 0x30 }) else {
                break
            }
            result = result.prefix(above)
            end = above
        }
        return result
    }

    /// Whether the other division lies inside this one, or is this one.
    ///
    /// - Parameter other: a division of the same or a lower level; a higher one is never inside.
    /// - Returns: true also for the division itself.
    public func contains(_ other: DivisionCode) -> Bool {
        other.significantDigits.utf8.starts(with: significantDigits.utf8)
    }

    /// The digits as written.
    public var description: String { rawValue }
}

/// Unpacks decimal digits from bytes that hold two each.
///
/// - Parameters:
///   - bcd: the bytes.
///   - count: how many bytes are allowed.
/// - Returns: ASCII digits, or nil when a half byte is not a digit or the length is not allowed.
func decimalDigits(bcd: some Collection<UInt8>, count: ClosedRange<Int>) -> [UInt8]? {
    guard count.contains(bcd.count) else {
        return nil
    }
    var digits: [UInt8] = []
    for byte in bcd {
        let high = byte >> 4
        let low = byte & 0x0F
        guard high <= 9, low <= 9 else {
            return nil
        }
        digits.append(0x30 + high)
        digits.append(0x30 + low)
    }
    return digits
}
