import CivilIdentity

extension VirtualDocument {
    /// A text and the room that it has.
    struct Field: Sendable {
        let text: String
        let bytes: Int

        init(_ text: String, _ bytes: Int) {
            self.text = text
            self.bytes = bytes
        }
    }

    /// The fields in their order; together 256 bytes (PROTOCOLS.md 2.5).
    var fields: [Field] {
        let sexCode = String(sex.code)
        let birth = Self.digits(birthDate)
        let from = Self.digits(validFrom)
        let to = validTo.map(Self.digits) ?? "长期"
        switch kind {
        case .resident:
            return [
                Field(name, 30), Field(sexCode, 2), Field(ethnicity, 4), Field(birth, 16), Field(address, 70),
                Field(number, 36), Field(authority, 30), Field(from, 16), Field(to, 16), Field("", 36),
            ]
        case .foreign:
            return [
                Field(englishName, 120), Field(sexCode, 2), Field(number, 30), Field(nationality, 6),
                Field(name, 30), Field(from, 16), Field(to, 16), Field(birth, 16), Field("01", 4),
                Field("1500", 8), Field("I", 2), Field("", 6),
            ]
        case .hmt:
            return [
                Field(name, 30), Field(sexCode, 2), Field("", 4), Field(birth, 16), Field(address, 70),
                Field(number, 36), Field(authority, 30), Field(from, 16), Field(to, 16), Field(passNumber, 18),
                Field(issueCount, 4), Field("", 6), Field("J", 2), Field("", 6),
            ]
        case .unlisted:
            return [Field("SIMULATED DOCUMENT OF AN UNKNOWN LAYOUT", 248), Field("Y", 2), Field("", 6)]
        }
    }

    /// The text block: UTF-16LE, each field filled with spaces.
    package var block: [UInt8] { fields.flatMap { Self.text($0.text, bytes: $0.bytes) } }

    /// The appended addresses; those that are missing are spaces.
    package var newAddressBlock: [UInt8] {
        (0..<Self.newAddressesMax).flatMap { index in
            Self.text(index < newAddresses.count ? newAddresses[index] : "", bytes: Self.newAddressBytes)
        }
    }

    /// Bytes in the place of a photo, which say what they are; the real format is not public.
    package static let photo = repeated("SIMULATED PHOTO OF NOBODY. ", count: 1_024)

    /// Bytes in the place of fingerprints.
    package var fingerprint: [UInt8] {
        hasFingerprint ? Self.repeated("SIMULATED FINGERPRINT. ", count: 1_024) : []
    }

    private static func repeated(_ text: String, count: Int) -> [UInt8] {
        let bytes = Array(text.utf8)
        return (0..<count).map { bytes[$0 % bytes.count] }
    }

    private static func text(_ text: String, bytes: Int) -> [UInt8] {
        let units = Array(text.utf16)
        return (0..<bytes / 2).flatMap { index -> [UInt8] in
            let unit = index < units.count ? units[index] : 0x20
            return [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
        }
    }

    private static func digits(_ date: CivilDate) -> String { String(date.iso.filter { $0 != "-" }) }
}
