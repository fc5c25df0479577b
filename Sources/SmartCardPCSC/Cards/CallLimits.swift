/// How long the steps of a call may take.
struct CallLimits: Sendable, Hashable {
    /// Opening a context, connecting, taking the card.
    var opening: Duration
    /// The whole body.
    var body: Duration
    /// One exchange.
    var exchange: Duration

    /// Giving the card back; a healthy service does it in a fraction of a millisecond.
    ///
    /// No look of its own is scheduled for it: the next one of the call finds an overrun, at the latest after ``exchange``.
    var closing: Duration = .seconds(1)

    /// How long a call whose caller was cancelled may still take to end in good order.
    var cancellationGrace: Duration = .milliseconds(250)

    /// How much longer than its own limit the thread gets for opening, so that it can say itself why it failed.
    var openingSlack: Duration = .milliseconds(250)

    /// What a call has overrun.
    enum Overrun: Sendable, Equatable {
        case opening
        case body
        case exchange
        case closing
        case cancellation
    }

    /// What is to be done about a call.
    enum Verdict: Sendable, Equatable {
        /// Nothing more: it has ended.
        case ended
        /// Look again then.
        case check(at: MonotonicInstant)
        case overrun(Overrun)
    }

    /// Judges a call.
    ///
    /// A body is looked at no more often than an exchange may last: an exchange that begins after a look ends, or overruns,
    /// after the next.
    func verdict(on sample: CallWatch.Sample, at now: MonotonicInstant) -> Verdict {
        var deadlines: [(instant: MonotonicInstant, overrun: Overrun)] = []
        switch sample.phase {
        case .ended:
            return .ended
        case .queued:
            return .check(at: now + opening)
        case .opening:
            deadlines.append((sample.phaseSince + opening + openingSlack, .opening))
        case .body:
            deadlines.append((sample.phaseSince + body, .body))
            if let exchangeSince = sample.exchangeSince {
                deadlines.append((exchangeSince + exchange, .exchange))
            }
        case .closing:
            deadlines.append((sample.phaseSince + closing, .closing))
        }
        if let cancelledSince = sample.cancelledSince, sample.phase != .closing {
            deadlines.append((cancelledSince + cancellationGrace, .cancellation))
        }
        var next = sample.phase == .body ? now + exchange : .distantFuture
        for deadline in deadlines {
            if deadline.instant <= now { return .overrun(deadline.overrun) }
            next = min(next, deadline.instant)
        }
        return .check(at: next)
    }
}
