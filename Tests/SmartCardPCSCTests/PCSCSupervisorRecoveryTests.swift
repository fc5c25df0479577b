import SmartCard
import Testing

@testable import SmartCardPCSC

@Suite struct PCSCSupervisorRecoveryTests {
    private static let name = ReaderName("First 00 00")
    private static let present1 = PCSCReaderState([.present, .changed], counter: 1)

    // MARK: The service at the start

    @Test func triesAgainAfterGrowingPausesAndReportsOnce() {
        var driver = SupervisorDriver()
        driver.start()
        var pauses: [Duration] = []
        for attempt in 1...400 {
            driver.failToEstablish(.noService)
            #expect(driver.events == (attempt == 1 ? [.serviceLost(.serviceNotRunning)] : []))
            if let pause = driver.timerDuration { pauses.append(pause) }
            driver.timeout()
            #expect(driver.requests == [.connect(attempt + 1)])
        }
        #expect(pauses.prefix(4) == [.milliseconds(50), .milliseconds(100), .milliseconds(200), .milliseconds(200)])
        #expect(pauses[300...].allSatisfy { $0 == .seconds(1) })
        #expect(pauses.allSatisfy { $0 >= .milliseconds(50) && $0 <= .seconds(1) })
        driver.answer()
        #expect(driver.events == [.serviceAvailable])
    }

    @Test func beginsWithTheShortestPauseAfterEachSuccess() {
        var driver = SupervisorDriver()
        driver.start()
        for _ in 0..<5 {
            driver.failToEstablish(.noService)
            driver.timeout()
        }
        driver.answer()
        driver.wait(.noService)
        #expect(driver.timerDuration == .milliseconds(50))
    }

    @Test(arguments: [
        (PCSCReturnCode.noService, SmartCardError.Code.serviceNotRunning),
        (.serviceStopped, .protocolMismatch),
        (.noMemory, .failure),
    ])
    func reportsAFailedAttemptAtOnce(returned: PCSCReturnCode, code: SmartCardError.Code) {
        var driver = SupervisorDriver()
        driver.start()
        driver.failToEstablish(returned)
        #expect(driver.events == [.serviceLost(code)])
    }

    @Test(arguments: [
        (PCSCReturnCode.securityViolation, SmartCardError.Code.accessDenied),
        (.communicationError, .failure),
    ])
    func reportsARefusalOnlyWhenItIsRepeated(returned: PCSCReturnCode, code: SmartCardError.Code) {
        var driver = SupervisorDriver()
        driver.start()
        driver.failToEstablish(returned)
        #expect(driver.events.isEmpty)
        driver.timeout()
        driver.failToEstablish(returned)
        #expect(driver.events == [.serviceLost(code)])
    }

    @Test func takesOneRefusalDuringARestartForNoRefusal() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.wait(.securityViolation)
        #expect(driver.events == [.serviceLost(.serviceNotRunning)])
        driver.timeout()
        driver.failToEstablish(.securityViolation)
        #expect(driver.events.isEmpty)
        driver.timeout()
        driver.failToEstablish(.noService)
        #expect(driver.events.isEmpty)
        driver.timeout()
        driver.answer()
        #expect(driver.events == [.serviceAvailable])
    }

    @Test func holdsTheRefusalForTheWholeOutageAndForgetsItAfterwards() {
        var driver = SupervisorDriver()
        driver.start()
        for returned in [PCSCReturnCode.securityViolation, .securityViolation, .noService, .securityViolation] {
            driver.failToEstablish(returned)
            driver.timeout()
        }
        #expect(driver.told == [.serviceLost(.accessDenied)])
        driver.answer()
        driver.wait(.noService)
        #expect(driver.events == [.serviceLost(.serviceNotRunning)])
    }

    @Test func reportsAChangeOfTheReason() {
        var driver = SupervisorDriver()
        driver.start()
        driver.failToEstablish(.noService)
        driver.timeout()
        driver.failToEstablish(.serviceStopped)
        #expect(driver.events == [.serviceLost(.protocolMismatch)])
    }

    // MARK: A service that does not answer

    @Test func makesNoSecondAttemptWhileOneHangs() {
        var driver = SupervisorDriver()
        driver.start()
        driver.timeout()
        #expect(driver.events == [.serviceLost(.serviceNotAnswering)])
        #expect(driver.requests.isEmpty)
        #expect(driver.timerDuration == nil)
        driver.timeout()
        #expect(driver.actions.isEmpty)
    }

    @Test func takesTheLateAnswerOfAHangingAttempt() {
        var driver = SupervisorDriver()
        driver.start()
        driver.timeout()
        driver.establish()
        #expect(driver.requests == [.list(1)])
        driver.list()
        #expect(driver.events == [.serviceAvailable])
    }

    @Test func goesOnAfterTheLateFailureOfAHangingAttempt() {
        var driver = SupervisorDriver()
        driver.start()
        driver.timeout()
        driver.failToEstablish(.noService)
        #expect(driver.events == [.serviceLost(.serviceNotRunning)])
        driver.timeout()
        #expect(driver.requests == [.connect(2)])
    }

    @Test func leavesAWaitThatDoesNotEndAndEndsTheBodies() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.wait(states: ["First 00 00": Self.present1])
        driver.timeout()
        #expect(driver.events == [.serviceLost(.serviceNotAnswering)])
        #expect(driver.requests == [.failCalls(.serviceNotAnswering), .close(1), .connect(2)])
        driver.handle(.waited(connection: 1, .init(returned: .success, readers: [])))
        #expect(driver.actions.isEmpty)
        driver.establish()
        driver.list("First 00 00")
        #expect(driver.told.suffix(2) == [.serviceAvailable, .readerArrived(Self.name)])
    }

    @Test func leavesAListThatDoesNotCome() {
        var driver = SupervisorDriver()
        driver.start()
        driver.establish()
        driver.timeout()
        #expect(driver.events == [.serviceLost(.serviceNotAnswering)])
        #expect(driver.requests == [.failCalls(.serviceNotAnswering), .close(1), .connect(2)])
    }

    @Test func doesNotCountAServiceAsAvailableThatOnlyTakesConnections() {
        var driver = SupervisorDriver()
        driver.start()
        for _ in 0..<3 {
            driver.establish()
            #expect(!driver.supervisor.isAvailable)
            driver.timeout()
        }
        #expect(driver.told == [.serviceLost(.serviceNotAnswering)])
    }

    @Test func collectsNoThreadsInAServiceThatOnlyTakesConnections() {
        var driver = SupervisorDriver()
        driver.start()
        for connection in 1...PCSCSupervisor.mostLeftBehind {
            #expect(driver.requests.contains(.connect(connection)))
            driver.establish()
            driver.timeout()
        }
        #expect(driver.supervisor.phase == .blocked)
        #expect(!driver.requests.contains { if case .connect = $0 { true } else { false } })
        #expect(driver.timerDuration == nil)
        driver.timeout()
        #expect(driver.actions.isEmpty)
        driver.handle(.closed(connection: 2))
        #expect(driver.requests == [.connect(PCSCSupervisor.mostLeftBehind + 1)])
        driver.answer()
        #expect(driver.events == [.serviceAvailable])
    }

    @Test func endsAtOnceWhileTooManyConnectionsHang() {
        var driver = SupervisorDriver()
        driver.start()
        for _ in 1...PCSCSupervisor.mostLeftBehind {
            driver.establish()
            driver.timeout()
        }
        driver.stop()
        #expect(driver.actions == [.finish])
    }

    // MARK: A service that goes away

    @Test(arguments: [
        PCSCReturnCode.noService, .serviceStopped, .communicationError, .securityViolation,
    ])
    func takesEveryCutLineForAStoppedService(returned: PCSCReturnCode) {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.wait(returned)
        #expect(driver.events == [.serviceLost(.serviceNotRunning)])
        #expect(driver.requests == [.close(1)])
        #expect(driver.timerDuration == .milliseconds(50))
        #expect(driver.supervisor.readers.isEmpty)
    }

    @Test(arguments: [PCSCReturnCode.invalidHandle, .invalidParameter, .internalError, .noMemory])
    func beginsAnewAfterAFailureWithoutNameOfItsOwn(returned: PCSCReturnCode) {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.wait(returned)
        #expect(driver.events == [.serviceLost(.failure)])
        driver.timeout()
        #expect(driver.requests == [.connect(2)])
    }

    @Test func tellsReadersAndCardsAnewAfterARestart() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.wait(states: ["First 00 00": Self.present1])
        driver.wait(.noService)
        driver.timeout()
        driver.establish()
        driver.list("First 00 00")
        #expect(driver.request?.readers.first?.known == .unaware)
        driver.wait(states: ["First 00 00": PCSCReaderState([.present, .changed])])
        #expect(
            driver.told.suffix(4) == [
                .serviceLost(.serviceNotRunning), .serviceAvailable, .readerArrived(Self.name),
                .cardInserted(Self.name, insertedAnswerToReset, insertion: 0),
            ]
        )
    }

    @Test func losesTheServiceWhileItPauses() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        for _ in 0...SupervisionTiming().spuriousRounds { driver.wait() }
        #expect(driver.supervisor.phase == .pausing)
        driver.timeout()
        driver.failToList(.noService)
        #expect(driver.events == [.serviceLost(.serviceNotRunning)])
    }

    // MARK: The end

    @Test func endsAtOnceWhenNothingIsUnderWay() {
        var driver = SupervisorDriver()
        driver.stop()
        #expect(driver.actions == [.finish])
        driver.start()
        #expect(driver.actions.isEmpty)
    }

    @Test func endsAtOnceBetweenAttempts() {
        var driver = SupervisorDriver()
        driver.start()
        driver.failToEstablish(.noService)
        driver.stop()
        #expect(driver.actions == [.finish])
        driver.timeout()
        #expect(driver.actions.isEmpty)
    }

    @Test func endsAtOnceWhileAnAttemptHangs() {
        var driver = SupervisorDriver()
        driver.start()
        driver.timeout()
        driver.stop()
        #expect(driver.actions == [.close(1), .finish])
        driver.establish()
        #expect(driver.actions.isEmpty)
    }

    @Test func endsTheWaitAndAwaitsItsThreadForABoundedTime() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.stop()
        #expect(driver.requests == [.close(1), .cancelWait(1)])
        #expect(driver.timerDuration == .milliseconds(500))
        driver.stop()
        #expect(driver.actions.isEmpty)
        driver.wait(.cancelled)
        #expect(driver.actions.isEmpty)
        driver.handle(.closed(connection: 1))
        #expect(driver.actions == [.finish])
    }

    @Test func endsWithoutTheThreadWhenItDoesNotComeBack() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.stop()
        driver.timeout()
        #expect(driver.actions == [.finish])
        driver.handle(.closed(connection: 1))
        #expect(driver.actions.isEmpty)
    }
}
