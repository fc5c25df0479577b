import CivilIdentity
import VirtualCard
import YAMLFiles

/// The section `card` of a card file.
struct CardSection {
    var image: CardImage

    static func decode(_ section: YAMLMapping) -> CardSection? {
        let quirks = Set(
            section.strings("quirks", default: [], oneOf: CardQuirk.allCases.map(\.rawValue))
                .compactMap(CardQuirk.init(rawValue:))
        )
        let application = section.choice("application", default: CardApplication.socialSecurity)
        let generation = section.integer("generation", in: 1...3)
        let specVersion = section.string("specVersion", lengthMax: 4)
        let cipher = section.optionalString("cipher", oneOf: CardCipher.allCases.map(\.rawValue))
        let code = section.value("identificationCode", expected: "16 bytes in hex") {
            bytes($0, count: CardImage.identificationCodeLength)
        }
        let cardClass = section.string("cardClass", lengthMax: 1)
        let organisation = section.value("organisation", expected: "12 bytes in hex") {
            bytes($0, count: CardImage.organisationLength)
        }
        let issuedOn = section.value("issuedOn", expected: "a date YYYY-MM-DD", parse: CivilDate.init(iso:))
        let expiresOn = section.value("expiresOn", expected: "a date YYYY-MM-DD", parse: CivilDate.init(iso:))
        let cardNumber = section.value("cardNumber", expected: "up to 9 letters and digits") {
            $0.utf8.count <= 9 && $0.utf8.allSatisfy(isAlphanumeric) ? $0 : nil
        }
        let holder = section.mapping("holder").flatMap(holderImage)
        let pin = section.value("pin", expected: "4 to 16 digits") { pin in
            CardImage.pinLengths.contains(pin.utf8.count) && pin.utf8.allSatisfy(isDigit) ? pin : nil
        }
        let triesMaximum = section.integer("triesMaximum", in: 1...15, default: 3)
        let tries = section.integer("tries", in: 0...15, default: triesMaximum)
        if tries > triesMaximum {
            section.note("expected at most triesMaximum", at: "tries")
        }
        let style = section.choice("answerStyle", default: AnswerStyle.getResponse)
        let answerToReset = section.optionalValue("atr", expected: "2 to 33 bytes in hex") { text in
            bytes(text, count: text.utf8.count / 2).flatMap { (2...33).contains($0.count) ? $0 : nil }
        }
        let payment = section.optionalMapping("payment").flatMap(PaymentSection.decode)
        guard let generation, let specVersion, let code, let cardClass, let organisation, let issuedOn,
            let expiresOn, let cardNumber, let holder, let pin
        else { return nil }
        return CardSection(
            image: CardImage(
                application: application,
                generation: generation,
                specVersion: specVersion,
                cipher: cipher.flatMap(CardCipher.init(rawValue:)),
                identificationCode: code,
                cardClass: cardClass,
                organisation: organisation,
                issuedOn: digits(issuedOn),
                expiresOn: digits(expiresOn),
                cardNumber: cardNumber,
                holder: holder,
                pin: pin,
                tries: tries,
                triesMaximum: triesMaximum,
                answerStyle: style,
                quirks: quirks,
                answerToReset: answerToReset,
                payment: payment
            )
        )
    }

    private static func holderImage(_ section: YAMLMapping) -> HolderImage? {
        let number = section.value(
            "citizenNumber",
            expected: "a synthetic number of 18 characters that begins with 999999"
        ) { text in
            text.utf8.count == 18 && text.hasPrefix("999999") && text.utf8.dropLast().allSatisfy(isDigit) ? text : nil
        }
        let isNumberWrong = section.boolean("citizenNumberIsWrong", default: false)
        if let number, (try? CitizenNumber(number)) == nil, !isNumberWrong {
            section.note("the check digit or the birth date is wrong; say citizenNumberIsWrong: true if so meant")
        }
        let name = section.value("name", expected: "a name of at most 50 bytes in GB 18030") { text in
            try GB18030.encode(text).count <= PersonName.cardBytesMax ? text : nil
        }
        let sex = section.choice("sex", of: Sex.self)
        let ethnicity = section.value("ethnicity", expected: "two digits") { digits($0, count: 2) }
        let birthplace = section.value("birthplace", expected: "six digits") { digits($0, count: 6) }
        let birthDate = section.value("birthDate", expected: "a date YYYY-MM-DD", parse: CivilDate.init(iso:))
        guard let number, let name, let sex, let ethnicity, let birthplace, let birthDate else { return nil }
        return HolderImage(
            citizenNumber: number,
            name: name,
            sexCode: String(sex.code),
            ethnicityCode: ethnicity,
            birthplace: birthplace,
            birthDate: digits(birthDate)
        )
    }

    // MARK: - Texts

    static func bytes(_ hex: String, count: Int) -> [UInt8]? {
        let characters = Array(hex.utf8)
        guard characters.count == 2 * count else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: characters.count, by: 2) {
            guard let high = nibble(characters[index]), let low = nibble(characters[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func nibble(_ character: UInt8) -> UInt8? {
        switch character {
        case 0x30...0x39: character - 0x30
        case 0x41...0x46: character - 0x41 + 10
        case 0x61...0x66: character - 0x61 + 10
        default: nil
        }
    }

    static func digits(_ date: CivilDate) -> String { String(date.iso.filter { $0 != "-" }) }

    static func digits(_ text: String, count: Int) -> String? {
        text.utf8.count == count && text.utf8.allSatisfy(isDigit) ? text : nil
    }

    static func isDigit(_ character: UInt8) -> Bool { (0x30...0x39).contains(character) }

    private static func isAlphanumeric(_ character: UInt8) -> Bool {
        isDigit(character) || (0x41...0x5A).contains(character)
    }
}
