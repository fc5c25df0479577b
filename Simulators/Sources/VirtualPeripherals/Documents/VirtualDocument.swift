package import CivilIdentity

/// A synthetic identity document, as an ID reader gives it (PROTOCOLS.md 2.5).
///
/// Only people who cannot exist: numbers of residents begin with 999999, those of Hong Kong, Macau and Taiwan have a
/// birth year before 1900, those of foreigners begin with SIM.
package struct VirtualDocument: Hashable, Sendable {
    /// Which layout the text has.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Resident identity card (GA/T 490).
        case resident
        /// Foreign permanent resident card of 2017, marker I.
        case foreign
        /// Residence permit for Hong Kong, Macau and Taiwan residents, marker J.
        case hmt
        /// A layout that nobody has described, marker Y.
        case unlisted
    }

    /// Which layout the text has.
    package var kind: Kind
    /// Chinese name, at most 15 characters.
    package var name: String
    /// Foreign documents have it beside the Chinese name.
    package var englishName = ""
    /// As the document says; need not fit the number.
    package var sex: Sex
    /// Two digits; only on resident cards.
    package var ethnicity = "01"
    /// As the document says; need not fit the number.
    package var birthDate: CivilDate
    /// At most 35 characters.
    package var address = ""
    /// The number of the document, which is the person's.
    package var number: String
    /// Who issued it, at most 15 characters.
    package var authority = ""
    /// First day of validity.
    package var validFrom: CivilDate
    /// Nil means long-term.
    package var validTo: CivilDate?
    /// Three letters of GB/T 2659; only on foreign documents.
    package var nationality = ""
    /// Nine characters; only on documents for Hong Kong, Macau and Taiwan.
    package var passNumber = ""
    /// How often it was issued, two digits; as above.
    package var issueCount = ""
    /// Addresses that were written later, the newest first.
    package var newAddresses: [String] = []
    /// Whether fingerprints stand in it.
    package var hasFingerprint = false

    /// Addresses that fit the appended part.
    package static let newAddressesMax = 4
    /// Bytes of each of them.
    package static let newAddressBytes = 70

    /// Makes a document.
    ///
    /// - Parameters:
    ///   - kind: which layout it has.
    ///   - name: Chinese name.
    ///   - sex: as the document says.
    ///   - birthDate: as the document says.
    ///   - number: of a person who cannot exist.
    ///   - validFrom: first day of validity.
    ///   - validTo: last day; nil means long-term.
    ///   - configure: sets what not every kind has, before the whole is checked.
    /// - Throws: ``PeripheralFailure`` when a text does not fit its field or the number could be a real person's.
    package init(
        kind: Kind,
        name: String,
        sex: Sex,
        birthDate: CivilDate,
        number: String,
        validFrom: CivilDate,
        validTo: CivilDate?,
        configure: (inout VirtualDocument) -> Void = { _ in }
    ) throws(PeripheralFailure) {
        self.kind = kind
        self.name = name
        self.sex = sex
        self.birthDate = birthDate
        self.number = number
        self.validFrom = validFrom
        self.validTo = validTo
        configure(&self)
        guard Self.isSynthetic(self.number, kind: self.kind) else {
            throw PeripheralFailure(Self.numberRule(self.kind))
        }
        if let field = fields.first(where: { $0.text.utf16.count * 2 > $0.bytes }) {
            throw PeripheralFailure("a text is longer than \(field.bytes / 2) characters, the room of its field")
        }
        let fits = newAddresses.allSatisfy { $0.utf16.count * 2 <= Self.newAddressBytes }
        guard newAddresses.count <= Self.newAddressesMax, fits else {
            throw PeripheralFailure("a document has up to four new addresses of 35 characters")
        }
    }

    /// What a number of a kind must look like.
    ///
    /// - Parameter kind: of the document.
    /// - Returns: a sentence for messages.
    package static func numberRule(_ kind: Kind) -> String {
        switch kind {
        case .resident, .unlisted: "a number has 18 characters and begins with 999999"
        case .hmt: "a number begins with 810000, 820000 or 830000 and has a birth year before 1900"
        case .foreign: "a number has 15 characters and begins with SIM"
        }
    }

    private static func isSynthetic(_ number: String, kind: Kind) -> Bool {
        let digits = number.utf8.dropLast().allSatisfy { (0x30...0x39).contains($0) }
        switch kind {
        case .resident, .unlisted:
            return number.utf8.count == 18 && digits && number.hasPrefix("999999")
        case .hmt:
            let isRegion = ["810000", "820000", "830000"].contains { number.hasPrefix($0) }
            return number.utf8.count == 18 && digits && isRegion && number.dropFirst(6).hasPrefix("18")
        case .foreign:
            return number.utf8.count == 15 && number.hasPrefix("SIM")
                && number.utf8.dropFirst(3).allSatisfy { (0x30...0x39).contains($0) }
        }
    }
}
