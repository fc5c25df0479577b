import Benefits
import HubProtocol
import SmartCard
import Testing

@testable import Station

/// From asking for details to the card's answer.
@Suite struct SessionMachinePINTests {
    @Test(arguments: [nil, 0, 1])
    func unknownTriesABlockedPINAndTheLastTryNeedAnExplicitYes(triesLeft: Int?) throws {
        var driver = try MachineDriver()
        driver.triesLeft = triesLeft
        driver.walk(to: .greeting)
        driver.send(.input(.usePIN))
        #expect(driver.machine.phase == .confirmPIN(triesLeft: triesLeft, wasWrong: false))
        driver.send(.input(.confirmPIN(false)))
        #expect(driver.machine.phase == .greeting)
        driver.send(.input(.usePIN))
        driver.send(.input(.confirmPIN(true)))
        #expect(driver.machine.phase == .pinPad(entered: 0, wasWrong: false))
    }

    @Test func aPINThatWasBlockedHereCanBeUsedAgainOnceItWasReset() throws {
        var driver = try MachineDriver()
        driver.triesLeft = 0
        driver.walk(to: .checkingPIN)
        #expect(driver.machine.session?.assessment?.triesLeft == nil, "how many tries a reset gave is not known")
        driver.answer(.accepted(driver.assessment(level: .l2)))
        driver.confirm()
        #expect(driver.machine.phase == .benefits)
    }

    @Test func verifyIsSentOnlyForAPINOfRightLengthAndOnlyAfterTheTryIsOnTheDisk() throws {
        var driver = try MachineDriver()
        driver.walk(to: .pinPad)
        driver.send(.pinEdited(count: 3))
        #expect(!driver.send(.pinEntered).contains { if case .record = $0 { true } else { false } })
        driver.send(.pinEdited(count: 6))
        let entered = driver.send(.pinEntered)
        #expect(driver.machine.shownPhase == .checkingPIN)
        #expect(driver.recorded.last?.kind == .pinAttempted)
        #expect(driver.recorded.last?.cardKey == driver.keys.card)
        #expect(!entered.contains { if case .verifyPIN = $0 { true } else { false } })
        #expect(driver.confirm() == [.verifyPIN(contactReader, session: "s1", driver.keys)])
        #expect(driver.machine.phase == .checkingPIN)
        #expect(driver.send(.pinEntered).isEmpty, "no second VERIFY while the first is under way")
    }

    @Test func noVerifyIsSentWhenTheTryCannotBeRecordedOrItsSessionIsOver() throws {
        var broken = try MachineDriver()
        broken.walk(to: .attemptingPIN)
        let actions = broken.send(.recordFailed(batch: broken.lastBatch, code: "journal.storage"))
        #expect(actions.contains(.wipePIN))
        #expect(broken.machine.phase == .failure(code: "journal.storage"))
        var finished = try MachineDriver()
        finished.walk(to: .attemptingPIN)
        let batch = finished.lastBatch
        #expect(finished.send(.input(.finish)).contains(.wipePIN))
        #expect(finished.send(.recorded(batch: batch)).isEmpty)
    }

    @Test func aTappedCardThatIsAwayIsAskedForAgainAndCheckedOnceItLiesThere() throws {
        var driver = try MachineDriver()
        driver.tapAndType()
        driver.send(.cardRemoved(contactlessReader))
        driver.send(.pinEntered)
        #expect(driver.machine.phase == .layCard)
        #expect(driver.recorded.last?.kind != .pinAttempted, "nothing is sent yet")
        driver.send(.cardInserted(contactlessReader, .contactless, session: "s2"))
        #expect(driver.recorded.last?.kind == .pinAttempted)
        #expect(driver.confirm() == [.verifyPIN(contactlessReader, session: "s1", driver.keys)])
        driver.send(.cardRemoved(contactlessReader))
        driver.answer(.wrong(triesLeft: 2))
        driver.send(.cardInserted(contactlessReader, .contactless, session: "s3"))
        driver.confirm()
        #expect(driver.machine.phase == .pinPad(entered: 0, wasWrong: true), "laid again while the row is written")
        #expect(driver.machine.session?.identifier == "s1")
    }

    @Test func digitsThatWaitForTheCardAreWipedHoweverTheWaitEnds() throws {
        let ends: [(inout MachineDriver) -> [SessionAction]] = [
            { $0.send(.input(.back)) }, { $0.send(.input(.finish)) }, { $0.send(.timerFired(id: $0.lastTimer)) },
            { $0.send(.pageLost) }, { $0.send(.presenceUnknown(contactlessReader, code: "reader.unplugged")) },
            { $0.send(.cardMute(contactlessReader)) },
        ]
        for (index, end) in ends.enumerated() {
            var driver = try MachineDriver()
            driver.tapAndType()
            driver.send(.cardRemoved(contactlessReader))
            driver.send(.pinEntered)
            #expect(end(&driver).contains(.wipePIN), "end \(index)")
            #expect(driver.machine.phase != .layCard, "end \(index)")
        }
    }

    @Test func whatTheCardSaidIsRecordedAlsoWhenItsSessionIsOver() throws {
        var driver = try MachineDriver()
        driver.walk(to: .checkingPIN)
        driver.send(.input(.finish))
        #expect(driver.machine.session == nil)
        #expect(!driver.answer(.wrong(triesLeft: 1)).contains(.show))
        let row = try #require(driver.recorded.last)
        #expect(row.kind == .pinFailed && row.attributes["triesLeft"] == .integer(1) && row.session == "s1")
        #expect(row.cardKey == driver.keys.card && row.residentKey == driver.keys.resident)
        driver.answer(.blocked)
        #expect(driver.recorded.last?.kind == .pinLocked)
        let count = driver.recorded.count
        driver.send(.pinUnchecked(session: "s1", code: "card.removed"))
        #expect(driver.recorded.count == count, "no answer leaves the try as it was recorded")
    }

    @Test func aCardThatDoesNotAnswerLeavesTheTriesUnknown() throws {
        var driver = try MachineDriver()
        driver.triesLeft = 2
        driver.walk(to: .greeting)
        driver.send(.input(.usePIN))
        driver.send(.pinEdited(count: 6))
        driver.send(.pinEntered)
        driver.confirm()
        driver.send(.pinUnchecked(session: "s1", code: "card.removed"))
        #expect(driver.machine.phase == .failure(code: "card.removed"))
        let aboutTries = driver.recorded.filter { [.pinAttempted, .pinFailed, .pinVerified].contains($0.kind) }
        #expect(aboutTries.map(\.kind) == [.pinAttempted])
    }

    @Test func aWrongPINWhoseCardDoesNotTellTheTriesLeftAsksBeforeEveryFurtherTry() throws {
        var driver = try MachineDriver()
        driver.walk(to: .checkingPIN)
        driver.answer(.wrong(triesLeft: nil))
        #expect(driver.recorded.last?.kind == .pinFailed)
        #expect(driver.recorded.last?.attributes == [:])
        driver.confirm()
        #expect(driver.machine.phase == .confirmPIN(triesLeft: nil, wasWrong: true))
        driver.send(.input(.confirmPIN(true)))
        #expect(driver.machine.phase == .pinPad(entered: 0, wasWrong: false))
    }

    @Test func aWrongPINIsRecordedBeforeThePadComesBackAndTheLastTryAsksAgain() throws {
        var driver = try MachineDriver()
        driver.walk(to: .checkingPIN)
        driver.answer(.wrong(triesLeft: 2))
        #expect(driver.recorded.last?.kind == .pinFailed)
        #expect(driver.recorded.last?.attributes["triesLeft"] == .integer(2))
        driver.confirm()
        #expect(driver.machine.phase == .pinPad(entered: 0, wasWrong: true))
        driver.send(.pinEdited(count: 6))
        driver.send(.pinEntered)
        driver.confirm()
        driver.answer(.wrong(triesLeft: 1))
        driver.confirm()
        #expect(driver.machine.phase == .confirmPIN(triesLeft: 1, wasWrong: true))
    }

    @Test func aBlockedPINEndsTheSessionWithTheWayOn() throws {
        var driver = try MachineDriver()
        driver.walk(to: .checkingPIN)
        driver.answer(.blocked)
        #expect(driver.machine.phase == .failure(code: "pin.blocked"))
        #expect(driver.recorded.suffix(2).map(\.kind) == [.pinLocked, .sessionEnded])
    }

    @Test func detailsComeAfterThePINIsRecorded() throws {
        var driver = try MachineDriver()
        driver.walk(to: .checkingPIN)
        driver.answer(.accepted(driver.assessment(level: .l2)))
        #expect(driver.machine.shownPhase == .checkingPIN)
        #expect(driver.recorded.suffix(3).map(\.kind) == [.pinVerified, .identityVerified, .ledgerQueried])
        driver.confirm()
        #expect(driver.machine.phase == .benefits)
    }
}
