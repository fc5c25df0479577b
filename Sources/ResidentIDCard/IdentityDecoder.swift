import CivilIdentity

/// Makes values and warnings out of a text block.
struct IdentityDecoder {
    /// Where the marker of the layout stands.
    private static let markerOffset = 248
    /// What stands instead of a last day (PROTOCOLS.md 2.5).
    private static let longTerm = "长期"
    /// The divisions of Hong Kong, Macau and Taiwan in a number.
    private static let permitRegions = ["810000", "820000", "830000"]

    private let text: [UInt8]
    private var document: IdentityDocument

    /// - Parameter text: 256 bytes.
    init(_ text: [UInt8]) {
        self.text = text
        let marker = UInt16(text[Self.markerOffset]) | UInt16(text[Self.markerOffset + 1]) << 8
        document = IdentityDocument(kind: IdentityDocument.Kind(marker: marker), layoutMarker: marker)
    }

    /// Decodes every field that the layout has.
    mutating func decode() -> IdentityDocument {
        guard document.kind != .unknown else {
            document.textBlock = OpaqueBytes(text)
            warn(.layoutUnknown)
            return document
        }
        document.name = value(.name) { try? PersonName($0) }
        document.latinName = value(.latinName) { try? PersonName($0) }
        decodeNumber()
        document.sex = decodeSex()
        document.ethnicityCode = value(.ethnicity) { Self.digits($0, count: 2...2) }
        document.nationality = value(.nationality) { Self.letters($0, count: 3) }
        document.birthDate = value(.birthDate, Self.date)
        document.address = value(.address) { PersonalText($0) }
        document.authority = value(.authority) { $0 }
        document.validFrom = value(.validFrom, Self.date)
        document.validTo = value(.validTo) { text in
            text == Self.longTerm ? .longTerm : Self.date(text).map { .day($0) }
        }
        document.passNumber = value(.passNumber) { Self.alphanumerics($0).map { PersonalText($0) } }
        document.issueCount = value(.issueCount) { Self.digits($0, count: 1...2).flatMap { Int($0) } }
        document.version = value(.version, Self.alphanumerics)
        document.acceptingOffice = value(.acceptingOffice, Self.alphanumerics)
        compare()
        return document
    }

    private mutating func warn(_ warning: IdentityWarning) {
        guard !document.warnings.contains(warning) else { return }
        document.warnings.append(warning)
    }

    /// The text of a field; nil with a warning if it is missing or unreadable, without one if the layout lacks it.
    private mutating func present(_ field: IdentityField) -> String? {
        guard let range = field.range(in: document.kind) else { return nil }
        switch FieldText(text[range]) {
        case .text(let text): return text
        case .unreadable: warn(.unreadable(field))
        case .blank: if !field.isOptional(in: document.kind) { warn(.missing(field)) }
        }
        return nil
    }

    /// The value of a field; nil with a warning if its text is no value.
    private mutating func value<Value>(_ field: IdentityField, _ body: (String) -> Value?) -> Value? {
        guard let text = present(field) else { return nil }
        guard let value = body(text) else {
            warn(.unreadable(field))
            return nil
        }
        return value
    }

    private mutating func decodeNumber() {
        guard document.kind != .foreign else {
            document.permitNumber = value(.number) { text in
                text.utf8.count == 15 ? Self.alphanumerics(text).map { PersonalText($0) } : nil
            }
            return
        }
        guard let text = present(.number) else { return }
        // The legacy form of 15 digits never stands on a document with a chip.
        guard text.utf8.count == CitizenNumber.length else { return warn(.unreadable(.number)) }
        do throws(CivilIdentityError) {
            document.citizenNumber = try CitizenNumber(text)
        } catch {
            switch error.code {
            case .numberCheckDigit: warn(.numberCheckDigit)
            case .numberBirthDate: warn(.numberBirthDate)
            case .numberSequence: warn(.numberSequence)
            default: warn(.unreadable(.number))
            }
        }
    }

    private mutating func decodeSex() -> Sex? {
        guard let text = present(.sex) else { return nil }
        guard ["0", "1", "2", "9"].contains(text) else {
            warn(.unreadable(.sex))
            return .unknown
        }
        return Sex(code: text)
    }

    /// Holds the values against each other and against the standards.
    private mutating func compare() {
        if let code = document.ethnicityCode, Ethnicity(code: code) == nil { warn(.ethnicityUnknown) }
        if let from = document.validFrom, case .day(let to) = document.validTo, to < from { warn(.validityReversed) }
        guard let number = document.citizenNumber else { return }
        if document.kind == .hongKongMacauTaiwan, !Self.permitRegions.contains(number.division.rawValue) {
            warn(.numberRegion)
        }
        if let birthDate = document.birthDate, birthDate != number.birthDate { warn(.birthDateDiffers) }
        if let sex = document.sex, sex == .male || sex == .female, sex != number.sex { warn(.sexDiffers) }
    }
}

extension IdentityDecoder {
    private static func date(_ text: String) -> CivilDate? { try? CivilDate(ascii: Array(text.utf8)) }

    private static func digits(_ text: String, count: ClosedRange<Int>) -> String? {
        count.contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? text : nil
    }

    private static func letters(_ text: String, count: Int) -> String? {
        text.utf8.count == count && text.utf8.allSatisfy { (0x41...0x5A).contains($0) } ? text : nil
    }

    private static func alphanumerics(_ text: String) -> String? {
        let isAlphanumeric = { (byte: UInt8) in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }
        return text.utf8.allSatisfy(isAlphanumeric) ? text : nil
    }
}
