import Benefits
import CivilIdentity
import HubProtocol
import SocialCard
import Testing

@testable import Station

@Suite struct IdentityCheckTests {
    @Test func aCardOfTheLedgerGivesL1AndWithItsPINL2() throws {
        let persona = try Persona()
        #expect(IdentityCheck.decide(persona.facts()).level == .l1)
        let withPIN = IdentityCheck.decide(persona.facts(pinAccepted: true))
        #expect(withPIN.level == .l2)
        #expect(withPIN.authentication == .none)
        #expect(withPIN.reasons.contains(.pinAccepted))
    }

    @Test(arguments: [
        (CardStatus.tempLost, IdentityCode.cardTempLost), (.formallyLost, .cardFormallyLost),
        (.cancelled, .cardCancelled), (.replaced, .cardReplaced), (.expired, .cardExpired), (.inactive, .cardInactive),
    ])
    func inv20ACardThatIsNotNormalGivesNoAccess(status: CardStatus, code: IdentityCode) throws {
        var persona = try Persona()
        persona.lookup.card?.status = status
        let decision = IdentityCheck.decide(persona.facts(pinAccepted: true))
        #expect(decision.refusal == code)
        #expect(decision.level == .l0)
    }

    @Test func aCloneWhoseIdentificationCodeTheLedgerDoesNotKnowIsRefusedWhateverItsPINSays() throws {
        var persona = try Persona()
        persona.lookup.card = nil
        #expect(IdentityCheck.decide(persona.facts(pinAccepted: true)).refusal == .cardNotInLedger)
    }

    @Test func allThreeNumbersMustBelongToOneCardOfTheLedger() throws {
        var otherPerson = try Persona()
        let other = otherPerson.pseudonyms.residentKey(try CitizenNumber("999999194811090027"))
        otherPerson.lookup.card?.residentKey = other
        #expect(IdentityCheck.decide(otherPerson.facts()).refusal == .cardMismatch)
        var otherNumber = try Persona()
        otherNumber.lookup.card?.cardNumberKey = [UInt8](repeating: 0, count: 16)
        #expect(IdentityCheck.decide(otherNumber.facts()).refusal == .cardMismatch)
        var otherBirthDate = try Persona()
        otherBirthDate.data.holder?.birthDate = try CivilDate(iso: "1941-03-15")
        #expect(IdentityCheck.decide(otherBirthDate.facts()).refusal == .cardMismatch)
    }

    @Test func aPersonWhomTheLedgerDoesNotKnowIsSentOn() throws {
        var persona = try Persona()
        persona.lookup = LedgerLookup(card: nil, residentKnown: false, cardsOfResident: [], view: nil)
        #expect(IdentityCheck.decide(persona.facts()).refusal == .unknownResident)
    }

    @Test func datesOfCardAndLedgerBothCount() throws {
        var expired = try Persona()
        expired.data.expiresOn = try CivilDate(iso: "2026-03-04")
        #expect(IdentityCheck.decide(expired.facts()).refusal == .cardExpired)
        var lastDay = try Persona()
        lastDay.data.expiresOn = try CivilDate(iso: "2026-03-05")
        #expect(IdentityCheck.decide(lastDay.facts()).refusal == nil)
        var expiredInLedger = try Persona()
        expiredInLedger.data.expiresOn = nil
        expiredInLedger.lookup.card?.expiresOn = try CivilDate(iso: "2025-01-01")
        #expect(IdentityCheck.decide(expiredInLedger.facts()).refusal == .cardExpired)
        var future = try Persona()
        future.data.issuedOn = try CivilDate(iso: "2026-03-06")
        #expect(IdentityCheck.decide(future.facts()).refusal == .cardNotYetValid)
    }

    @Test func nothingIsSaidOfDatesWhenNoneIsKnown() throws {
        var persona = try Persona()
        #expect(IdentityCheck.decide(persona.facts()).reasons == [.filesConsistent, .inDate, .cardOfLedger])
        persona.data.expiresOn = nil
        #expect(IdentityCheck.decide(persona.facts()).reasons.contains(.inDate))
        persona.data.issuedOn = nil
        #expect(IdentityCheck.decide(persona.facts()).reasons == [.filesConsistent, .cardOfLedger])
    }

    @Test func aClockBehindTheLedgerIsRefusedBeyondTheTolerance() throws {
        let persona = try Persona()
        let made = noon - 3_600
        let tolerated = made - IdentityCheck.clockToleranceSeconds
        #expect(IdentityCheck.decide(persona.facts(now: tolerated)).refusal == nil)
        #expect(IdentityCheck.decide(persona.facts(now: tolerated - 1)).refusal == .clockBehindLedger)
    }

    @Test func whatTheCardLacksIsSaid() throws {
        var third = try Persona()
        third.data.generation = .third
        third.data.holder = nil
        #expect(IdentityCheck.decide(third.facts()).refusal == .generationUnsupported)
        var nameless = try Persona()
        nameless.data.holder?.name = nil
        #expect(IdentityCheck.decide(nameless.facts()).refusal == .recordIncomplete)
        var wrongDigit = try Persona()
        wrongDigit.data.holder?.citizenNumber = nil
        wrongDigit.data.warnings = [.numberCheckDigit]
        #expect(IdentityCheck.decide(wrongDigit.facts()).refusal == .checkDigit)
        var cardNumberless = try Persona()
        cardNumberless.data.cardNumber = nil
        #expect(IdentityCheck.decide(cardNumberless.facts()).refusal == .recordIncomplete)
    }
}
