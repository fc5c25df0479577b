import SmartCard
package import VirtualCard

/// A card for tests: a synthetic person, generation 2, three tries, PIN 246813.
package enum SampleCard: Sendable {
    /// The PIN, packed.
    package static let packedPIN: [UInt8] = [0x24, 0x68, 0x13]
    /// SELECT of the social-security environment.
    package static let selectEnvironment: [UInt8] = [
        0x00, 0xA4, 0x04, 0x00, 0x0F,
        0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9, 0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF,
    ]

    /// What is written on it.
    package static func image(
        application: CardApplication = .socialSecurity,
        generation: Int = 2,
        cipher: CardCipher? = nil,
        name: String = "贾样例",
        tries: Int = 3,
        style: AnswerStyle = .getResponse,
        quirks: Set<CardQuirk> = [],
        answerToReset: [UInt8]? = nil,
        payment: PaymentImage? = nil
    ) -> CardImage {
        CardImage(
            application: application,
            generation: generation,
            specVersion: "\(generation).00",
            cipher: cipher,
            identificationCode: [0x44, 0x07, 0x03, 0xD1, 0x56, 0, 0, 5, 0, 0x01, 0x02, 0x03, 0xA1, 0xA2, 0xA3, 0xA4],
            cardClass: "3",
            organisation: [0x91, 0x56, 0, 0, 2, 0x44, 0x07, 3, 0, 0, 0, 1],
            issuedOn: "20200601",
            expiresOn: "20400531",
            cardNumber: "JMT000001",
            holder: HolderImage(
                citizenNumber: "999999194811090027",
                name: name,
                sexCode: "2",
                ethnicityCode: "01",
                birthplace: "440703",
                birthDate: "19481109"
            ),
            pin: "246813",
            tries: tries,
            triesMaximum: 3,
            answerStyle: style,
            quirks: quirks,
            answerToReset: answerToReset,
            payment: payment
        )
    }

    /// A card under power, with nothing selected.
    package static func card(_ image: CardImage = image()) -> VirtualCard {
        var card = VirtualCard(image: image, seed: 7)
        _ = card.reset(interface: .contact)
        return card
    }

    /// A card under power, with the environment selected.
    package static func selected(_ image: CardImage = image()) -> VirtualCard {
        var card = card(image)
        _ = card.respond(to: selectEnvironment)
        return card
    }
}
