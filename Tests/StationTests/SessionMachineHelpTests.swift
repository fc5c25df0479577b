import HubProtocol
import SmartCard
import Testing

@testable import Station

/// The button that calls staff.
@Suite struct SessionMachineHelpTests {
    @Test func helpIsCalledOncePerSessionAndToldOnceItIsRecorded() throws {
        var driver = try MachineDriver()
        driver.walk(to: .greeting)
        #expect(!driver.send(.input(.help)).contains(.show))
        #expect(driver.machine.help != .called)
        #expect(driver.send(.input(.help)).isEmpty)
        #expect(driver.confirm() == [.show])
        #expect(driver.machine.help == .called)
        #expect(driver.send(.input(.help)).isEmpty)
        #expect(driver.recorded.count { $0.kind == .helpCalled } == 1)
        #expect(driver.machine.phase == .greeting)
    }

    @Test func aCallThatCannotBeRecordedIsToldWithAndWithoutASession() throws {
        for stop in [nil, MachineDriver.Stop.greeting] {
            var driver = try MachineDriver()
            if let stop { driver.walk(to: stop) }
            driver.send(.input(.help))
            let actions = driver.send(.recordFailed(batch: driver.lastBatch, code: "journal.storage"))
            #expect(actions.contains(.show))
            #expect(driver.machine.phase == .failure(code: "journal.storage"))
            #expect(driver.machine.help == .notCalled, "it can be tried again")
        }
    }

    @Test func aCallFromTheIdlePageMutesTheButtonForALimitedTime() throws {
        var driver = try MachineDriver()
        driver.send(.input(.help))
        let limits = driver.machine.limits
        #expect(driver.confirm() == [.startTimer(id: driver.machine.timer, seconds: limits.helpSeconds), .show])
        #expect(driver.machine.help == .called)
        #expect(driver.send(.timerFired(id: driver.lastTimer)) == [.show])
        #expect(driver.machine.help == .notCalled && driver.machine.phase == .idle)
    }

    @Test func aCallIsOverWhenThePersonIsGone() throws {
        let ways: [(inout MachineDriver) -> Void] = [
            { $0.send(.input(.finish)) }, { $0.send(.timerFired(id: $0.lastTimer)) }, { $0.send(.pageLost) },
            { $0.send(.pageOpened) }, { $0.send(.cardInserted(contactlessReader, .contactless, session: "s2")) },
        ]
        for (index, way) in ways.enumerated() {
            var driver = try MachineDriver()
            driver.walk(to: .reading)
            driver.send(.cardRemoved(contactReader))
            #expect(driver.machine.phase == .failure(code: "card.removed"))
            driver.send(.input(.help))
            driver.confirm()
            #expect(driver.machine.help == .called)
            way(&driver)
            #expect(driver.machine.help == .notCalled, "way \(index)")
        }
    }

    @Test func aCallAtThePageThatAsksToTakeTheCardIsOverWhenItIsTaken() throws {
        var driver = try MachineDriver()
        driver.walk(to: .benefits)
        driver.send(.pageOpened)
        #expect(driver.machine.phase == .takeCard)
        driver.send(.input(.help))
        driver.confirm()
        driver.send(.cardRemoved(contactReader))
        #expect(driver.machine.phase == .idle && driver.machine.help == .notCalled)
    }
}
