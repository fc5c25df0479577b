import SmartCard

extension ReaderLane {
    /// How long a look at the service may take that tells what a call has been waiting for.
    static let diagnosisLimit: Duration = .milliseconds(400)

    /// Looks at a running call, and again at its next deadline.
    func check(_ call: any CardCall) {
        let now = surroundings.scheduler.now
        let sample = call.watch.sample
        switch surroundings.limits.verdict(on: sample, at: now) {
        case .ended:
            return
        case .check(let instant):
            call.watch.check = surroundings.scheduler.schedule(at: instant) { [weak self, weak call] in
                guard let self, let call else { return }
                self.check(call)
            }
        case .overrun(let overrun):
            guard call.watch.end(from: sample.phase) else {
                check(call)
                return
            }
            leaveWorker(of: call, in: sample.phase)
            fail(call, after: overrun)
        }
    }

    /// Ends all calls, since nothing answers.
    func failAll(_ error: SmartCardError) {
        let (running, waiting) = state.withLock { state in
            defer { state.waiting = [] }
            return (state.running, state.waiting)
        }
        for call in waiting { call.fail(error) }
        guard let running, let phase = running.watch.endNow() else { return }
        leaveWorker(of: running, in: phase)
        running.fail(error)
    }

    private func fail(_ call: any CardCall, after overrun: CallLimits.Overrun) {
        switch overrun {
        case .cancellation:
            call.fail(CancellationError())
        case .closing:
            call.finish()
        case .opening, .body, .exchange:
            diagnose(overrun) { [state] error in
                state.withLock { $0.lastOverrun = error.code }
                call.fail(error)
            }
        }
    }

    /// Finds out why a call hangs: the service, another program or the reader.
    ///
    /// The look is made on a thread of its own, which may hang as well; then the service does not answer.
    private func diagnose(_ overrun: CallLimits.Overrun, _ report: @escaping @Sendable (SmartCardError) -> Void) {
        let name = name
        let library = surroundings.library
        let attempt =
            switch overrun {
            case .opening: "opening \(name) did not end in time"
            case .exchange: "an exchange on \(name) did not end in time"
            case .body, .closing, .cancellation: "the work on \(name) did not end in time"
            }
        let isHeldByUs = state.withLock { $0.leftBehind.values.contains(true) }
        // The first report counts.
        let isStarted = DetachedThread.start {
            let state = ReaderGlance.state(of: name, library: library)
            let code = ReaderGlance.code(for: state, overrun: overrun, isHeldByUs: isHeldByUs)
            report(SmartCardError(code, attempt))
        }
        guard isStarted else {
            report(SmartCardError(.readerTimeout, attempt))
            return
        }
        _ = surroundings.scheduler.schedule(at: surroundings.scheduler.now + Self.diagnosisLimit) {
            report(SmartCardError(.serviceNotAnswering, attempt))
        }
    }
}
