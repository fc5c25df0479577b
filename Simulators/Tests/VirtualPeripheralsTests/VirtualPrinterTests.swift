import CivilIdentity
import Testing
import VirtualPeripherals

@Suite
struct VirtualPrinterTests {
    private func send(_ printer: inout VirtualPrinter, _ bytes: [UInt8]) -> [UInt8] {
        var faults = PeripheralFaults()
        return printer.receive(bytes, on: .first, faults: &faults).flatMap(\.bytes)
    }

    private func printed(_ printer: inout VirtualPrinter) throws -> String {
        try printer.perform(.printed).text
    }

    private func statuses(_ printer: inout VirtualPrinter) -> [UInt8] {
        (1...4).flatMap { send(&printer, [0x10, 0x04, $0]) }
    }

    @Test
    func slipIsRenderedAsText() throws {
        var printer = VirtualPrinter()
        let body = try GB18030.encode("演示 低保金") + [0x0A]
        let head: [UInt8] = [0x1B, 0x40, 0x1C, 0x26, 0x1B, 0x61, 1, 0x1D, 0x21, 0x11]
        let slip = head + body + [0x1B, 0x64, 2, 0x1D, 0x56, 0x42, 0]
        #expect(send(&printer, slip).isEmpty)
        #expect(try printed(&printer) == "演示 低保金\n\n\n----8<----")
        _ = try printer.perform(.tearOff)
        #expect(try printed(&printer).isEmpty)
    }

    @Test
    func slipMayComeInAnyPieces() throws {
        let picture: [UInt8] = [0x1D, 0x76, 0x30, 0, 1, 0, 2, 0, 0xAA, 0x55]
        let code: [UInt8] = [0x1D, 0x28, 0x6B, 3, 0, 0x31, 0x51, 0x30]
        let slip = [0x1C, 0x26, 0xB2, 0xE2, 0x41, 0x0A] + picture + code + [0x42, 0x0A, 0x1D, 0x56, 0x00]
        for cut in 0...slip.count {
            var printer = VirtualPrinter()
            _ = send(&printer, Array(slip[..<cut]))
            _ = send(&printer, Array(slip[cut...]))
            #expect(try printed(&printer) == "测A\n[picture 8x2]\n[code]\nB\n----8<----")
        }
    }

    @Test
    func bytesAreSingleWithoutChineseMode() throws {
        var printer = VirtualPrinter()
        _ = send(&printer, [0x1C, 0x2E, 0xB2, 0xE2, 0x41, 0x0A])
        #expect(try printed(&printer) == "??A")
    }

    @Test
    func statusIsAnsweredInTheMiddleOfData() throws {
        var printer = VirtualPrinter()
        #expect(send(&printer, [0x41, 0x10, 0x04, 0x01, 0x42, 0x10]) == [0x12])
        #expect(send(&printer, [0x04]).isEmpty)
        #expect(send(&printer, [0x04, 0x0A]) == [0x12])
        #expect(try printed(&printer) == "AB")
    }

    @Test
    func statusTellsPaperCoverAndCutter() throws {
        var printer = VirtualPrinter()
        #expect(statuses(&printer) == [0x12, 0x12, 0x12, 0x12])
        _ = try printer.perform(.paper(.near))
        #expect(statuses(&printer) == [0x12, 0x12, 0x12, 0x1E])
        _ = try printer.perform(.paper(.out))
        #expect(statuses(&printer) == [0x1A, 0x32, 0x12, 0x7E])
        _ = try printer.perform(.paper(.full))
        _ = try printer.perform(.cover(isOpen: true))
        #expect(statuses(&printer) == [0x1A, 0x16, 0x12, 0x12])
        _ = try printer.perform(.cover(isOpen: false))
        _ = try printer.perform(.cutter(isBroken: true))
        #expect(statuses(&printer) == [0x1A, 0x52, 0x1A, 0x12])
    }

    @Test
    func paperEndsInTheMiddleAndTheRestIsPrintedLater() throws {
        var printer = VirtualPrinter()
        _ = try printer.perform(.paperAfter(lines: 2))
        #expect(send(&printer, Array("a\nb\nc\n".utf8) + [0x1D, 0x72, 1]).isEmpty)
        #expect(try printed(&printer) == "a\nb")
        let result = try printer.perform(.paper(.full))
        #expect(result.outputs.map(\.bytes) == [[0]])
        #expect(try printed(&printer) == "a\nb\nc")
    }

    @Test
    func resetForgetsWhatWasNotPrinted() throws {
        var printer = VirtualPrinter()
        _ = try printer.perform(.cover(isOpen: true))
        _ = send(&printer, Array("lost\n".utf8))
        var faults = PeripheralFaults()
        let reset = SetupPacket(requestType: 0x21, request: 2)
        #expect(printer.control(reset, [], faults: &faults) == .accepted)
        _ = try printer.perform(.cover(isOpen: false))
        #expect(try printed(&printer).isEmpty)
    }

    @Test
    func classRequestsAreAnswered() throws {
        var printer = VirtualPrinter()
        var faults = PeripheralFaults()
        let port = SetupPacket(requestType: 0xA1, request: 1, dataLength: 1)
        #expect(printer.control(port, [], faults: &faults) == .data([0x18]))
        _ = try printer.perform(.paper(.out))
        #expect(printer.control(port, [], faults: &faults) == .data([0x30]))
        let identity = SetupPacket(requestType: 0xA1, request: 0, dataLength: 512)
        guard case .data(let bytes) = printer.control(identity, [], faults: &faults) else {
            Issue.record("no device id")
            return
        }
        #expect(Int(bytes[0]) << 8 | Int(bytes[1]) == bytes.count)
        #expect(String(decoding: bytes.dropFirst(2), as: UTF8.self).hasPrefix("MFG:OneCard Simulator;"))
        #expect(printer.control(SetupPacket(requestType: 0xA1, request: 9), [], faults: &faults) == nil)
    }

    @Test
    func wrongStatusTakesThePlaceOfTheRightOne() {
        var printer = VirtualPrinter()
        var faults = PeripheralFaults()
        faults.status = [0xFF]
        faults.wrongStatus = .init(times: 1)
        #expect(printer.receive([0x10, 0x04, 1], on: .first, faults: &faults).map(\.bytes) == [[0xFF]])
        #expect(printer.receive([0x10, 0x04, 1], on: .first, faults: &faults).map(\.bytes) == [[0x12]])
    }

    @Test
    func anyBytesAreSurvived() throws {
        var numbers = SeededNumbers(seed: 77)
        let slip: [UInt8] = [0x1B, 0x40, 0x1C, 0x26, 0xB2, 0xE2, 0x0A, 0x1D, 0x56, 0x42, 0, 0x10, 0x04, 1]
        for _ in 0..<1_000 {
            var printer = VirtualPrinter()
            for _ in 0..<100 {
                let bytes =
                    Bool.random(using: &numbers)
                    ? numbers.mutated(slip) : numbers.bytes(Int.random(in: 0...30, using: &numbers))
                _ = send(&printer, bytes)
            }
            #expect(printer.takesBytes)
            // Whatever half command is left, real-time status is answered.
            _ = send(&printer, [0x41])
            #expect(send(&printer, [0x10, 0x04, 1]) == [0x12])
        }
    }
}
