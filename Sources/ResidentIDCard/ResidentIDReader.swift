/// A reader of resident-ID documents with a security module (SAM_V, GA 467), over any line.
///
/// Has one user at a time. Every operation is cancelled with its task and ends with `id.cancelled`.
public struct ResidentIDReader: Sendable {
    /// How often finding, selecting and reading is tried when one of them fails.
    ///
    /// People move the document, so that a second attempt often succeeds; after a third one the failure lasts.
    public static let attemptMax = 3
    /// How often a question that changes nothing is asked when its frames arrive damaged.
    public static let questionMax = 3

    private let link: any SAMVLink
    private let timings: SAMVTimings
    private let clock: any Clock<Duration>

    /// Whether the last thing that happened is a successful reading: most readers then do not find the same document
    /// until it is lifted (PROTOCOLS.md 2.3).
    private var hasJustRead = false

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - link: The way to the security module, of which this reader is the only user.
    ///   - timings: How long the commands may take.
    ///   - clock: A monotonic clock, also for the rests between two finds.
    public init(link: any SAMVLink, timings: SAMVTimings = .standard, clock: any Clock<Duration>) {
        self.link = link
        self.timings = timings
        self.clock = clock
    }
}

extension ResidentIDReader {
    /// Resets the security module; a document that was read need not be lifted for the next reading.
    ///
    /// - Throws: ``ResidentIDError``.
    public mutating func resetSAM() async throws(ResidentIDError) {
        _ = try await ask(.reset, timings.status)
        hasJustRead = false
    }

    /// Asks whether the security module works.
    ///
    /// - Throws: ``ResidentIDError`` with `id.sam-self-test` or `id.sam-not-authorised` if it does not.
    public func checkStatus() async throws(ResidentIDError) {
        _ = try await ask(.status, timings.status)
    }

    /// Asks for the number of the security module, which names the reader.
    ///
    /// - Returns: The number.
    /// - Throws: ``ResidentIDError``.
    public func samIdentifier() async throws(ResidentIDError) -> SAMIdentifier {
        let response = try await ask(.samIdentifier, timings.samID)
        guard let identifier = SAMIdentifier(bytes: response.data) else {
            throw ResidentIDError(.frameMalformed, "\(SAMVCommand.samIdentifier.title): not 16 bytes")
        }
        return identifier
    }

    /// Looks once for a document.
    ///
    /// - Returns: False if there is none, or only one that must be lifted first.
    /// - Throws: ``ResidentIDError``.
    public func findDocument() async throws(ResidentIDError) -> Bool {
        let response = try await exchange(.find, timings.find)
        switch response.status.meaning {
        case .documentFound: return true
        case .findFailed: return false
        default: throw ResidentIDError(response.status, .find)
        }
    }

    /// Selects the document that was found.
    ///
    /// - Throws: ``ResidentIDError`` with `id.select-failed` when it was taken away meanwhile.
    public func select() async throws(ResidentIDError) {
        _ = try await succeed(.select, timings.select)
    }

    /// Reads the document that was selected, once.
    ///
    /// - Parameter fingerprint: Whether to ask for the fingerprints too.
    /// - Returns: What it holds.
    /// - Throws: ``ResidentIDError`` with `id.read-failed`, `id.authentication-failed` and others.
    public func readSelected(fingerprint: Bool = false) async throws(ResidentIDError) -> ResidentIDReading {
        let command: SAMVCommand = fingerprint ? .readFingerprint : .read
        let response = try await succeed(command, fingerprint ? timings.readFingerprint : timings.read)
        return try ResidentIDReading(response.data, command)
    }

    /// Reads the addresses that were appended to the document that was selected.
    ///
    /// - Returns: The addresses; none if the document has no such content.
    /// - Throws: ``ResidentIDError``.
    public func readAppendedAddresses() async throws(ResidentIDError) -> AppendedAddresses {
        let response = try await exchange(.readAddresses, timings.newAddress)
        guard response.status.meaning != .noContent else { return .none }
        guard response.status == .success else { throw ResidentIDError(response.status, .readAddresses) }
        guard let addresses = AppendedAddresses(data: response.data) else {
            throw ResidentIDError(.frameMalformed, "\(SAMVCommand.readAddresses.title): not one to four addresses")
        }
        return addresses
    }
}

extension ResidentIDReader {
    /// What to read beside text and photo.
    public struct Options: Hashable, Sendable {
        /// Whether to read the fingerprints.
        public var fingerprint: Bool
        /// Whether to read the appended addresses.
        public var appendedAddresses: Bool

        /// Makes options.
        ///
        /// - Parameters:
        ///   - fingerprint: Whether to read the fingerprints.
        ///   - appendedAddresses: Whether to read the appended addresses.
        public init(fingerprint: Bool = false, appendedAddresses: Bool = false) {
            self.fingerprint = fingerprint
            self.appendedAddresses = appendedAddresses
        }
    }

    /// Waits for a document and reads it: find, select and read, the whole every time.
    ///
    /// The limit is for the waiting: a reading that began is finished within its own times. When nothing is found, the
    /// first call after a successful reading says that the document must be lifted, and the following ones that there
    /// is none: the reader cannot tell the two apart.
    ///
    /// - Parameters:
    ///   - options: What to read beside text and photo.
    ///   - wait: How long to wait for a document and to go on after a failure; one find is made in any case.
    /// - Returns: What the document holds. When the appended addresses fail, the rest is given with a warning.
    /// - Throws: ``ResidentIDError`` with `id.no-document`, `id.lift-first`, or what failed last of at most
    ///   ``attemptMax`` attempts.
    public mutating func readDocument(
        _ options: Options = Options(),
        within wait: Duration
    ) async throws(ResidentIDError) -> ResidentIDReading {
        let deadline = Deadline(after: wait, clock)
        var failure: ResidentIDError?
        var attempts = 0
        repeat {
            do throws(ResidentIDError) {
                if try await findDocument() {
                    hasJustRead = false
                    let reading = try await readFound(options)
                    hasJustRead = true
                    return reading
                }
            } catch {
                failure = error
                attempts += 1
                guard error.isWorthAnotherAttempt, attempts < Self.attemptMax else { throw error }
            }
            try await rest(min(timings.findPause, deadline.left))
        } while deadline.left > .zero
        if let failure { throw failure }
        guard hasJustRead else { throw ResidentIDError(.noDocument, "find: no document came") }
        hasJustRead = false
        throw ResidentIDError(.liftFirst, "find: no other document came after the one that was read")
    }

    private func readFound(_ options: Options) async throws(ResidentIDError) -> ResidentIDReading {
        try await select()
        var reading = try await readSelected(fingerprint: options.fingerprint)
        guard options.appendedAddresses else { return reading }
        do throws(ResidentIDError) {
            let addresses = try await readAppendedAddresses()
            reading.appendedAddresses = addresses
            if addresses.hasUnreadable { reading.document.warnings.append(.addressesUnreadable) }
        } catch {
            guard error.code != .cancelled, error.code != .lineFailed else { throw error }
            reading.document.warnings.append(.addressesUnreadable)
        }
        return reading
    }

    /// Asks a question that changes nothing, again when its frames arrive damaged or not at all.
    private func ask(_ command: SAMVCommand, _ timeout: Duration) async throws(ResidentIDError) -> SAMVResponse {
        var count = 1
        while true {
            do throws(ResidentIDError) {
                return try await succeed(command, timeout)
            } catch {
                let isLost = error.code == .checksum || error.code == .timeout
                guard isLost, count < Self.questionMax else { throw error }
                count += 1
            }
        }
    }

    private func succeed(_ command: SAMVCommand, _ timeout: Duration) async throws(ResidentIDError) -> SAMVResponse {
        let response = try await exchange(command, timeout)
        guard response.status == .success else { throw ResidentIDError(response.status, command) }
        return response
    }

    private func exchange(_ command: SAMVCommand, _ timeout: Duration) async throws(ResidentIDError) -> SAMVResponse {
        guard !Task.isCancelled else { throw ResidentIDError(.cancelled, "\(command.title): the caller gave up") }
        return try await link.exchange(command, timeout: timeout)
    }

    private func rest(_ pause: Duration) async throws(ResidentIDError) {
        guard pause > .zero else { return }
        do {
            try await clock.sleep(for: pause)
        } catch {
            throw ResidentIDError(.cancelled, "find: the caller gave up")
        }
    }
}

extension ResidentIDError {
    /// Whether the next attempt may succeed: the document moved, or the line was disturbed.
    fileprivate var isWorthAnotherAttempt: Bool {
        switch code {
        case .selectFailed, .readFailed, .authenticationFailed, .checksum, .frameMalformed, .timeout: true
        default: false
        }
    }
}
