/// An amount of renminbi in fen, never a fraction of one.
public struct Money: Hashable, Sendable {
    /// The amount in fen, 1/100 yuan.
    public var fen: Int64

    /// Nothing.
    public static let zero = Money(fen: 0)

    /// Creates from fen.
    ///
    /// - Parameter fen: 1/100 yuan, any value.
    public init(fen: Int64) {
        self.fen = fen
    }

    /// Creates from yuan as written in data files: `1234`, `1234.5`, `1234.56`, with `-` in front when negative.
    ///
    /// - Parameter yuan: plain digits, no separators, at most two after the point; the result is nil for anything else
    ///   and for amounts beyond the range of ``fen``.
    public init?(yuan: String) {
        let isNegative = yuan.hasPrefix("-")
        let parts = yuan.utf8.dropFirst(isNegative ? 1 : 0).split(separator: 0x2E, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, parts.count <= 2 else {
            return nil
        }
        var digits = Array(whole)
        if parts.count == 2 {
            guard (1...2).contains(parts[1].count) else {
                return nil
            }
            digits += parts[1]
        }
        digits += Array(repeating: 0x30, count: whole.count + 2 - digits.count)
        var fen: Int64 = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit), let next = Self.append(digit - 0x30, to: fen) else {
                return nil
            }
            fen = next
        }
        self.init(fen: isNegative ? -fen : fen)
    }

    private static func append(_ digit: UInt8, to value: Int64) -> Int64? {
        let (tenfold, tooLarge) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflow) = tenfold.addingReportingOverflow(Int64(digit))
        return tooLarge || overflow ? nil : sum
    }

    /// The sum.
    ///
    /// - Parameter other: what to add.
    /// - Returns: nil when the sum is beyond the range.
    public func adding(_ other: Money) -> Money? {
        let (sum, overflow) = fen.addingReportingOverflow(other.fen)
        return overflow ? nil : Money(fen: sum)
    }

    /// The difference.
    ///
    /// - Parameter other: what to take away.
    /// - Returns: nil when the difference is beyond the range.
    public func subtracting(_ other: Money) -> Money? {
        let (difference, overflow) = fen.subtractingReportingOverflow(other.fen)
        return overflow ? nil : Money(fen: difference)
    }

    /// The multiple.
    ///
    /// - Parameter factor: any number, as persons or months.
    /// - Returns: nil when the product is beyond the range.
    public func multiplied(by factor: Int64) -> Money? {
        let (product, overflow) = fen.multipliedReportingOverflow(by: factor)
        return overflow ? nil : Money(fen: product)
    }
}

extension Money: Comparable, CustomStringConvertible {
    /// The smaller amount comes first.
    public static func < (left: Money, right: Money) -> Bool { left.fen < right.fen }

    /// Yuan with two digits after the point, no separators: `1234.56`, `-0.05`.
    public var description: String {
        let cents = fen.magnitude % 100
        return "\(fen < 0 ? "-" : "")\(fen.magnitude / 100).\(cents < 10 ? "0" : "")\(cents)"
    }
}
