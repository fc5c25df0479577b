public import SmartCard

extension PCSCCardService {
    /// Lists the readers with what is on them, without supervision.
    ///
    /// - Parameter timeout: How long the service may take.
    /// - Returns: The readers in the order of the service; none is an empty list.
    /// - Throws: ``SmartCardError`` with a code of the service, `pcsc.service-not-answering` after the timeout.
    public static func listReaders(timeout: Duration = .seconds(2)) async throws -> [ReaderListing] {
        try await listReaders(timeout: timeout, library: LibPCSCLite(), scheduler: DeadlineThread())
    }

    /// Waits until there is a card, without supervision.
    ///
    /// - Parameters:
    ///   - reader: The reader's name or the beginning of one name; nil for the only reader that has a card.
    ///   - timeout: How long to wait for a card; a card that is there already is found at once, even with no time to wait.
    ///   - isPassedOver: Readers that are not meant when none is named, such as slots of security modules.
    /// - Returns: The name of the reader with the card, which may be mute.
    /// - Throws: ``SmartCardError``: `pcsc.no-readers`, `reader.not-found`, `reader.ambiguous`, `card.absent` after the timeout,
    ///   or a code of the service.
    public static func waitForCard(
        reader: ReaderName? = nil,
        timeout: Duration,
        passingOver isPassedOver: @escaping @Sendable (ReaderName) -> Bool = { _ in false }
    ) async throws -> ReaderName {
        try await waitForCard(
            reader: reader,
            timeout: timeout,
            passingOver: isPassedOver,
            library: LibPCSCLite(),
            scheduler: DeadlineThread()
        )
    }

    /// How much longer than its own wait a call may take before the service counts as not answering.
    private static let grace: Duration = .seconds(2)

    static func listReaders(
        timeout: Duration,
        library: any PCSCLibrary,
        scheduler: any DeadlineScheduler
    ) async throws -> [ReaderListing] {
        try await OneShot.run(limit: timeout, scheduler: scheduler, overrun: notAnswering) { _ in
            try ReaderSurvey.listings(library: library)
        }
    }

    static func waitForCard(
        reader: ReaderName?,
        timeout: Duration,
        passingOver isPassedOver: @escaping @Sendable (ReaderName) -> Bool = { _ in false },
        library: any PCSCLibrary,
        scheduler: any DeadlineScheduler
    ) async throws -> ReaderName {
        let instant = MonotonicInstant.now + timeout
        return try await OneShot.run(
            limit: timeout + grace,
            scheduler: scheduler,
            overrun: notAnswering
        ) { interest in
            try ReaderSurvey.waitForCard(
                on: reader,
                passingOver: isPassedOver,
                until: instant,
                library: library,
                interest: interest
            )
        }
    }

    private static var notAnswering: SmartCardError {
        SmartCardError(.serviceNotAnswering, "the smart-card service did not answer in time")
    }
}
