import SmartCard
import Testing

@testable import SmartCardPCSC

@Suite struct PCSCSupervisorTests {
    private static let first = ReaderName("First 00 00")
    private static let second = ReaderName("Second 01 00")
    private static let plugAndPlay = PCSCWatchedReader.plugAndPlayName
    private static let empty = PCSCReaderState(.empty)
    private static let present1 = PCSCReaderState([.present, .changed], counter: 1)

    @Test func opensALineThenListsThenWaits() {
        var driver = SupervisorDriver()
        driver.start()
        #expect(driver.actions == [.connect(1), .setTimer(1, .seconds(2))])
        driver.establish()
        #expect(driver.events.isEmpty)
        #expect(driver.requests == [.list(1)])
        driver.list("First 00 00")
        #expect(driver.events == [.serviceAvailable, .readerArrived(Self.first)])
        #expect(
            driver.request?.readers == [
                PCSCWatchedReader(name: "First 00 00"),
                PCSCWatchedReader(name: Self.plugAndPlay, known: PCSCReaderState([], counter: 1)),
            ]
        )
    }

    @Test func waitsFromWhatItKnows() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.wait(states: ["First 00 00": PCSCReaderState([.present, .changed, .inUse], counter: 7)])
        #expect(driver.events == [.cardInserted(Self.first, insertedAnswerToReset, insertion: 7)])
        #expect(driver.request?.readers.first?.known == PCSCReaderState(.present, counter: 7))
    }

    @Test func watchesThePseudoReaderAloneWithoutReaders() {
        var driver = SupervisorDriver()
        driver.start()
        driver.establish()
        driver.list()
        #expect(driver.events == [.serviceAvailable])
        #expect(driver.request?.readers == [PCSCWatchedReader(name: Self.plugAndPlay)])
    }

    @Test func listsAgainWhenThePseudoReaderChanges() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.wait(plugAndPlay: PCSCReaderState(.changed))
        #expect(driver.requests == [.list(1)])
        driver.list("First 00 00", "Second 01 00")
        #expect(driver.events == [.readerArrived(Self.second)])
        #expect(driver.request?.readers.map(\.name) == ["First 00 00", "Second 01 00", Self.plugAndPlay])
        #expect(driver.request?.readers.last?.known.counter == 2)
    }

    @Test func givesTheServicesOwnCountOfReaderChangesBack() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.wait(plugAndPlay: PCSCReaderState(.changed, counter: 9))
        driver.list("First 00 00")
        #expect(driver.request?.readers.last?.known == PCSCReaderState([], counter: 9))
    }

    @Test func tellsThatAReaderLeftAndFirstThatItsCardIsGone() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00", "Second 01 00")
        driver.wait(states: ["First 00 00": Self.present1, "Second 01 00": Self.empty])
        driver.wait(states: ["First 00 00": PCSCReaderState([.unknown, .unavailable, .changed])])
        #expect(driver.events.isEmpty)
        #expect(driver.requests == [.list(1)])
        driver.list("Second 01 00")
        #expect(driver.events == [.cardRemoved(Self.first), .readerLeft(Self.first)])
    }

    @Test func asksAReaderAfreshThatWasReplugged() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.wait(states: ["First 00 00": Self.present1])
        driver.wait(states: ["First 00 00": PCSCReaderState([.unknown, .unavailable, .changed])])
        driver.list("First 00 00")
        #expect(driver.events.isEmpty)
        #expect(driver.request?.readers.first?.known == .unaware)
        driver.wait(states: ["First 00 00": Self.present1])
        #expect(
            driver.events == [
                .cardRemoved(Self.first), .cardInserted(Self.first, insertedAnswerToReset, insertion: 1),
            ]
        )
    }

    @Test func tellsUnknownPresenceAndChecksTheList() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.wait(states: ["First 00 00": PCSCReaderState([.unavailable, .changed])])
        #expect(driver.events == [.presenceUnknown(Self.first)])
        #expect(driver.requests == [.list(1)])
        driver.list("First 00 00")
        #expect(driver.request?.readers.first?.known == PCSCReaderState(.unavailable))
    }

    @Test(arguments: [PCSCReturnCode.unknownReader, .cancelled, .readerUnavailable, .noReadersAvailable])
    func listsAgainAfter(returned: PCSCReturnCode) {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.wait(returned)
        #expect(driver.events.isEmpty)
        #expect(driver.requests == [.list(1)])
    }

    @Test func takesAListWithTheSameNameTwiceAsOneReader() {
        var driver = SupervisorDriver()
        driver.start()
        driver.establish()
        driver.list("First 00 00", "First 00 00")
        #expect(driver.events == [.serviceAvailable, .readerArrived(Self.first)])
        #expect(driver.request?.readers.count == 2)
    }

    @Test func watchesNoMoreReadersThanTheLibraryTakes() {
        var driver = SupervisorDriver()
        driver.start()
        driver.establish()
        let names = (0..<20).map { ReaderName("Reader \($0)") }
        driver.handle(.listed(connection: 1, .success, names))
        #expect(driver.events.count == 21)
        #expect(driver.request?.readers.count == PCSCSupervisor.mostWatchedReaders)
        #expect(driver.request?.readers.contains { $0.name == Self.plugAndPlay } == false)
        driver.wait(.timeout)
        #expect(driver.requests == [.list(1)])
        driver.handle(.listed(connection: 1, .success, Array(names.prefix(15))))
        #expect(driver.request?.readers.last?.name == Self.plugAndPlay)
    }

    @Test func watchesCloselyWhileACardIsPresent() {
        let timing = SupervisionTiming()
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        for _ in 0..<timing.settlingRounds {
            driver.wait(.timeout)
            driver.list("First 00 00")
        }
        #expect(driver.request?.milliseconds == 10_000)
        #expect(driver.timerDuration == timing.idleRound + timing.idleGrace)
        driver.wait(states: ["First 00 00": Self.present1])
        #expect(driver.request?.milliseconds == 550)
        #expect(driver.timerDuration == timing.presentRound + timing.presentGrace)
        #expect(timing.presentRound + timing.presentGrace < .milliseconds(900))
    }

    @Test func checksTheListNowAndThenWhileACardIsPresent() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.wait(states: ["First 00 00": Self.present1])
        var lists = 0
        for _ in 0..<40 {
            driver.wait(.timeout)
            if driver.requests == [.list(1)] {
                lists += 1
                driver.list("First 00 00")
            }
        }
        #expect((10...15).contains(lists))
        #expect(driver.told.count == 3)
    }

    @Test func pausesWhenWaitsEndAtOnceWithNothingNew() {
        let timing = SupervisionTiming()
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        for _ in 0..<timing.spuriousRounds {
            driver.wait()
            #expect(driver.request != nil)
        }
        driver.wait()
        #expect(driver.requests.isEmpty)
        #expect(driver.timerDuration == timing.spuriousPause)
        driver.timeout()
        #expect(driver.requests == [.list(1)])
    }

    @Test func pausesWhenTheListAndTheWaitDisagreeForGood() {
        let timing = SupervisionTiming()
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        var rounds = 0
        repeat {
            driver.wait(.unknownReader)
            if driver.requests == [.list(1)] { driver.list("First 00 00") }
            rounds += 1
        } while driver.request != nil
        #expect(rounds == timing.spuriousRounds + 1)
        #expect(driver.timerDuration == timing.spuriousPause)
    }

    @Test func ignoresWhatConnectionsSayThatAreNotInUse() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        let before = driver.supervisor.phase
        driver.handle(.listed(connection: 99, .success, []))
        #expect(driver.actions.isEmpty)
        driver.handle(.waited(connection: 99, .init(returned: .noService, readers: [])))
        #expect(driver.actions.isEmpty)
        driver.handle(.establishFailed(connection: 99, .noService))
        #expect(driver.actions.isEmpty)
        driver.handle(.closed(connection: 99))
        #expect(driver.actions.isEmpty)
        driver.handle(.timer(0))
        #expect(driver.actions.isEmpty)
        driver.handle(.start)
        #expect(driver.actions.isEmpty)
        #expect(driver.supervisor.phase == before)
    }

    @Test func closesAConnectionThatIsEstablishedTooLate() {
        var driver = SupervisorDriver()
        driver.begin("First 00 00")
        driver.handle(.established(connection: 99))
        #expect(driver.actions == [.close(99)])
    }
}
