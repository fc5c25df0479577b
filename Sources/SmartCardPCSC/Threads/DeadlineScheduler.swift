/// Calls back at given moments; a seam, so that tests move the time themselves.
protocol DeadlineScheduler: Sendable {
    /// The current moment.
    var now: MonotonicInstant { get }

    /// Calls `action` at an instant or soon after.
    ///
    /// - Parameters:
    ///   - instant: When.
    ///   - action: Must not block: it runs between the actions of others.
    /// - Returns: What cancels it.
    func schedule(at instant: MonotonicInstant, _ action: @escaping @Sendable () -> Void) -> DeadlineToken

    /// Takes an action back; without effect if it has begun.
    func cancel(_ token: DeadlineToken)
}

/// Names one scheduled action.
struct DeadlineToken: Hashable, Sendable {
    let number: UInt64
}

/// The scheduled actions in order of time.
struct DeadlineQueue {
    private var entries: [(token: DeadlineToken, instant: MonotonicInstant, action: @Sendable () -> Void)] = []
    private var nextNumber: UInt64 = 1

    /// How many actions wait.
    var count: Int { entries.count }

    /// When the first action is due, or nil if there is none.
    var first: MonotonicInstant? { entries.first?.instant }

    mutating func insert(
        at instant: MonotonicInstant,
        _ action: @escaping @Sendable () -> Void
    ) -> DeadlineToken {
        let token = DeadlineToken(number: nextNumber)
        nextNumber += 1
        // Few entries stand at a time: one for the supervision and one for each body.
        let index = entries.firstIndex { $0.instant > instant } ?? entries.endIndex
        entries.insert((token, instant, action), at: index)
        return token
    }

    mutating func remove(_ token: DeadlineToken) {
        entries.removeAll { $0.token == token }
    }

    /// Takes the first action if it is due.
    mutating func removeDue(at now: MonotonicInstant) -> (@Sendable () -> Void)? {
        guard let first, first <= now else { return nil }
        return entries.removeFirst().action
    }
}
