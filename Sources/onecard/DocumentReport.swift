import CivilIdentity
import Foundation
import ResidentIDCard

/// What `onecard id read --json` prints.
struct DocumentReport: Encodable {
    /// The document's part.
    struct Document: Encodable {
        var kind: String
        @Nullable var number: String?
        @Nullable var name: String?
        @Nullable var sex: String?
        @Nullable var ethnicityCode: String?
        @Nullable var birthDate: String?
        @Nullable var address: String?
        @Nullable var authority: String?
        @Nullable var validFrom: String?
        @Nullable var validTo: String?
    }

    var device: String
    var samId: String
    var document: Document
    var photoBytes: Int
    var warnings: [String]

    /// Makes the report.
    ///
    /// Unless revealed, the name is its first character, the number its first three and last two characters, and every other
    /// fact about the person is null. Kind and validity stand: they are of the document.
    init(device: String, module: SAMIdentifier, reading: ResidentIDReading, reveal: Bool) {
        self.device = device
        samId = module.text
        let read = reading.document
        let name = read.name ?? read.latinName
        document = Document(
            kind: read.kind.rawValue,
            number: reveal
                ? read.citizenNumber?.rawValue ?? read.permitNumber?.revealed
                : read.citizenNumber?.masked ?? read.permitNumber.map { _ in "*" },
            name: reveal ? name?.revealed : name?.masked,
            sex: reveal ? read.sex?.rawValue : nil,
            ethnicityCode: reveal ? read.ethnicityCode : nil,
            birthDate: reveal ? read.birthDate?.iso : nil,
            address: reveal ? read.address?.revealed : nil,
            authority: reveal ? read.authority : nil,
            validFrom: read.validFrom?.iso,
            validTo: read.validTo?.description
        )
        photoBytes = reading.photo?.count ?? 0
        warnings = read.warnings.map(\.rawValue)
    }

    /// The report for people, a fact a line.
    var lines: [String] {
        var lines: [String] = []
        func add(_ name: String, _ value: String?) {
            guard let value else { return }
            lines.append(name.padding(toLength: 16, withPad: " ", startingAt: 0) + value)
        }
        add("reader", device)
        add("security module", samId)
        add("document", document.kind)
        add("number", document.number)
        add("name", document.name)
        add("sex", document.sex)
        add("ethnicity", document.ethnicityCode)
        add("birth date", document.birthDate)
        add("address", document.address)
        add("authority", document.authority)
        add("valid from", document.validFrom)
        add("valid to", document.validTo)
        add("photo", "\(photoBytes) bytes")
        for warning in warnings { add("warning", warning) }
        return lines
    }
}
