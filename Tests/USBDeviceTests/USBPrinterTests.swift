import DeviceIO
import SeededRandom
import Testing
import USBDevice

@Suite struct USBPrinterTests {
    private static let printer = USBInterface(
        number: 1,
        alternateSetting: 2,
        interfaceClass: USBInterfaceClass(classCode: 7, subclass: 1, protocolCode: 2),
        endpoints: []
    )

    private static func answer(_ text: String) -> [UInt8] {
        let length = text.utf8.count + 2
        return [UInt8(length >> 8), UInt8(length & 0xFF)] + Array(text.utf8)
    }

    @Test func makesTheThreeRequests() {
        #expect(
            USBPrinterRequest.deviceID(of: Self.printer)
                == USBControlRequest(requestType: 0xA1, request: 0, value: 0, index: 0x0102)
        )
        #expect(
            USBPrinterRequest.portStatus(of: Self.printer)
                == USBControlRequest(requestType: 0xA1, request: 1, value: 0, index: 1)
        )
        #expect(
            USBPrinterRequest.softReset(of: Self.printer)
                == USBControlRequest(requestType: 0x21, request: 2, value: 0, index: 1)
        )
    }

    @Test func readsTheDeviceID() throws {
        let id = try USBPrinterDeviceID(
            parsing: Self.answer("MFG:OneCard; MDL: Slip 80 ;CMD:ESC/POS;mfg:other;CLS:PRINTER;") + [0xFF, 0x00]
        )
        #expect(id.manufacturer == "OneCard")
        #expect(id.model == "Slip 80")
        #expect(id.commandSet == "ESC/POS")
        #expect(id.fields.count == 4)
    }

    @Test func readsLongKeysAndReplacesWhatCannotBePrinted() throws {
        let id = try USBPrinterDeviceID(parsing: Self.answer("MANUFACTURER:A\u{1B}B;MODEL:;COMMAND SET:X:Y"))
        #expect(id.manufacturer == "A?B")
        #expect(id.model?.isEmpty == true)
        #expect(id.commandSet == "X:Y")
    }

    @Test(arguments: [
        [], [0], [0, 1], [0, 2], [0, 9, 0x4D], Self.answer("no colon"), Self.answer(";;;"), Self.answer(":value;"),
        Self.answer(String(repeating: "A:B;", count: 300)),
        Self.answer((0...USBPrinterDeviceID.fieldsMax).map { "K\($0):V;" }.joined()),
    ])
    func refusesAnswersWithoutTheirForm(bytes: [UInt8]) {
        #expect(throws: DeviceError.self) { try USBPrinterDeviceID(parsing: bytes) }
    }

    @Test(arguments: [
        (0x18, false, true, false), (0x38, true, true, false), (0x10, false, true, true), (0x08, false, false, false),
        (0x00, false, false, true),
    ])
    func readsThePortStatus(byte: UInt8, isPaperEmpty: Bool, isSelected: Bool, hasError: Bool) throws {
        let status = try USBPrinterPortStatus(parsing: [byte])
        #expect(status.isPaperEmpty == isPaperEmpty)
        #expect(status.isSelected == isSelected)
        #expect(status.hasError == hasError)
    }

    @Test(arguments: [[], [0x18, 0x18]])
    func refusesAPortStatusOfOtherLength(bytes: [UInt8]) {
        #expect(throws: DeviceError.self) { try USBPrinterPortStatus(parsing: bytes) }
    }

    @Test func takesAnyBytesWithoutHarm() {
        var random = SplitMix64(seed: 33)
        let valid = Self.answer("MFG:OneCard;MDL:Slip 80;CMD:ESC/POS;CLS:PRINTER;")
        var accepted = 0
        for round in 0..<100_000 {
            let bytes = round.isMultiple(of: 4) ? random.bytes(upTo: 80) : random.mutation(of: valid)
            guard let id = try? USBPrinterDeviceID(parsing: bytes) else { continue }
            accepted += 1
            let texts = id.fields.flatMap { [$0.key, $0.value] }
            if texts.contains(where: { $0.utf8.contains { !(0x20...0x7E).contains($0) } }) || id.fields.isEmpty {
                Issue.record("round \(round) of seed 33: \(bytes)")
            }
        }
        #expect(accepted > 1_000)
    }
}
