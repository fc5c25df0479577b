import SmartCard

extension PCSCSupervisor {
    /// Asks for the list of readers.
    mutating func list() -> [Action] {
        phase = .listing
        return [.list(connection), setTimer(round + grace)]
    }

    mutating func listed(_ returned: PCSCReturnCode, _ names: [ReaderName]) -> [Action] {
        switch returned {
        case .success, .noReadersAvailable:
            let events = replaceReaders(by: returned == .success ? names : [])
            if !events.isEmpty { settlingRounds = timing.settlingRounds }
            return reportAvailability() + events.map(Action.emit) + wait()
        default:
            return loseConnection(after: returned)
        }
    }

    mutating func waited(_ result: WaitResult) -> [Action] {
        switch result.returned {
        case .success, .timeout:
            break
        case .unknownReader, .cancelled, .noReadersAvailable, .readerUnavailable:
            return proceed(events: [], mustList: true, isNews: false)
        default:
            return loseConnection(after: result.returned)
        }
        var events: [ReaderEvent] = []
        var mustList = result.returned == .timeout && isListDue()
        var isNews = result.returned == .timeout
        for watched in result.readers {
            if watched.name == PCSCWatchedReader.plugAndPlayName {
                plugAndPlayCounter = watched.event.counter
                mustList = mustList || watched.event.flags.contains(.changed)
                continue
            }
            guard let index = readers.firstIndex(where: { $0.name.rawValue == watched.name }) else { continue }
            let known = readers[index].known
            events += readers[index].apply(watched.event, answerToReset: watched.answerToReset)
            isNews = isNews || readers[index].known != known
            mustList = mustList || (readers[index].isUnknown && readers[index].known != known)
        }
        return proceed(events: events, mustList: mustList, isNews: isNews || !events.isEmpty)
    }

    /// Whether the list of readers is to be checked after a quiet wait.
    private mutating func isListDue() -> Bool {
        quietRounds += 1
        return !isOccupied || settlingRounds > 0 || quietRounds.isMultiple(of: timing.presentRoundsPerList)
    }

    /// Goes on to the next call, after a pause if calls come back at once with nothing new.
    private mutating func proceed(events: [ReaderEvent], mustList: Bool, isNews: Bool) -> [Action] {
        let emissions = events.map(Action.emit)
        spuriousRounds = isNews ? 0 : spuriousRounds + 1
        guard spuriousRounds <= timing.spuriousRounds else {
            spuriousRounds = 0
            phase = .pausing
            return emissions + [setTimer(timing.spuriousPause)]
        }
        return emissions + (mustList ? list() : wait())
    }

    /// Asks for the next wait.
    private mutating func wait() -> [Action] {
        phase = .waiting
        let round = round
        settlingRounds = max(0, settlingRounds - 1)
        let request = WaitRequest(readers: watchedReaders, milliseconds: round.wholeMilliseconds)
        return [.wait(connection, request), setTimer(round + grace)]
    }

    private var isOccupied: Bool { readers.contains { $0.isOccupied } }

    /// How long the next wait lasts.
    private var round: Duration { isOccupied || settlingRounds > 0 ? timing.presentRound : timing.idleRound }

    /// How much longer a call may take.
    private var grace: Duration { isOccupied ? timing.presentGrace : timing.idleGrace }

    /// The entries of a wait.
    ///
    /// Where the entries are full the pseudo-reader is left out: a full service can take no reader before one has left, and
    /// that ends the wait by itself.
    private var watchedReaders: [PCSCWatchedReader] {
        var watched = readers.prefix(Self.mostWatchedReaders).map { reader in
            PCSCWatchedReader(name: reader.name.rawValue, known: reader.known)
        }
        if watched.count < Self.mostWatchedReaders {
            // From 2.3 on the service counts the changes of the list, and its own count is given back. Before that the count
            // in use is the number of readers.
            let counter = plugAndPlayCounter == 0 ? UInt16(clamping: readers.count) : plugAndPlayCounter
            let known = PCSCReaderState([], counter: counter)
            watched.append(PCSCWatchedReader(name: PCSCWatchedReader.plugAndPlayName, known: known))
        }
        return watched
    }

    /// Takes the list of readers and tells who left and who came, in order.
    private mutating func replaceReaders(by names: [ReaderName]) -> [ReaderEvent] {
        var events: [ReaderEvent] = []
        for reader in readers where !names.contains(reader.name) {
            events += reader.removal + [.readerLeft(reader.name)]
        }
        var replacement: [SupervisedReader] = []
        for name in names where !replacement.contains(where: { $0.name == name }) {
            if let reader = readers.first(where: { $0.name == name }) {
                replacement.append(reader)
            } else {
                replacement.append(SupervisedReader(name: name))
                events.append(.readerArrived(name))
            }
        }
        readers = replacement
        return events
    }
}
