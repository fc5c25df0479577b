import SmartCard

/// Lists readers and waits for a card without supervision, on the calling thread.
enum ReaderSurvey {
    /// The longest wait between two looks at whether the result is still wanted.
    private static let longestRound: Duration = .milliseconds(250)

    /// The readers with what is on them; none is an empty list.
    ///
    /// - Throws: ``SmartCardError`` with a code of the service.
    static func listings(library: any PCSCLibrary) throws(SmartCardError) -> [ReaderListing] {
        try look(with: openContext(library)).map { ReaderListing($0) }
    }

    /// Waits until there is a card on the named reader, or on exactly one reader if none is named.
    ///
    /// - Parameters:
    ///   - name: The reader: its name, or the beginning of one name; nil for whichever has a card.
    ///   - isPassedOver: Readers that are not meant when none is named.
    ///   - instant: When to give up.
    ///   - library: The functions to call.
    ///   - interest: Whether the result is still wanted.
    /// - Returns: The reader with the card, which may be mute.
    /// - Throws: ``SmartCardError``: `pcsc.no-readers`, `reader.not-found`, `reader.ambiguous`, `card.absent`, or a code of the
    ///   service.
    static func waitForCard(
        on name: ReaderName?,
        passingOver isPassedOver: (ReaderName) -> Bool,
        until instant: MonotonicInstant,
        library: any PCSCLibrary,
        interest: OneShot.Interest
    ) throws(SmartCardError) -> ReaderName {
        let context = try openContext(library)
        while true {
            var readers = try look(with: context)
            let candidates = try candidates(for: name, passingOver: isPassedOver, among: readers)
            let occupied = candidates.filter { $0.event.flags.contains(.present) }
            if occupied.count > 1 {
                throw SmartCardError(.readerAmbiguous, "\(occupied.count) readers hold a card")
            }
            if let reader = occupied.first { return ReaderName(reader.name) }
            let now = MonotonicInstant.now
            guard now < instant, !interest.isLost else {
                throw SmartCardError(.cardAbsent, "no card was put on \(name?.rawValue ?? "any reader")")
            }
            for index in readers.indices { readers[index].known = readers[index].event.known }
            let rest = Duration.nanoseconds(Int64(clamping: instant.nanoseconds - now.nanoseconds))
            _ = library.waitForChange(
                context.handle,
                milliseconds: max(1, min(rest, longestRound).wholeMilliseconds),
                readers: &readers
            )
        }
    }

    private static func openContext(_ library: any PCSCLibrary) throws(SmartCardError) -> PCSCContext {
        do throws(PCSCReturnCode) {
            return try PCSCContext.open(library: library)
        } catch {
            throw SmartCardError(error, at: .establish, "no line to the smart-card service")
        }
    }

    /// The readers as they are now.
    private static func look(with context: borrowing PCSCContext) throws(SmartCardError) -> [PCSCWatchedReader] {
        // A reader that leaves between the two calls makes the second fail: then the list is taken anew.
        for _ in 0..<3 {
            let (returned, names) = context.library.listReaders(context.handle)
            if returned == .noReadersAvailable { return [] }
            guard returned == .success else {
                throw SmartCardError(returned, at: .status, "listing the readers failed")
            }
            var readers = names.prefix(PCSCSupervisor.mostWatchedReaders).map { PCSCWatchedReader(name: $0) }
            let looked = context.library.waitForChange(context.handle, milliseconds: 0, readers: &readers)
            if looked == .success || looked == .timeout { return readers }
            guard looked == .unknownReader else {
                throw SmartCardError(looked, at: .status, "asking the readers failed")
            }
        }
        throw SmartCardError(.failure, "the list of readers does not settle")
    }

    private static func candidates(
        for name: ReaderName?,
        passingOver isPassedOver: (ReaderName) -> Bool,
        among readers: [PCSCWatchedReader]
    ) throws(SmartCardError) -> [PCSCWatchedReader] {
        guard !readers.isEmpty else { throw SmartCardError(.noReaders, "the service knows no reader") }
        guard let name else { return readers.filter { !isPassedOver(ReaderName($0.name)) } }
        if let exact = readers.first(where: { $0.name == name.rawValue }) { return [exact] }
        // The suffix of a name, such as "00 00", can change when the reader is plugged in again.
        let alike = readers.filter { $0.name.hasPrefix(name.rawValue) }
        if alike.count > 1 { throw SmartCardError(.readerAmbiguous, "\(alike.count) readers begin with \(name)") }
        guard let reader = alike.first else { throw SmartCardError(.readerNotFound, "there is no reader \(name)") }
        return [reader]
    }
}
