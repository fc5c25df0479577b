public import CivilIdentity
public import SmartCard

/// What tells a security module which card it speaks for: the factors from which it derives the card's keys
/// (PROTOCOLS.md 1.8a).
public struct DiversificationFactors: Hashable, Sendable {
    /// The number of bytes of each factor.
    public static let length = 8

    /// The card: the last 8 historical bytes of the answer to reset.
    ///
    /// On contacts these are the last 8 bytes of the answer; the contactless form has its check byte behind them.
    public let card: [UInt8]

    /// The city: six digits and `sx`.
    public let city: [UInt8]

    /// The province: two digits, `0000` and `sh`.
    public let province: [UInt8]

    /// Makes the factors of a card, or nil if its answer to reset is too short or its region is no division of six
    /// digits.
    ///
    /// - Parameters:
    ///   - answerToReset: The card's answer to reset.
    ///   - region: The division at the start of the identification code.
    public init?(answerToReset: AnswerToReset, region: DivisionCode) {
        let digits = Array(region.rawValue.utf8)
        guard answerToReset.historicalBytes.count >= Self.length, digits.count == 6 else { return nil }
        card = Array(answerToReset.historicalBytes.suffix(Self.length))
        city = digits + Array("sx".utf8)
        province = digits.prefix(2) + Array("0000sh".utf8)
    }

    /// The factors of so many levels, in the order in which a module takes them: card, city, province.
    func levels(_ count: Int) -> [UInt8] {
        [card, city, province].prefix(count).flatMap(\.self)
    }
}

extension DiversificationFactors: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Redacted.
    public var description: String { "factors of a card (redacted)" }

    /// Redacted.
    public var debugDescription: String { description }

    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
