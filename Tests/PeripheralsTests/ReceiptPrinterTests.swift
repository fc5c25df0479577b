import DeviceIO
import Peripherals
import Testing

@Suite
struct ReceiptPrinterTests {
    private func driver(
        _ device: VirtualPrinter,
        _ printer: PrinterCapabilities,
        recoveryPolls: Int = 5
    ) throws -> ReceiptPrinter {
        ReceiptPrinter(
            channel: device,
            port: device,
            printer: printer,
            timings: try PrinterTimings(),
            limits: try PrintJobLimits(recoveryPolls: recoveryPolls),
            pause: { device.pause($0) }
        )
    }

    private func byteCount(_ receipt: Receipt, _ printer: PrinterCapabilities) -> Int {
        ESCPOSEncoder(printer: printer).encode(receipt).byteCount
    }

    @Test(.timeLimit(.minutes(1)))
    func aSlipIsPrintedOnceAndConfirmed() async throws {
        let printer = try Samples.printer()
        let device = VirtualPrinter(printer: printer)
        let receipt = try Samples.receipt()
        var progress: [PrintProgress] = []
        let result = try await driver(device, printer).print(receipt) { progress.append($0) }
        #expect(result == .printed)
        #expect(device.slips == [Samples.expected(receipt, printer), []])
        #expect(progress.map(\.chunksTaken) == Array(1...(progress.last?.chunksTotal ?? 0)))
        #expect(try await driver(device, printer).status() == .ready)
    }

    /// At each byte the paper runs out and is put in again: the slip lies there once, whole and marked, behind a torn one.
    @Test(.timeLimit(.minutes(1)), arguments: [PrinterCondition.paperEnd, .coverOpen, .cutterError])
    func aStopAtAnyByteEndsInOneWholeSlip(_ condition: PrinterCondition) async throws {
        let printer = try Samples.printer()
        let receipt = try Samples.receipt()
        let whole = Samples.expected(receipt, printer)
        let marked = Samples.expected(receipt, printer, isReprint: true)
        for byte in 1..<byteCount(receipt, printer) {
            let device = VirtualPrinter(printer: printer, fault: .stops(condition, questions: 2), at: byte)
            let result = try await driver(device, printer).print(receipt)
            guard result == .printedWithWarnings([.reprinted]) else {
                Issue.record("byte \(byte): \(result)")
                return
            }
            let papers = device.slips.filter { !$0.isEmpty }
            guard papers.last == marked, papers.count <= 2, papers.dropLast().allSatisfy({ whole.starts(with: $0) }),
                device.slips.last == [], device.waits == 2
            else {
                Issue.record("byte \(byte): \(papers.map(\.count))")
                return
            }
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aPullAtAnyByteIsReportedAndNothingIsClaimed() async throws {
        let printer = try Samples.printer()
        let receipt = try Samples.receipt()
        for byte in 0..<byteCount(receipt, printer) {
            let device = VirtualPrinter(printer: printer, fault: .unplugged, at: byte)
            let result = try await driver(device, printer).print(receipt)
            #expect(result == (byte == 0 ? .notPrinted(.printerUnplugged) : .uncertain(.printerUnplugged)))
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func aPrinterThatFallsMuteIsUncertain() async throws {
        let printer = try Samples.printer()
        let receipt = try Samples.receipt()
        let device = VirtualPrinter(printer: printer, fault: .mute, at: 10)
        let result = try await driver(device, printer).print(receipt)
        #expect(result == .uncertain(.printerNotResponding))
        #expect(device.slips.count == 2)
    }

    @Test(.timeLimit(.minutes(1)))
    func aPrinterThatStaysStoppedIsGivenUpWithItsCause() async throws {
        let printer = try Samples.printer()
        let device = VirtualPrinter(printer: printer, fault: .stops(.coverOpen, questions: 99), at: 40)
        let result = try await driver(device, printer).print(try Samples.receipt())
        #expect(result == .uncertain(.printerCoverOpen))
        #expect(device.waits == 5)
        #expect(try await driver(device, printer).print(try Samples.receipt()) == .notPrinted(.printerCoverOpen))
        #expect(try await driver(device, printer).status().conditions == [.coverOpen])
    }

    @Test(.timeLimit(.minutes(1)))
    func aPrinterWithThePortStatusAloneNeverConfirms() async throws {
        let printer = try Samples.printer {
            $0.reportsRealTime = false
            $0.confirmsInOrder = false
        }
        let device = VirtualPrinter(printer: printer)
        #expect(try await driver(device, printer).print(try Samples.receipt()) == .uncertain(.printerUnconfirmed))
        #expect(device.slips.count == 2)
        #expect(!device.events.contains { if case .realTimeRequest = $0 { true } else { false } })
    }

    @Test(.timeLimit(.minutes(1)))
    func missingCharactersAndCodesAreWarned() async throws {
        let printer = try Samples.printer {
            $0.charset = .gb2312
            $0.printsCodes = false
        }
        let device = VirtualPrinter(printer: printer)
        let receipt = try Receipt(lines: [.text("𠮷镕", .normal), .code("A")], isSimulated: false)
        let result = try await driver(device, printer).print(receipt)
        #expect(result == .printedWithWarnings([.charactersReplaced(2), .codesLeftOut(1)]))
        #expect(device.slips.first == [.line("〓〓", .normal)])
    }

    @Test(.timeLimit(.minutes(1)))
    func aReprintBeginsWithACutAndItsMark() async throws {
        let printer = try Samples.printer()
        let device = VirtualPrinter(printer: printer)
        let receipt = try Samples.receipt()
        let result = try await driver(device, printer).print(receipt, isReprint: true)
        #expect(result == .printedWithWarnings([.reprinted]))
        #expect(device.slips == [[], Samples.expected(receipt, printer, isReprint: true), []])
    }

    @Test(arguments: [(5, -1, 10), (0, 10, 10), (6, 10, 10), (2, 1_801, 10), (2, 10, 9), (2, 10, 120_001)])
    func limitsAndTimingsOutOfTheirBoundsAreRefused(_ attempts: Int, _ polls: Int, _ milliseconds: Int) {
        let error = #expect(throws: PeripheralError.self) {
            _ = try PrintJobLimits(attempts: attempts, recoveryPolls: polls)
            _ = try PrinterTimings(write: .milliseconds(milliseconds))
        }
        #expect(error?.code == .printerProfile)
    }
}
