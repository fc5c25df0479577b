public import CivilIdentity
import SmartCard

/// The card identification code 卡识别码: 16 bytes that name one card (PROTOCOLS.md 1.6).
///
/// Three bytes are the city's division code in BCD; the check part at the end has no public algorithm. The description
/// is redacted, since the code leads to a person.
public struct IdentificationCode: Hashable, Sendable {
    /// The number of bytes.
    public static let length = 16

    /// The code, exactly 16 bytes.
    public let bytes: [UInt8]

    /// Takes a code, or nil if it does not have 16 bytes or is mere filling (all 00 or all FF).
    ///
    /// - Parameter bytes: The value of record 01 of EF05.
    public init?(bytes: [UInt8]) {
        guard bytes.count == Self.length, !RecordValue.isFilling(bytes) else { return nil }
        self.bytes = bytes
    }

    /// 32 lower-case hexadecimal digits.
    public var hex: String { Hexadecimal.string(bytes, isUpperCase: false) }

    /// The division of the issuing city: the first six digits, or nil if they are no digits.
    public var regionCode: DivisionCode? {
        guard let digits = RecordValue.decimalDigits(bytes.prefix(3)), digits.count == 6 else { return nil }
        return try? DivisionCode(digits)
    }
}

extension IdentificationCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Redacted.
    public var description: String { "identification code (redacted)" }

    /// Redacted.
    public var debugDescription: String { description }

    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
