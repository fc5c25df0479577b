public import CivilIdentity
import SmartCard

/// What a card of the third generation asks before it opens a file, and what it answered itself (PROTOCOLS.md 1.8b,
/// step 1).
///
/// It is worth something only as long as the card keeps power and gets no other command.
public struct AuthenticationChallenge: Hashable, Sendable {
    /// The number of bytes of each factor, random number and result.
    public static let length = 8

    /// What the terminal wants to be trusted for.
    public enum Purpose: Hashable, Sendable, CaseIterable {
        /// Reading the holder's file.
        case holder
        /// Unblocking or setting the PIN.
        case pinReset

        /// The reference of the key in EXTERNAL AUTHENTICATE: 0A RKSSSE, 06 PUK.
        var keyReference: UInt8 {
            switch self {
            case .holder: 0x0A
            case .pinReset: 0x06
            }
        }
    }

    /// What the terminal wants to be trusted for.
    public let purpose: Purpose
    /// The algorithm environment of the application.
    public let algorithm: CardAlgorithm
    /// The card.
    public let identificationCode: IdentificationCode
    /// The issuing city.
    public let region: DivisionCode
    /// 卡复位信息: the historical bytes of the answer to reset.
    public let historicalBytes: [UInt8]
    /// The factors of the card's keys.
    public let factors: DiversificationFactors
    /// 内部认证过程因子: what the key of INTERNAL AUTHENTICATE was derived with.
    public let internalProcess: [UInt8]
    /// 内部认证原始信息: what the card encrypted.
    public let internalSource: [UInt8]
    /// 外部认证过程因子: the card's last random number, with which the key of EXTERNAL AUTHENTICATE is derived.
    public let externalProcess: [UInt8]
    /// 外部认证鉴别所需原始信息: what the module is to encrypt.
    public let externalSource: [UInt8]

    /// What the card gave for ``internalSource``; nil if it refused.
    ///
    /// It never leaves the terminal: a service that knew it could claim any card to be genuine.
    let internalResult: [UInt8]?

    /// Step 1 as the text that back offices take: nine fields, each closed by `|`, hexadecimal digits in capitals.
    ///
    /// - Parameters:
    ///   - terminal: 终端编码, usually 12 digits.
    ///   - endsWithExtraBar: Whether one more `|` follows, as some back offices want it unless the algorithm is SM4.
    /// - Returns: The text; it leads to a person and must not be logged.
    public func text(terminal: String, endsWithExtraBar: Bool = false) -> String {
        let fields = [
            region.rawValue,
            Self.hex(historicalBytes),
            Self.hex([algorithm.environment]),
            Self.hex(identificationCode.bytes),
            Self.hex(internalProcess),
            Self.hex(internalSource),
            Self.hex(externalProcess),
            Self.hex(externalSource),
            terminal,
        ]
        return fields.map { $0 + "|" }.joined() + (endsWithExtraBar ? "|" : "")
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        Hexadecimal.string(bytes)
    }
}

extension AuthenticationChallenge: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Redacted.
    public var description: String { "challenge of a card (redacted)" }

    /// Redacted.
    public var debugDescription: String { description }

    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
