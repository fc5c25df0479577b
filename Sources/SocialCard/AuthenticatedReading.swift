public import SmartCard

/// Reads cards of all generations with the security modules that a station has (PROTOCOLS.md 1.8b).
///
/// Between the card's challenge and the module's answer the card must keep its power. With a ``ReaderThreadWait`` all of
/// it is one call of the reader: the reader's thread waits, for a bounded time, and the card is never let go. Without one
/// the reader is called twice, and no thread waits for another; pcscd then takes the power from the card after 5
/// seconds, but after less than one if the reader does not report events by itself, so that this is for fast modules
/// and for readers in memory.
public struct AuthenticatedReading: Sendable {
    private let services: [any AuthenticationService]
    private let waiting: (any ReaderThreadWait)?

    /// Sets the services up.
    ///
    /// - Parameters:
    ///   - services: The services in the order in which they are asked, usually the module in the terminal and then the
    ///     back office; none if the station has neither.
    ///   - waiting: How the card's reader waits for an answer; nil for two calls of the reader.
    public init(services: [any AuthenticationService], waiting: (any ReaderThreadWait)? = nil) {
        self.services = services
        self.waiting = waiting
    }

    /// Reads a card.
    ///
    /// A service that cannot answer gives way to the next one. A card that refuses an answer is not asked again: every
    /// refusal costs it one of its tries. Without services a card of the third generation gives no holder and a
    /// warning, as ``SocialCard/read(_:)`` has it.
    ///
    /// - Parameter reader: The reader of the card; no other caller may use the card until this has ended.
    /// - Returns: What the card says and how it was proved.
    /// - Throws: `hsm.unreachable` or `psam.refused` if no answer came within ``SocialCard/answerLimit``; the error of
    ///   ``SocialCard/open(_:)`` or ``SocialCard/complete(_:_:challenge:answer:proof:)``; the last service's error,
    ///   caused by the earlier ones', if none could answer.
    public func read(_ reader: any CardReader) async throws -> SocialCardData {
        guard !services.isEmpty else {
            return try await reader.withCard { channel in try SocialCard.read(channel) }
        }
        guard let waiting else { return try await readInTwoCalls(reader) }
        return try await reader.withCard { channel in
            switch try SocialCard.open(channel) {
            case .complete(let data):
                return data
            case .closed(let data, let challenge):
                let given = try waiting.wait(for: services.last?.proof) { try await answer(challenge) }
                return try complete(channel, data, challenge, given)
            }
        }
    }

    private func readInTwoCalls(_ reader: any CardReader) async throws -> SocialCardData {
        switch try await reader.withCard({ channel in try SocialCard.open(channel) }) {
        case .complete(let data):
            return data
        case .closed(let data, let challenge):
            let given = try await answer(challenge)
            return try await reader.withCard { channel in try complete(channel, data, challenge, given) }
        }
    }

    /// An answer, and what it proves.
    private struct ProvingAnswer: Sendable {
        var answer: AuthenticationAnswer
        var proof: CardProof
    }

    private func complete(
        _ channel: any CardChannel,
        _ data: SocialCardData,
        _ challenge: AuthenticationChallenge,
        _ answer: ProvingAnswer
    ) throws -> SocialCardData {
        try SocialCard.complete(
            channel,
            data,
            challenge: challenge,
            answer: answer.answer,
            proof: answer.proof
        )
    }

    private func answer(_ challenge: AuthenticationChallenge) async throws -> ProvingAnswer {
        var last = SocialCardError(.needsAuthentication, "the station has no security module")
        var isFirst = true
        for service in services {
            do {
                return ProvingAnswer(answer: try await service.answer(challenge), proof: service.proof)
            } catch let error as SocialCardError where error.code.isOfUnavailableService {
                last = isFirst ? error : error.caused(by: last)
                isFirst = false
            }
        }
        throw last
    }
}

extension SocialCardError {
    /// The error with an earlier one as its cause, unless it has a cause of its own.
    fileprivate func caused(by earlier: SocialCardError) -> SocialCardError {
        var error = self
        error.cause = cause ?? earlier
        return error
    }
}

extension SocialCardError.Code {
    /// Whether a service has not answered, so that another one may be asked: nothing has gone to the card.
    fileprivate var isOfUnavailableService: Bool {
        [
            .psamMissing, .psamWrongDialect, .psamKeyMissing, .psamRefused, .hsmUnreachable, .hsmAnswerMalformed,
            .hsmRefused,
        ]
        .contains(self)
    }
}
