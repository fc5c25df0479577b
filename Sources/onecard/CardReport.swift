import CivilIdentity
import Foundation
import HubProtocol
import SmartCard
import SocialCard

/// What `onecard read --json` prints.
struct CardReport: Encodable {
    /// The card's part.
    struct Card: Encodable {
        var generation: Int
        @Nullable var specVersion: String?
        @Nullable var identificationCode: String?
        @Nullable var regionCode: String?
        @Nullable var cardNumber: String?
        @Nullable var issuedOn: String?
        @Nullable var expiresOn: String?
    }

    /// The holder's part.
    struct Holder: Encodable {
        @Nullable var citizenNumber: String?
        @Nullable var name: String?
        @Nullable var sex: String?
        @Nullable var ethnicityCode: String?
        @Nullable var birthplaceCode: String?
        @Nullable var birthDate: String?
    }

    var reader: String
    @Nullable var atr: String?
    var card: Card
    @Nullable var holder: Holder?
    var warnings: [String]

    /// Makes the report; unless revealed, the name is its first character, the number its first three and last two
    /// characters, and every other fact about the person is null.
    init(reader: ReaderName, answerToReset: AnswerToReset?, data: SocialCardData, reveal: Bool) {
        self.reader = reader.rawValue
        atr = reveal ? answerToReset.map { Hex.text($0.bytes) } : nil
        card = Card(
            generation: data.generation.rawValue,
            specVersion: data.specVersion,
            identificationCode: reveal ? data.identificationCode?.hex : nil,
            regionCode: data.identificationCode?.regionCode?.rawValue,
            cardNumber: reveal ? data.cardNumber : nil,
            issuedOn: data.issuedOn?.iso,
            expiresOn: data.expiresOn?.iso
        )
        holder = data.holder.map { holder in
            Holder(
                citizenNumber: reveal ? holder.citizenNumber?.rawValue : holder.citizenNumber?.masked,
                name: reveal ? holder.name?.revealed : holder.name?.masked,
                sex: reveal ? holder.sex?.rawValue : nil,
                ethnicityCode: reveal ? holder.ethnicityCode : nil,
                birthplaceCode: reveal ? holder.birthplace?.rawValue : nil,
                birthDate: reveal ? holder.birthDate?.iso : nil
            )
        }
        warnings = data.warnings.map(\.rawValue)
    }

    /// The report for people, a fact a line.
    var lines: [String] {
        var lines = ["reader          \(reader)", "generation      \(card.generation)"]
        func add(_ name: String, _ value: String?) {
            guard let value else { return }
            lines.append(name.padding(toLength: 16, withPad: " ", startingAt: 0) + value)
        }
        add("specification", card.specVersion)
        add("region", card.regionCode)
        add("identification", card.identificationCode)
        add("card number", card.cardNumber)
        add("issued", card.issuedOn)
        add("expires", card.expiresOn)
        add("name", holder?.name)
        add("citizen number", holder?.citizenNumber)
        add("sex", holder?.sex)
        add("birth date", holder?.birthDate)
        add("ATR", atr)
        for warning in warnings { add("warning", warning) }
        return lines
    }
}
