import CivilIdentity
import SmartCard
import SocialCard
import Testing

/// Oddities of cards in the field.
@Suite
struct SocialCardFieldTests {
    @Test(arguments: [[[0, 0]], [[2, 0]], [[2, 2]]] as [[[UInt8]]])
    func takesEachFormOfSelectionAndKeepsTheOneThatWorked(_ forms: [[UInt8]]) throws {
        let card = Samples.secondGeneration()
        card.selectionForms = forms
        #expect(try SocialCard.read(card).warnings == [])
        let selections = card.commands.filter { $0[1] == 0xA4 && $0[2] != 0x04 }
        let refused = [[0, 0], [2, 0], [2, 2]].firstIndex(of: forms[0].map(Int.init)) ?? 0
        #expect(selections.count == refused + 2)
    }

    @Test
    func byteOrientedCardsAreRead() throws {
        let card = Samples.secondGeneration()
        card.isByteOriented = true
        let data = try SocialCard.read(card)
        #expect(data.warnings == [])
        #expect(data.holder?.name?.revealed == "张三")
    }

    @Test(arguments: [CardGeneration.first, .second])
    func cardsThatDoNotKnowTagsAreReadByNumber(_ generation: CardGeneration) throws {
        let card = generation == .first ? Samples.firstGeneration() : Samples.secondGeneration()
        card.knowsTags = false
        let data = try SocialCard.read(card)
        #expect(data.generation == generation)
        #expect(data.holder?.citizenNumber?.rawValue == Samples.citizenNumber)
        #expect(data.holder?.birthDate?.iso == "1940-03-15")
        #expect(data.warnings == [])
    }

    @Test(arguments: [false, true])
    func recordNumbersAreTakenByTagWhateverTheVersionSays(_ isByteOriented: Bool) throws {
        // The order of the second generation under the label of the first, and the other way round.
        let extended = CardDouble(issuer: Samples.issuerOfFirstGeneration, holder: Samples.holderOfSecondGeneration)
        let plain = CardDouble(issuer: Samples.issuerOfSecondGeneration, holder: Samples.holderOfFirstGeneration)
        for card in [extended, plain] {
            card.knowsTags = false
            card.isByteOriented = isByteOriented
            let data = try SocialCard.read(card)
            #expect(data.holder?.sex == .male)
            #expect(data.holder?.birthDate?.iso == "1940-03-15")
        }
    }

    @Test
    func cardsThatKnowTagsOnlyAreReadWithoutTheirFirstRecord() throws {
        let card = Samples.secondGeneration(tag: 0x08, nil)
        card.knowsNumbers = false
        let data = try SocialCard.read(card)
        #expect(data.holder?.name?.revealed == "张三")
        #expect(data.warnings.map(\.rawValue) == ["warning.record-missing.citizen-number"])
    }

    @Test
    func cardsThatRefuseOtherLengthsAreAskedForAll() throws {
        let card = Samples.secondGeneration(tag: 0x09, hex("09 04", "D5C5C8FD"))
        card.refusesOtherLengths = true
        #expect(try SocialCard.read(card).holder?.name?.revealed == "张三")
    }

    @Test
    func recordsThatEndBeforeTheWantedLengthAreRead() throws {
        let card = Samples.secondGeneration(tag: 0x09, hex("09 04", "D5C5C8FD"))
        card.saysEndOfFile = true
        let data = try SocialCard.read(card)
        #expect(data.holder?.name?.revealed == "张三")
        #expect(data.warnings == [])
    }

    @Test
    func theFirstOfTwoRecordsWithOneTagCounts() throws {
        let card = Samples.secondGeneration()
        card.knowsTags = false
        card.holder = Samples.replacing(card.holder, 3, hex("09 04", "C0EECBC4"))
        #expect(try SocialCard.read(card).holder?.name?.revealed == "张三")
    }

    @Test
    func recordsLongerThanSpecifiedAreReadWhole() throws {
        let name = hex("09 28", "D5C5C8FD") + Array(repeating: UInt8(0), count: 36)
        let data = try SocialCard.read(Samples.secondGeneration(tag: 0x09, name))
        #expect(data.holder?.name?.revealed == "张三")
        #expect(data.warnings == [])
    }

    @Test
    func recordsWithFillingBehindThemAreRead() throws {
        let sex = hex("0A 01", "32", "FFFFFFFF")
        #expect(try SocialCard.read(Samples.secondGeneration(tag: 0x0A, sex)).holder?.sex == .female)
    }

    @Test(
        arguments: [
            ("312E3030", .first, "1.00", []),
            ("322E3030", .second, "2.00", []),
            ("322E3000", .second, "2.0", []),
            ("332E3030", .third, "3.00", ["warning.generation-3-holder-needs-authentication"]),
            (
                "342E3030", .third, "4.00",
                ["warning.generation-unknown", "warning.generation-3-holder-needs-authentication"]
            ),
            ("002E3030", .second, nil, ["warning.spec-version-unreadable"]),
            ("00000000", .second, nil, ["warning.record-empty.spec-version"]),
            ("582E3030", .second, "X.00", ["warning.spec-version-unreadable"]),
        ] as [(String, CardGeneration, String?, [String])]
    )
    func firstByteOfTheVersionTellsTheGeneration(
        _ version: String,
        _ generation: CardGeneration,
        _ text: String?,
        _ warnings: [String]
    ) throws {
        let data = try SocialCard.read(Samples.secondGeneration(tag: 0x03, hex("03 04", version)))
        #expect(data.generation == generation)
        #expect(data.specVersion == text)
        #expect(data.warnings.map(\.rawValue) == warnings)
        #expect((data.holder == nil) == (generation == .third))
    }

    @Test
    func aCardWithoutVersionCountsAsOneOfTheSecondGeneration() throws {
        let data = try SocialCard.read(Samples.secondGeneration(tag: 0x03, nil))
        #expect(data.generation == .second)
        #expect(data.warnings.map(\.rawValue) == ["warning.record-missing.spec-version"])
    }

    @Test(
        arguments: [
            ("A5 03 88011E", .tripleDES, []),
            ("A5 09 88011E 9F0C 03 860101", .tripleDES, []),
            ("A5 09 88011E 9F0C 03 860102", .ssf33, []),
            ("A5 09 88011E 9F0C 03 860103", .sm4, []),
            ("A5 09 88011E 9F0C 03 860177", .other(0x77), []),
            ("A5 09 88011E 9F0C 03 870103", .tripleDES, ["warning.selection-answer-unreadable"]),
            ("A5 09 88011E 9F0C 03 8602", .tripleDES, ["warning.selection-answer-unreadable"]),
        ] as [(String, CardAlgorithm, [String])]
    )
    func selectionTellsTheAlgorithm(_ proprietary: String, _ algorithm: CardAlgorithm, _ warnings: [String]) throws {
        let card = Samples.secondGeneration()
        card.fileControlInformation = hex("6F") + [UInt8(hex(proprietary).count)] + hex(proprietary)
        let data = try SocialCard.read(card)
        #expect(data.algorithm == algorithm)
        #expect(data.warnings.map(\.rawValue) == warnings)
    }

    @Test
    func selectionMayAnswerWithoutInformation() throws {
        let card = Samples.secondGeneration()
        card.fileControlInformation = []
        #expect(try SocialCard.read(card).warnings == [])
    }

    @Test
    func anUnpersonalisedCardHasAHolderWithoutValues() throws {
        let card = Samples.secondGeneration()
        card.holder = card.holder.map { record in
            record.map { $0[..<2] + Array(repeating: 0xFF, count: $0.count - 2) }
        }
        let data = try SocialCard.read(card)
        #expect(data.holder == CardHolder())
        #expect(
            data.warnings.map(\.rawValue) == [
                "warning.record-empty.citizen-number", "warning.record-empty.name", "warning.record-empty.sex",
                "warning.record-empty.ethnicity", "warning.record-empty.birthplace", "warning.record-empty.birth-date",
            ]
        )
    }

    @Test
    func aHoldersFileWithoutRecordsGivesWarnings() throws {
        let card = Samples.firstGeneration()
        card.holder = []
        let data = try SocialCard.read(card)
        #expect(data.holder == CardHolder())
        #expect(data.warnings.count == 6)
        #expect(data.warnings.allSatisfy { $0.rawValue.hasPrefix("warning.record-missing.") })
    }
}
