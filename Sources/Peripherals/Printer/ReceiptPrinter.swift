public import DeviceIO

/// A receipt printer behind a line of bytes.
///
/// One user at a time, as for the line itself. Nothing is kept between two calls: what became of a slip stands in the
/// result alone.
public struct ReceiptPrinter: Sendable {
    private let channel: any ByteChannel
    private let port: (any PrinterPort)?
    private let printer: PrinterCapabilities
    private let timings: PrinterTimings
    private let limits: PrintJobLimits
    private let pause: @Sendable (Duration) async throws -> Void

    /// The most bytes that are looked at for one answer; late answers to earlier questions come first.
    private static let answerBytesMax = 16

    /// Makes a printer.
    ///
    /// - Parameters:
    ///   - channel: The line.
    ///   - port: The port status, if the line has one.
    ///   - printer: What the printer can do.
    ///   - timings: How long things take.
    ///   - limits: How often a job tries.
    ///   - pause: Waits; it throws when the caller gave up.
    public init(
        channel: any ByteChannel,
        port: (any PrinterPort)? = nil,
        printer: PrinterCapabilities,
        timings: PrinterTimings,
        limits: PrintJobLimits,
        pause: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.channel = channel
        self.port = port
        self.printer = printer
        self.timings = timings
        self.limits = limits
        self.pause = pause
    }

    /// Asks the printer how it is.
    ///
    /// - Returns: The conditions of the real-time answers and of the port; ``PrinterStatus/unknown`` when neither can
    ///   be asked or understood.
    public func status() async -> PrinterStatus {
        await status(realTime: true)
    }

    /// Prints a slip, with recovery within the limits.
    ///
    /// - Parameters:
    ///   - receipt: The slip.
    ///   - isReprint: Whether an earlier call for this slip ended uncertain: what the printer still holds of it is
    ///     dropped first, and the slip carries ``Receipt/reprintMark``.
    ///   - progress: Is told about each chunk that the printer has taken.
    /// - Returns: What is known about the slip.
    public func print(
        _ receipt: Receipt,
        isReprint: Bool = false,
        progress: (PrintProgress) -> Void = { _ in }
    ) async -> PrintResult {
        var machine = PrintJobMachine(
            receipt: receipt,
            printer: printer,
            canAskPort: port != nil,
            limits: limits,
            isReprint: isReprint
        )
        var actions = machine.handle(.start)
        while true {
            var event: PrintJobMachine.Event?
            for action in actions {
                switch action {
                case .report(let taken): progress(taken)
                case .finish(let result): return result
                default: event = await perform(action)
                }
            }
            // Each list of the machine holds one action with an event; none would mean that the job is lost.
            actions = machine.handle(event ?? .cancelled)
        }
    }

    private func perform(_ action: PrintJobMachine.Action) async -> PrintJobMachine.Event? {
        switch action {
        case .askStatus(let realTime):
            let status = await status(realTime: realTime)
            return Task.isCancelled ? .cancelled : .status(status)
        case .write(let bytes):
            do throws(DeviceError) {
                try await channel.write(bytes, timeout: timings.write)
                return .written
            } catch {
                return .writeFailed(written: error.written, code: Self.code(of: error), isFinal: Self.isFinal(error))
            }
        case .askConfirmation:
            return await confirmation()
        case .wait:
            do {
                try await pause(timings.recoveryPoll)
                return .waited
            } catch {
                return .cancelled
            }
        case .report, .finish:
            return nil
        }
    }

    private func status(realTime: Bool) async -> PrinterStatus {
        let answers: [UInt8: UInt8]? = realTime && printer.reportsRealTime ? await realTimeAnswers() : nil
        let ofPort = await portStatus()
        guard let answers else { return ofPort ?? .unknown }
        let status = answers.isEmpty ? .unknown : PrinterStatus(realTime: answers, printer: printer)
        return ofPort.map(status.merged(withPort:)) ?? status
    }

    private func portStatus() async -> PrinterStatus? {
        guard let port else { return nil }
        do throws(DeviceError) {
            return PrinterStatus(portStatus: try await port.portStatus(timeout: timings.status))
        } catch {
            return .unknown
        }
    }

    /// The answers to `DLE EOT 1…4`, up to the first that does not come.
    private func realTimeAnswers() async -> [UInt8: UInt8] {
        var answers: [UInt8: UInt8] = [:]
        do throws(DeviceError) {
            for number in PrinterStatus.realTimeNumbers {
                try await channel.discardInput()
                try await channel.write(ESCPOSCommand.realTimeStatus(number), timeout: timings.status)
                answers[number] = try await channel.read(countMax: 1, timeout: timings.status).first
            }
        } catch {
            return answers
        }
        return answers
    }

    private func confirmation() async -> PrintJobMachine.Event {
        do throws(DeviceError) {
            try await channel.discardInput()
            try await channel.write(ESCPOSCommand.inOrderStatus, timeout: timings.write)
            for _ in 0..<Self.answerBytesMax {
                let answer = try await channel.read(countMax: 1, timeout: timings.confirmation)
                if let status = answer.first.flatMap(PrinterStatus.init(paperSensor:)) { return .confirmed(status) }
            }
            return .unconfirmed(code: .printerNotResponding, isFinal: false)
        } catch {
            return .unconfirmed(code: Self.code(of: error), isFinal: Self.isFinal(error))
        }
    }

    private static func code(of error: DeviceError) -> PeripheralError.Code {
        switch error.code {
        case .cancelled: .printerCancelled
        case .unplugged, .notFound: .printerUnplugged
        case .timeout: .printerNotResponding
        default: .printerLine
        }
    }

    /// Whether the line is of no further use to this job.
    private static func isFinal(_ error: DeviceError) -> Bool {
        switch error.code {
        case .cancelled, .unplugged, .notFound, .accessDenied: true
        default: false
        }
    }
}
