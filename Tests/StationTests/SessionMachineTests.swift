import Benefits
import HubProtocol
import SmartCard
import Testing

@testable import Station

@Suite struct SessionMachineTests {
    @Test func aTappedCardIsReadRecordedAndOnlyThenGreeted() throws {
        var driver = try MachineDriver()
        let begun = driver.insert()
        #expect(driver.machine.phase == .reading)
        #expect(begun.contains(.readCard(contactReader, session: "s1")))
        let assessed = driver.send(.cardAssessed(session: "s1", driver.assessment(level: .l1)))
        #expect(!assessed.contains(.show), "nothing personal before the rows are on the disk")
        #expect(driver.machine.shownPhase == .reading)
        #expect(driver.recorded.map(\.kind) == [.cardInserted, .cardRead, .identityVerified, .ledgerQueried])
        #expect(driver.confirm().contains(.show))
        #expect(driver.machine.phase == .greeting)
    }

    @Test func noLookAtTheLedgerIsRecordedWhenThePolicyGivesNothingForACardAlone() throws {
        var driver = try MachineDriver()
        driver.insert()
        var assessment = driver.assessment(level: .l1)
        assessment.statement = nil
        driver.send(.cardAssessed(session: "s1", assessment))
        driver.confirm()
        #expect(driver.machine.phase == .greeting)
        #expect(driver.recorded.map(\.kind) == [.cardInserted, .cardRead, .identityVerified])
    }

    @Test func inv15ARemovedCardBlanksAtOnceInEveryPhase() throws {
        for stop in MachineDriver.Stop.allCases {
            var driver = try MachineDriver()
            driver.walk(to: stop)
            let actions = driver.send(.cardRemoved(contactReader))
            #expect(driver.machine.session == nil, "\(stop)")
            let isWithTheCard = [.reading, .attemptingPIN, .checkingPIN].contains(stop)
            #expect(driver.machine.phase == (isWithTheCard ? .failure(code: "card.removed") : .idle), "\(stop)")
            let show = try #require(actions.firstIndex(of: .show), "\(stop)")
            let rows = try #require(actions.firstIndex { if case .record = $0 { true } else { false } }, "\(stop)")
            #expect(show < rows, "blank first, then the journal: \(stop)")
            #expect(actions.contains(.wipePIN), "\(stop)")
            #expect(driver.recorded.last?.kind == .sessionEnded, "\(stop)")
        }
    }

    @Test func lateAnswersOfAnEndedSessionShowNothing() throws {
        var driver = try MachineDriver()
        driver.insert()
        driver.send(.cardAssessed(session: "s1", driver.assessment(level: .l1)))
        driver.send(.cardRemoved(contactReader))
        #expect(driver.confirm().isEmpty)
        #expect(driver.send(.cardAssessed(session: "s1", driver.assessment(level: .l1))).isEmpty)
        #expect(!driver.answer(.accepted(driver.assessment(level: .l2))).contains(.show))
        #expect(driver.machine.phase == .failure(code: "card.removed"))
    }

    @Test func openingAHistoryNotesThePaymentsThatTheResidentHasNowSeen() throws {
        var driver = try MachineDriver()
        driver.walk(to: .benefits)
        driver.send(.input(.openBenefit(.dibao)))
        #expect(driver.recorded.suffix(2).map(\.kind) == [.ledgerQueried, .paymentNotified])
        driver.confirm()
        #expect(driver.machine.phase == .history(.dibao))
        driver.send(.input(.back))
        #expect(driver.machine.phase == .benefits)
        driver.send(.input(.openBenefit(.dibao)))
        driver.confirm()
        #expect(driver.machine.phase == .history(.dibao))
        #expect(driver.recorded.count { $0.kind == .ledgerQueried } == 4, "each look has its row")
        #expect(driver.recorded.count { $0.kind == .paymentNotified } == 1, "each notice has one row")
    }

    @Test func aJournalThatCannotWriteShowsNothingPersonal() throws {
        var driver = try MachineDriver()
        driver.insert()
        driver.send(.cardAssessed(session: "s1", driver.assessment(level: .l1)))
        driver.send(.recordFailed(batch: driver.lastBatch, code: "journal.storage"))
        #expect(driver.machine.phase == .failure(code: "journal.storage"))
        #expect(driver.machine.session == nil)
    }

    @Test func aTappedCardsSessionOutlivesTheCardUntilFinishOrTheIdleLimit() throws {
        var driver = try MachineDriver()
        driver.send(.cardInserted(contactlessReader, .contactless, session: "s1"))
        driver.send(.cardAssessed(session: "s1", driver.assessment(level: .l1)))
        driver.confirm()
        driver.send(.cardRemoved(contactlessReader))
        #expect(driver.machine.phase == .greeting)
        driver.send(.timerFired(id: driver.lastTimer))
        #expect(driver.machine.phase == .idle)
        #expect(driver.recorded.last?.attributes["reason"] == .string("idle-limit"))
    }

    @Test func anotherTappedCardEndsTheSessionOfTheFirst() throws {
        var driver = try MachineDriver()
        driver.send(.cardInserted(contactlessReader, .contactless, session: "s1"))
        driver.send(.cardAssessed(session: "s1", driver.assessment(level: .l1)))
        driver.confirm()
        driver.send(.cardRemoved(contactlessReader))
        driver.send(.cardInserted(contactlessReader, .contactless, session: "s2"))
        #expect(driver.machine.session?.identifier == "s2")
        #expect(driver.machine.phase == .reading)
        #expect(driver.recorded.contains { $0.kind == .sessionEnded && $0.session == "s1" })
    }

    @Test func presenceThatBecomesUnknownEndsTheSession() throws {
        var driver = try MachineDriver()
        driver.walk(to: .benefits)
        driver.send(.presenceUnknown(contactReader, code: "reader.unplugged"))
        #expect(driver.machine.phase == .failure(code: "reader.unplugged"))
        #expect(driver.machine.session == nil)
    }

    @Test func aReaderThatIsPulledOutWithItsCardIsToldAsSuch() throws {
        var driver = try MachineDriver()
        driver.walk(to: .reading)
        driver.send(.cardRemoved(contactReader))
        #expect(driver.machine.phase == .failure(code: "card.removed"))
        driver.send(.presenceUnknown(contactlessReader, code: "reader.unplugged"))
        #expect(driver.machine.phase == .failure(code: "card.removed"), "another reader explains nothing")
        driver.send(.presenceUnknown(contactReader, code: "reader.unplugged"))
        #expect(driver.machine.phase == .failure(code: "reader.unplugged"))
    }

    @Test func withoutAPageNoCardIsReadAndALostPageEndsTheSession() throws {
        var driver = try MachineDriver()
        driver.walk(to: .benefits)
        driver.send(.pageLost)
        #expect(driver.machine.session == nil)
        #expect(driver.recorded.last?.attributes["reason"] == .string("page-lost"))
        driver.send(.cardRemoved(contactReader))
        let actions = driver.send(.cardInserted(contactReader, .contact, session: "s2"))
        #expect(actions.isEmpty)
        driver.send(.pageOpened)
        #expect(driver.machine.phase == .takeCard)
    }

    @Test func aSecondPageEndsTheSessionOfTheFirst() throws {
        var driver = try MachineDriver()
        driver.walk(to: .benefits)
        driver.send(.pageOpened)
        #expect(driver.machine.session == nil)
        #expect(driver.machine.phase == .takeCard)
    }

    @Test func finishAsksForARatingWhichIsKeptWithoutThePerson() throws {
        var driver = try MachineDriver()
        driver.walk(to: .benefits)
        driver.send(.input(.finish))
        #expect(driver.machine.phase == .rating)
        driver.send(.input(.rate(4)))
        #expect(driver.machine.phase == .rating, "4 is no rating")
        driver.send(.input(.rate(3)))
        #expect(driver.machine.phase == .thanks)
        let row = try #require(driver.recorded.last { $0.kind == .serviceRated })
        #expect(row.residentKey == nil && row.cardKey == nil && row.session == nil)
        driver.send(.timerFired(id: driver.lastTimer))
        #expect(driver.machine.phase == .takeCard)
        driver.send(.cardRemoved(contactReader))
        #expect(driver.machine.phase == .idle)
    }

    @Test func aTimerThatWasReplacedChangesNothing() throws {
        var driver = try MachineDriver()
        driver.walk(to: .benefits)
        let former = driver.lastTimer
        driver.send(.input(.moreTime))
        #expect(driver.send(.timerFired(id: former)).isEmpty)
        #expect(driver.machine.phase == .benefits)
    }

    @Test func aCardThatWasLaidThereWhileNothingWorkedIsAskedForAgain() throws {
        var driver = try MachineDriver()
        driver.send(.readiness(code: "ledger.missing"))
        driver.insert()
        #expect(driver.machine.phase == .idle && driver.machine.session == nil)
        #expect(driver.send(.readiness(code: nil)) == [.show])
        #expect(driver.machine.phase == .takeCard)
        driver.send(.cardRemoved(contactReader))
        #expect(driver.machine.phase == .idle)
    }

    @Test func everySessionHasExactlyOneEndWhateverHappens() throws {
        for seed in 1...2_000 as ClosedRange<UInt64> {
            var driver = try MachineDriver()
            driver.wander(steps: 60, random: seededRandom(seed))
            driver.send(.pageLost)
            let begun = driver.recorded.filter { $0.kind == .cardInserted }.compactMap(\.session)
            let ended = driver.recorded.filter { $0.kind == .sessionEnded }.compactMap(\.session)
            #expect(begun == ended, "seed \(seed)")
        }
    }
}
