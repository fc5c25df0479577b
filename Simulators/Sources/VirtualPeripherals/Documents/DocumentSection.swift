import CivilIdentity
package import YAMLFiles

/// Decodes the description of a document, as it stands in a file of its own or in a section `document`.
package enum DocumentSection: Sendable {
    /// Decodes one file.
    ///
    /// - Parameters:
    ///   - text: content of the file.
    ///   - file: its path, for messages.
    /// - Returns: the document.
    /// - Throws: ``YAMLMistakes`` with every mistake and its line.
    package static func decode(_ text: String, file: String) throws(YAMLMistakes) -> VirtualDocument {
        try YAMLFile.decode(text, file: file) { top in
            if top.boolean("simulated") == false {
                top.note("expected true: the simulator knows synthetic people only", at: "simulated")
            }
            return top.mapping("document").flatMap(decode)
        }
    }

    /// Decodes a section.
    ///
    /// - Parameter section: the mapping.
    /// - Returns: nil when it has mistakes, which are noted.
    package static func decode(_ section: YAMLMapping) -> VirtualDocument? {
        let kind = section.choice("kind", of: VirtualDocument.Kind.self)
        let name = section.string("name", lengthMax: 15)
        let sex = section.choice("sex", of: Sex.self)
        let birthDate = section.value("birthDate", expected: "a date YYYY-MM-DD", parse: CivilDate.init(iso:))
        let number = section.string("number", lengthMax: 18)
        let validFrom = section.value("validFrom", expected: "a date YYYY-MM-DD", parse: CivilDate.init(iso:))
        let validTo = validTo(section)
        let isNumberWrong = section.boolean("numberIsWrong", default: false)
        let extras = extras(section)
        guard let kind, let name, let sex, let birthDate, let number, let validFrom, let validTo else { return nil }
        if kind == .resident || kind == .hmt, (try? CitizenNumber(number)) == nil, !isNumberWrong {
            section.note(
                "the check digit or the birth date is wrong; say numberIsWrong: true if so meant",
                at: "number"
            )
        }
        do throws(PeripheralFailure) {
            return try VirtualDocument(
                kind: kind,
                name: name,
                sex: sex,
                birthDate: birthDate,
                number: number,
                validFrom: validFrom,
                validTo: validTo.date,
                configure: extras
            )
        } catch {
            section.note(error.description)
            return nil
        }
    }

    /// A date, or long-term.
    private struct Validity {
        let date: CivilDate?
    }

    private static func validTo(_ section: YAMLMapping) -> Validity? {
        section.value("validTo", expected: "a date YYYY-MM-DD, or long-term") { text in
            text == "long-term" ? Validity(date: nil) : Validity(date: try CivilDate(iso: text))
        }
    }

    /// What not every kind of document has.
    private static func extras(_ section: YAMLMapping) -> (inout VirtualDocument) -> Void {
        let ethnicity = section.optionalString("ethnicity", lengthMax: 2)
        let englishName = section.optionalString("englishName", lengthMax: 60)
        let address = section.optionalString("address", lengthMax: 35)
        let authority = section.optionalString("authority", lengthMax: 15)
        let nationality = section.optionalString("nationality", lengthMax: 3)
        let passNumber = section.optionalString("passNumber", lengthMax: 9)
        let issueCount = section.optionalString("issueCount", lengthMax: 2)
        let newAddresses = section.strings(
            "newAddresses",
            default: [],
            count: 0...VirtualDocument.newAddressesMax
        )
        let hasFingerprint = section.boolean("fingerprint", default: false)
        return { document in
            document.ethnicity = ethnicity ?? document.ethnicity
            document.englishName = englishName ?? ""
            document.address = address ?? ""
            document.authority = authority ?? ""
            document.nationality = nationality ?? ""
            document.passNumber = passNumber ?? ""
            document.issueCount = issueCount ?? ""
            document.newAddresses = newAddresses
            document.hasFingerprint = hasFingerprint
        }
    }
}
