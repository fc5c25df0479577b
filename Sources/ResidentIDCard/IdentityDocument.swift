public import CivilIdentity

/// What the text block of a resident-ID document says (PROTOCOLS.md 2.5).
///
/// A missing or unreadable value is nil and has an ``IdentityWarning``. A field that the layout does not have is nil
/// without a warning.
public struct IdentityDocument: Hashable, Sendable {
    /// Bytes of a text block.
    public static let textByteCount = 256

    /// The layout of the document.
    public var kind: Kind

    /// The two bytes that name the layout, as a number: 0 or a space for residents, else a letter.
    public var layoutMarker: UInt16

    /// 公民身份号码 of a resident, or the number of the same form on a permit for Hong Kong, Macau and Taiwan.
    public var citizenNumber: CitizenNumber?

    /// The number of a foreigner's permit: 15 letters and digits.
    public var permitNumber: PersonalText?

    /// 姓名.
    public var name: PersonName?

    /// The name of a foreigner in Latin letters.
    public var latinName: PersonName?

    /// 性别; unknown also for every code that GB/T 2261.1 does not list.
    public var sex: Sex?

    /// 民族: two digits of GB/T 3304, or two others with a warning.
    public var ethnicityCode: String?

    /// The nationality of a foreigner: three letters of GB/T 2659.
    public var nationality: String?

    /// 出生日期.
    public var birthDate: CivilDate?

    /// 住址.
    public var address: PersonalText?

    /// 签发机关.
    public var authority: String?

    /// The first day of validity.
    public var validFrom: CivilDate?

    /// The end of validity.
    public var validTo: DocumentExpiry?

    /// The number of the pass to the mainland, up to 9 letters and digits.
    public var passNumber: PersonalText?

    /// 签发次数: how many times the document was issued, 0...99.
    public var issueCount: Int?

    /// The version of a foreigner's permit, up to two letters or digits.
    public var version: String?

    /// The code of the office that accepted a foreigner's application, up to four letters or digits.
    public var acceptingOffice: String?

    /// The text block of an unknown layout; nil for the known ones.
    public var textBlock: OpaqueBytes?

    /// What was missing, unreadable or contradictory, each once.
    public var warnings: [IdentityWarning] = []

    /// Makes a document without any value.
    ///
    /// - Parameters:
    ///   - kind: The layout.
    ///   - layoutMarker: The two bytes that name it.
    public init(kind: Kind, layoutMarker: UInt16 = 0) {
        self.kind = kind
        self.layoutMarker = layoutMarker
    }
}

extension IdentityDocument {
    /// The layout of a document.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// 居民身份证.
        case resident = "resident"
        /// 外国人永久居留身份证 of 2017, marked I.
        case foreign = "foreign"
        /// 港澳台居民居住证, marked J.
        case hongKongMacauTaiwan = "hmt"
        /// A layout whose fields are not published, such as that of the foreigners' permit of 2023, marked Y.
        case unknown = "unknown"

        /// The layout that a marker names.
        ///
        /// - Parameter marker: The two bytes at offset 248, low byte first.
        init(marker: UInt16) {
            switch marker {
            case 0x00, 0x20: self = .resident
            case 0x49: self = .foreign
            case 0x4A: self = .hongKongMacauTaiwan
            default: self = .unknown
            }
        }
    }

    /// Decodes a text block.
    ///
    /// - Parameter text: ``textByteCount`` bytes; the result is nil for another count.
    public init?(text: some Collection<UInt8>) {
        guard text.count == Self.textByteCount else { return nil }
        var decoder = IdentityDecoder(Array(text))
        self = decoder.decode()
    }
}

extension IdentityDocument: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Kind and number of warnings, nothing that leads to a person.
    public var description: String {
        "identity document of kind \(kind.rawValue) (redacted, \(warnings.count) warnings)"
    }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
