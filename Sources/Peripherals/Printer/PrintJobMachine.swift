/// The life of one slip at a printer: status, chunks, confirmation; after a failure in the middle, recovery.
///
/// Recovery waits until the printer is ready, drops the rest of the torn slip (initialisation, feed, cut) and prints
/// the slip again with ``Receipt/reprintMark`` on top, within ``PrintJobLimits``. A slip that was taken whole by a ready
/// printer that did not confirm is not printed again: it most likely lies in the tray.
public struct PrintJobMachine: Sendable {
    private enum State {
        case idle
        /// Waiting for the status before the first byte.
        case checkingBefore
        case writing(Int)
        case confirming
        case checkingAfter
        /// Waiting for the bytes that a torn write left, then for a status.
        case finishingCommand(Inquiry)
        case inquiring(Inquiry)
        case waiting(PeripheralError.Code)
        case cancelling
        case finished
    }

    /// Why the printer is asked after a failure.
    private enum Inquiry {
        /// To name the cause; the code is what stands when the printer has none.
        case cause(PeripheralError.Code)
        /// To see whether it has recovered from the failure of this code.
        case recovery(PeripheralError.Code)
        /// The slip was taken whole, and nothing confirms it.
        case unconfirmed
    }

    private let first: EncodedReceipt
    private let reprint: EncodedReceipt
    private let cancellation: PrinterChunk
    private let printer: PrinterCapabilities
    private let canAskPort: Bool
    private let limits: PrintJobLimits
    private let startsWithRecovery: Bool

    private var state = State.idle
    private var attempt = 1
    private var pollsUsed = 0
    private var hasTakenBytes = false
    private var tornRest: [UInt8] = []
    private var conditions: Set<PrinterCondition> = []

    /// Makes the job of one slip.
    ///
    /// - Parameters:
    ///   - receipt: The slip.
    ///   - printer: What the printer can do.
    ///   - canAskPort: Whether the port has a status of its own, as the USB printer class has.
    ///   - limits: How often the job tries.
    ///   - isReprint: Whether an earlier job of this slip ended uncertain: its rest is dropped first, and the slip
    ///     carries the mark.
    public init(
        receipt: Receipt,
        printer: PrinterCapabilities,
        canAskPort: Bool,
        limits: PrintJobLimits,
        isReprint: Bool = false
    ) {
        let encoder = ESCPOSEncoder(printer: printer)
        reprint = encoder.encode(receipt, isReprint: true)
        first = isReprint ? reprint : encoder.encode(receipt)
        cancellation = encoder.cancellation()
        self.printer = printer
        self.canAskPort = canAskPort
        self.limits = limits
        startsWithRecovery = isReprint
    }

    private var slip: EncodedReceipt { attempt == 1 ? first : reprint }

    private var canAsk: Bool { printer.reportsRealTime || canAskPort }

    /// Takes an event.
    ///
    /// - Parameter event: What happened; one that does not fit the state changes nothing.
    /// - Returns: What to do next.
    public mutating func handle(_ event: Event) -> [Action] {
        if case .finished = state { return [] }
        switch event {
        case .start:
            guard case .idle = state else { return [] }
            state = .checkingBefore
            return [.askStatus(realTime: true)]
        case .status(let status): return handle(status)
        case .written: return handleWritten()
        case .writeFailed(let written, let code, let isFinal):
            return handleWriteFailure(written: written, code: code, isFinal: isFinal)
        case .confirmed(let paper):
            guard case .confirming = state else { return [] }
            conditions.formUnion(paper.conditions)
            state = .checkingAfter
            return [.askStatus(realTime: true)]
        case .unconfirmed(let code, let isFinal):
            guard case .confirming = state else { return [] }
            return isFinal ? fail(code) : inquire(.unconfirmed)
        case .waited:
            guard case .waiting(let code) = state else { return [] }
            return inquire(.recovery(code))
        case .cancelled:
            // What is confirmed stays confirmed.
            if case .checkingAfter = state { return finish(printedResult()) }
            return fail(.printerCancelled)
        }
    }

    private mutating func handle(_ status: PrinterStatus) -> [Action] {
        switch state {
        case .checkingBefore:
            if let code = refusal(of: status) { return fail(code) }
            return startsWithRecovery ? cancel() : write(chunk: 0)
        case .checkingAfter:
            conditions.formUnion(status.conditions.subtracting([.unknown]))
            return finish(printedResult())
        case .inquiring(.cause(let code)):
            return waitForRecovery(refusal(of: status) ?? code)
        case .inquiring(.recovery(let code)):
            if let refusal = refusal(of: status) { return waitForRecovery(refusal) }
            return canAsk ? cancel() : fail(code)
        case .inquiring(.unconfirmed):
            guard let code = refusal(of: status) else { return fail(.printerUnconfirmed) }
            return waitForRecovery(code)
        default:
            return []
        }
    }

    private mutating func handleWritten() -> [Action] {
        switch state {
        case .writing(let chunk):
            hasTakenBytes = true
            let report = Action.report(
                PrintProgress(attempt: attempt, chunksTaken: chunk + 1, chunksTotal: slip.chunks.count)
            )
            guard chunk + 1 == slip.chunks.count else { return [report] + write(chunk: chunk + 1) }
            guard printer.confirmsInOrder else { return [report] + inquire(.unconfirmed) }
            state = .confirming
            return [report, .askConfirmation]
        case .finishingCommand(let inquiry):
            tornRest = []
            return inquire(inquiry)
        case .cancelling:
            tornRest = []
            if hasTakenBytes { attempt += 1 }
            return write(chunk: 0)
        default:
            return []
        }
    }

    private mutating func handleWriteFailure(
        written: Int,
        code: PeripheralError.Code,
        isFinal: Bool
    ) -> [Action] {
        switch state {
        case .writing(let chunk):
            let bytes = slip.chunks[chunk]
            // A count beyond the write is a mistake of the line; it must not take the machine with it.
            let taken = min(max(0, written), bytes.bytes.count)
            if taken > 0 { hasTakenBytes = true }
            tornRest = bytes.rest(after: taken)
        case .finishingCommand(let inquiry):
            tornRest.removeFirst(min(max(0, written), tornRest.count))
            guard !isFinal else { return fail(code) }
            state = .inquiring(inquiry)
            return [.askStatus(realTime: tornRest.isEmpty)]
        case .cancelling:
            if written > 0 { tornRest = cancellationRest(after: written) }
        default:
            return []
        }
        guard !isFinal else { return fail(code) }
        guard hasTakenBytes || startsWithRecovery else { return fail(code) }
        return inquire(.cause(code))
    }

    /// Asks for the status, behind the rest of a torn command if there is one.
    private mutating func inquire(_ inquiry: Inquiry) -> [Action] {
        guard tornRest.isEmpty else {
            state = .finishingCommand(inquiry)
            return [.write(tornRest)]
        }
        state = .inquiring(inquiry)
        return [.askStatus(realTime: true)]
    }

    private mutating func waitForRecovery(_ code: PeripheralError.Code) -> [Action] {
        guard canAsk, attempt < limits.attempts, pollsUsed < limits.recoveryPolls else { return fail(code) }
        pollsUsed += 1
        state = .waiting(code)
        return [.wait]
    }

    private mutating func cancel() -> [Action] {
        state = .cancelling
        return [.write(tornRest + cancellation.bytes)]
    }

    private func cancellationRest(after written: Int) -> [UInt8] {
        if written < tornRest.count { return Array(tornRest[written...]) }
        return cancellation.rest(after: min(written - tornRest.count, cancellation.bytes.count))
    }

    private mutating func write(chunk: Int) -> [Action] {
        state = .writing(chunk)
        return [.write(slip.chunks[chunk].bytes)]
    }

    /// Why the printer will not print; nil when it is ready, or cannot be asked.
    private func refusal(of status: PrinterStatus) -> PeripheralError.Code? {
        guard let condition = status.blocking else { return nil }
        if condition == .unknown, !printer.reportsRealTime { return nil }
        return condition.code
    }

    private func printedResult() -> PrintResult {
        var warnings: [PrintWarning] = []
        if attempt > 1 || startsWithRecovery { warnings.append(.reprinted) }
        if slip.replacedCharacters > 0 { warnings.append(.charactersReplaced(slip.replacedCharacters)) }
        if slip.codesLeftOut > 0 { warnings.append(.codesLeftOut(slip.codesLeftOut)) }
        if conditions.contains(.paperNearEnd) { warnings.append(.paperNearEnd) }
        if let blocking = PrinterStatus(conditions).blocking { warnings.append(.condition(blocking)) }
        return warnings.isEmpty ? .printed : .printedWithWarnings(warnings)
    }

    private mutating func fail(_ code: PeripheralError.Code) -> [Action] {
        finish(hasTakenBytes ? .uncertain(code) : .notPrinted(code))
    }

    private mutating func finish(_ result: PrintResult) -> [Action] {
        state = .finished
        return [.finish(result)]
    }
}

extension PrintJobMachine: PersonalContent {
    /// The size of the job.
    public var redacted: String { "print job, attempt \(attempt), \(slip.redacted)" }
}
