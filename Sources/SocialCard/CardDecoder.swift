import CivilIdentity
import SmartCard

/// Makes values and warnings out of the records of a card.
struct CardDecoder {
    /// What is known so far.
    ///
    /// A card without a readable spec version counts as one of the second generation.
    private(set) var card = SocialCardData(generation: .second)

    init() {}

    /// Goes on where an earlier decoder ended.
    init(_ card: SocialCardData) {
        self.card = card
    }

    /// Takes the answer to the selection of the application: tag 86 in 9F0C is the algorithm environment (PROTOCOLS.md
    /// 1.1).
    mutating func decodeSelection(_ answer: [UInt8]) {
        do {
            let elements = try BERTLV.parse(answer)
            guard let announcement = elements.lazy.compactMap({ $0.first(0x9F0C)?.value }).first else { return }
            guard let value = try BERTLV.parse(announcement).first(where: { $0.tag == 0x86 })?.value, value.count == 1
            else {
                return warn(.selectionAnswerUnreadable)
            }
            card.algorithm = CardAlgorithm(environment: value[0])
        } catch {
            warn(.selectionAnswerUnreadable)
        }
    }

    /// Takes the records of EF05 (PROTOCOLS.md 1.4).
    mutating func decodeIssuer(_ values: [CardItem: [UInt8]]) {
        card.identificationCode = decode(.identificationCode, values) { IdentificationCode(bytes: $0) }
        if let code = card.identificationCode, code.regionCode == nil { warn(.regionUnreadable) }
        card.cardClass = decode(.cardClass, values) { $0.count == 1 ? RecordValue.asciiText($0[...]) : nil }
        decodeGeneration(values)
        card.initialisationOrganisation = decode(.initialisationOrganisation, values) { $0 }
        card.issuedOn = decode(.issueDate, values) { try? CivilDate(bcd: $0) }
        card.expiresOn = decode(.expiryDate, values) { try? CivilDate(bcd: $0) }
        // Only the first 9 bytes are meaningful on cards with longer records.
        card.cardNumber = decode(.cardNumber, values) { RecordValue.asciiAlphanumerics($0.prefix(9)) }
    }

    /// Takes the records of EF06 (PROTOCOLS.md 1.5).
    ///
    /// - Parameters:
    ///   - values: The records.
    ///   - items: The records that the generation should have.
    mutating func decodeHolder(_ values: [CardItem: [UInt8]], items: [CardItem]) {
        var holder = CardHolder()
        holder.citizenNumber = decodeCitizenNumber(values)
        holder.name = decodeName(values, hasExtension: items.contains(.nameExtension))
        holder.sex = decodeSex(values)
        holder.ethnicityCode = decode(.ethnicity, values) {
            guard $0.count == 1, let digits = RecordValue.decimalDigits($0), digits.utf8.count == 2 else { return nil }
            return digits
        }
        holder.birthplace = decode(.birthplace, values) {
            guard let digits = RecordValue.decimalDigits($0) else { return nil }
            return try? DivisionCode(digits)
        }
        holder.birthDate = decode(.birthDate, values) { try? CivilDate(bcd: $0) }
        card.holder = holder
    }

    /// Says that the holder's file of this card is closed.
    mutating func refuseHolder() {
        card.holder = nil
        warn(.holderNeedsAuthentication)
    }
}

extension CardDecoder {
    private mutating func warn(_ warning: CardWarning) {
        guard !card.warnings.contains(warning) else { return }
        card.warnings.append(warning)
    }

    /// The value of a record; nil with a warning if it is missing, filling or unreadable.
    private mutating func decode<Value>(
        _ item: CardItem,
        _ values: [CardItem: [UInt8]],
        _ body: ([UInt8]) -> Value?
    ) -> Value? {
        guard let bytes = present(item, values) else { return nil }
        guard let value = body(bytes) else {
            warn(.unreadable(item))
            return nil
        }
        return value
    }

    private mutating func present(_ item: CardItem, _ values: [CardItem: [UInt8]]) -> [UInt8]? {
        guard let bytes = values[item] else {
            warn(.missing(item))
            return nil
        }
        guard !RecordValue.isFilling(bytes) else {
            warn(.empty(item))
            return nil
        }
        return bytes
    }

    /// The first byte tells the generation: '1', '2' or zero, '3' (PROTOCOLS.md 1.4).
    private mutating func decodeGeneration(_ values: [CardItem: [UInt8]]) {
        guard let bytes = present(.specVersion, values), let first = bytes.first else { return }
        card.specVersion = RecordValue.asciiText(bytes[...])
        switch first {
        case 0x31: card.generation = .first
        case 0x32, 0x00: card.generation = .second
        case 0x33: card.generation = .third
        case 0x34...0x39:
            card.generation = .third
            warn(.generationUnknown)
        default: break
        }
        let isVersion = first == 0x00 || (0x31...0x39).contains(first)
        if card.specVersion == nil || !isVersion { warn(.unreadable(.specVersion)) }
    }

    private mutating func decodeCitizenNumber(_ values: [CardItem: [UInt8]]) -> CitizenNumber? {
        guard let bytes = present(.citizenNumber, values) else { return nil }
        do {
            return try CitizenNumber(ascii: RecordValue.trimmed(bytes[...]))
        } catch {
            switch error.code {
            case .numberCheckDigit: warn(.numberCheckDigit)
            case .numberBirthDate: warn(.numberBirthDate)
            case .numberSequence: warn(.numberSequence)
            default: warn(.unreadable(.citizenNumber))
            }
            return nil
        }
    }

    /// Joins name and extension as bytes, since a card can cut in the middle of a character.
    private mutating func decodeName(_ values: [CardItem: [UInt8]], hasExtension: Bool) -> PersonName? {
        if hasExtension, values[.nameExtension] == nil { warn(.missing(.nameExtension)) }
        return decode(.name, values) { try? PersonName(base: $0, extension: values[.nameExtension]) }
    }

    private mutating func decodeSex(_ values: [CardItem: [UInt8]]) -> Sex? {
        guard let bytes = present(.sex, values) else { return nil }
        guard bytes.count == 1, [0x30, 0x31, 0x32, 0x39].contains(bytes[0]) else {
            warn(.unreadable(.sex))
            return .unknown
        }
        return Sex(ascii: bytes[0])
    }
}
