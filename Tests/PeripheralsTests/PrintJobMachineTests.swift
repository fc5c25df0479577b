import Peripherals
import SeededRandom
import Testing

@Suite
struct PrintJobMachineTests {
    typealias Event = PrintJobMachine.Event
    typealias Action = PrintJobMachine.Action

    private static let paperEnd = PrinterStatus([.paperEnd])

    private func machine(
        attempts: Int = 2,
        recoveryPolls: Int = 3,
        canAskPort: Bool = false,
        isReprint: Bool = false,
        _ change: (inout Samples.Model) -> Void = { _ in }
    ) throws -> PrintJobMachine {
        PrintJobMachine(
            receipt: try Receipt(lines: [.text("x", .normal)], isSimulated: false),
            printer: try Samples.printer(change),
            canAskPort: canAskPort,
            limits: try PrintJobLimits(attempts: attempts, recoveryPolls: recoveryPolls),
            isReprint: isReprint
        )
    }

    /// The action that asks for an event, or ends the job, after each event.
    private func play(_ machine: inout PrintJobMachine, _ events: [Event]) -> Action? {
        var last: Action?
        for event in events { last = machine.handle(event).last }
        return last
    }

    private func result(_ machine: PrintJobMachine, _ events: [Event]) -> PrintResult? {
        var machine = machine
        guard case .finish(let result)? = play(&machine, events) else { return nil }
        return result
    }

    @Test
    func aSlipIsCheckedWrittenConfirmedAndCheckedAgain() throws {
        var machine = try machine()
        #expect(machine.handle(.start) == [.askStatus(realTime: true)])
        #expect(machine.handle(.status(.ready)) == [.write(hex("1B40 1C26 78 0A 1B64 04 1D56 01"))])
        let progress = PrintProgress(attempt: 1, chunksTaken: 1, chunksTotal: 1)
        #expect(machine.handle(.written) == [.report(progress), .askConfirmation])
        #expect(machine.handle(.confirmed(.ready)) == [.askStatus(realTime: true)])
        #expect(machine.handle(.status(.ready)) == [.finish(.printed)])
        #expect(machine.handle(.written) == [])
    }

    @Test(arguments: [
        (PrinterCondition.coverOpen, PeripheralError.Code.printerCoverOpen), (.paperEnd, .printerPaperEnd),
        (.cutterError, .printerCutter), (.overheated, .printerOverheated), (.unrecoverable, .printerBroken),
        (.offline, .printerOffline), (.unknown, .printerNotResponding),
    ])
    func aPrinterThatIsNotReadyGetsNoByte(_ condition: PrinterCondition, _ code: PeripheralError.Code) throws {
        let got = result(try machine(), [.start, .status(PrinterStatus([condition]))])
        #expect(got == .notPrinted(code))
    }

    @Test
    func warningsGoWithAPrintedSlip() throws {
        let events: [Event] = [.start, .status(PrinterStatus([.paperNearEnd])), .written]
        let near = result(try machine(), events + [.confirmed(.ready), .status(PrinterStatus([.paperNearEnd]))])
        #expect(near == .printedWithWarnings([.paperNearEnd]))
        let open = result(try machine(), events + [.confirmed(.ready), .status(PrinterStatus([.coverOpen]))])
        #expect(open == .printedWithWarnings([.condition(.coverOpen)]))
        // A caller that gives up after the confirmation does not make it undone.
        #expect(result(try machine(), events + [.confirmed(.ready), .cancelled]) == .printed)
    }

    @Test
    func whatIsNotConfirmedIsUncertain() throws {
        let missing = Event.unconfirmed(code: .printerNotResponding, isFinal: false)
        let events: [Event] = [.start, .status(.ready), .written]
        #expect(result(try machine(), events + [missing, .status(.ready)]) == .uncertain(.printerUnconfirmed))
        let gone = Event.unconfirmed(code: .printerUnplugged, isFinal: true)
        #expect(result(try machine(), events + [gone]) == .uncertain(.printerUnplugged))
        #expect(result(try machine(), events + [.cancelled]) == .uncertain(.printerCancelled))
        let mute = try machine { $0.confirmsInOrder = false }
        #expect(result(mute, events + [.status(.ready)]) == .uncertain(.printerUnconfirmed))
        let silent = try machine {
            $0.confirmsInOrder = false
            $0.reportsRealTime = false
        }
        let unknown = Event.status(.unknown)
        #expect(result(silent, [.start, unknown, .written, unknown]) == .uncertain(.printerUnconfirmed))
    }

    @Test
    func aFailureBeforeTheFirstByteIsNotPrinted() throws {
        let failure = Event.writeFailed(written: 0, code: .printerNotResponding, isFinal: false)
        #expect(result(try machine(), [.start, .status(.ready), failure]) == .notPrinted(.printerNotResponding))
        #expect(result(try machine(), [.start, .cancelled]) == .notPrinted(.printerCancelled))
    }

    @Test
    func aTornSlipIsDroppedAndPrintedAgainWithItsMark() throws {
        var machine = try machine()
        let torn = Event.writeFailed(written: 5, code: .printerNotResponding, isFinal: false)
        #expect(play(&machine, [.start, .status(.ready), torn]) == .askStatus(realTime: true))
        #expect(machine.handle(.status(Self.paperEnd)) == [.wait])
        #expect(machine.handle(.waited) == [.askStatus(realTime: true)])
        #expect(machine.handle(.status(Self.paperEnd)) == [.wait])
        #expect(play(&machine, [.waited]) == .askStatus(realTime: true))
        #expect(machine.handle(.status(.ready)) == [.write(hex("1B40 1B40 1C26 1B64 04 1D56 01"))])
        guard case .write(let bytes)? = machine.handle(.written).last else {
            Issue.record("the slip is not written again")
            return
        }
        #expect(bytes.starts(with: hex("1B40 1C26 1B61 01 1D21 11 1C21 0C D6D8 B4F2 0A")))
        let end: [Event] = [.written, .confirmed(.ready), .status(.ready)]
        #expect(play(&machine, end) == .finish(.printedWithWarnings([.reprinted])))
    }

    @Test
    func theRestOfATornCommandGoesFirst() throws {
        var machine = try machine(canAskPort: true)
        // Three bytes: the initialisation and half of the Chinese mode.
        let torn = Event.writeFailed(written: 3, code: .printerNotResponding, isFinal: false)
        #expect(play(&machine, [.start, .status(.ready), torn]) == .write([0x26]))
        let still = Event.writeFailed(written: 0, code: .printerNotResponding, isFinal: false)
        #expect(machine.handle(still) == [.askStatus(realTime: false)])
        #expect(machine.handle(.status(Self.paperEnd)) == [.wait])
        #expect(machine.handle(.waited) == [.write([0x26])])
        #expect(machine.handle(.written) == [.askStatus(realTime: true)])
    }

    @Test
    func attemptsAndQuestionsAreBounded() throws {
        let torn = Event.writeFailed(written: 5, code: .printerNotResponding, isFinal: false)
        let start: [Event] = [.start, .status(.ready), torn]
        let once = try machine(attempts: 1)
        #expect(result(once, start + [.status(Self.paperEnd)]) == .uncertain(.printerPaperEnd))
        let noQuestion = try machine(recoveryPolls: 0)
        #expect(result(noQuestion, start + [.status(Self.paperEnd)]) == .uncertain(.printerPaperEnd))
        let poll: [Event] = [.status(Self.paperEnd), .waited]
        let three = start + poll + poll + poll + [.status(Self.paperEnd)]
        #expect(result(try machine(), three) == .uncertain(.printerPaperEnd))
        // The second attempt is torn too.
        let tornAgain = Event.writeFailed(written: 4, code: .printerNotResponding, isFinal: false)
        let again = start + [.status(.ready), .waited, .status(.ready), .written, tornAgain, .status(.ready)]
        #expect(result(try machine(), again) == .uncertain(.printerNotResponding))
    }

    @Test
    func aReprintDropsTheRestFirst() throws {
        var machine = try machine(isReprint: true)
        let cancellation = Action.write(hex("1B40 1B40 1C26 1B64 04 1D56 01"))
        #expect(play(&machine, [.start, .status(.ready)]) == cancellation)
        guard case .write(let bytes)? = machine.handle(.written).last else {
            Issue.record("the slip is not written")
            return
        }
        #expect(bytes.starts(with: hex("1B40 1C26 1B61 01 1D21 11 1C21 0C D6D8 B4F2 0A")))
    }

    /// 100,000 jobs with events at random: each ends in bounded steps, and none claims more than it was told.
    @Test
    func randomJobsEndAndNeverClaimTooMuch() throws {
        var random = SplitMix64(seed: 21)
        var counts: [String: Int] = [:]
        for round in 0..<100_000 {
            var machine = try machine(
                attempts: 1 + random.below(3),
                recoveryPolls: random.below(4),
                canAskPort: random.below(2) == 0,
                isReprint: random.below(4) == 0
            ) {
                $0.reportsRealTime = random.below(4) != 0
                $0.confirmsInOrder = random.below(4) != 0
                $0.chunkBytes = 16
            }
            guard let trace = Trace(&machine, &random) else {
                Issue.record("round \(round) of seed 21 does not end")
                return
            }
            counts[trace.kind, default: 0] += 1
            guard trace.isHonest else {
                Issue.record("round \(round) of seed 21 ends \(trace.result)")
                return
            }
        }
        #expect(counts["printed", default: 0] > 1_000)
        #expect(counts["uncertain", default: 0] > 1_000)
        #expect(counts["notPrinted", default: 0] > 1_000)
    }

    /// What one random job was told, and how it ended.
    private struct Trace {
        var result = PrintResult.printed
        var hasTakenBytes = false
        var isConfirmed = false

        init?(_ machine: inout PrintJobMachine, _ random: inout SplitMix64) {
            var actions = machine.handle(.start)
            for _ in 0..<200 {
                guard let action = actions.last else { return nil }
                if case .finish(let result) = action {
                    self.result = result
                    return
                }
                actions = machine.handle(event(for: action, &random))
            }
            return nil
        }

        private mutating func event(for action: Action, _ random: inout SplitMix64) -> Event {
            if random.below(40) == 0 { return .cancelled }
            switch action {
            case .askStatus:
                return .status(
                    random.below(3) == 0 ? PrinterStatus([PrinterCondition.allCases[random.below(8)]]) : .ready
                )
            case .write(let bytes):
                isConfirmed = false
                if random.below(4) != 0 {
                    hasTakenBytes = true
                    return .written
                }
                let written = random.below(bytes.count + 1)
                if written > 0 { hasTakenBytes = true }
                return .writeFailed(written: written, code: .printerLine, isFinal: random.below(4) == 0)
            case .askConfirmation:
                guard random.below(3) != 0 else {
                    return .unconfirmed(code: .printerNotResponding, isFinal: random.below(2) == 0)
                }
                isConfirmed = true
                return .confirmed(.ready)
            default:
                return .waited
            }
        }

        var kind: String {
            switch result {
            case .printed, .printedWithWarnings: "printed"
            case .uncertain: "uncertain"
            case .notPrinted: "notPrinted"
            }
        }

        var isHonest: Bool {
            switch result {
            case .printed, .printedWithWarnings: isConfirmed
            case .uncertain: hasTakenBytes
            case .notPrinted: !isConfirmed
            }
        }
    }
}
