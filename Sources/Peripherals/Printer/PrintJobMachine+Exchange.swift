extension PrintJobMachine {
    /// What happened.
    public enum Event: Hashable, Sendable {
        /// The job begins.
        case start
        /// The printer was asked, and this is what it said; ``PrinterStatus/unknown`` for no answer.
        case status(PrinterStatus)
        /// The printer took all bytes of the write.
        case written
        /// The printer took the first bytes of the write only. A final failure, of a device that is gone or of a
        /// caller that gave up, ends the job.
        case writeFailed(written: Int, code: PeripheralError.Code, isFinal: Bool)
        /// The printer answered behind the data.
        case confirmed(PrinterStatus)
        /// The printer did not answer behind the data. A final failure ends the job.
        case unconfirmed(code: PeripheralError.Code, isFinal: Bool)
        /// The time between two questions about recovery is over.
        case waited
        /// The caller gave up.
        case cancelled
    }

    /// What to do next; exactly one of a list asks for an event, or ends the job.
    public enum Action: Hashable, Sendable {
        /// Ask the printer for its status. Without `realTime` only the port may be asked, since the printer stands in
        /// the middle of a command.
        case askStatus(realTime: Bool)
        /// Write these bytes.
        case write([UInt8])
        /// Ask for the answer behind the data.
        case askConfirmation
        /// Wait before the next question about recovery.
        case wait
        /// Tell how far the job is; asks for no event.
        case report(PrintProgress)
        /// The job has ended.
        case finish(PrintResult)
    }
}

extension PrintJobMachine.Action: PersonalContent {
    /// The kind of the action.
    public var redacted: String {
        switch self {
        case .askStatus(let realTime): "ask status\(realTime ? "" : " of the port")"
        case .write(let bytes): "write \(bytes.count) bytes"
        case .askConfirmation: "ask confirmation"
        case .wait: "wait"
        case .report(let progress): "report \(progress.chunksTaken) of \(progress.chunksTotal) chunks"
        case .finish(let result): "finish: \(result)"
        }
    }
}
