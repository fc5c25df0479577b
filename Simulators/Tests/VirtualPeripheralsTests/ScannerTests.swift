import Testing
import VirtualPeripherals

@Suite
struct ScannerTests {
    @Test
    func keyboardTypesKeysAndReleases() throws {
        var scanner = KeyboardScanner()
        let reports = try scanner.perform(.scan("aZ1)/")).outputs.map(\.bytes)
        let released = [UInt8](repeating: 0, count: 8)
        let keys: [[UInt8]] = [[0, 0x04], [2, 0x1D], [0, 0x1E], [2, 0x27], [0, 0x38], [0, 0x28]]
        #expect(reports.count == 12)
        for (index, key) in keys.enumerated() {
            #expect(reports[2 * index] == [key[0], 0, key[1], 0, 0, 0, 0, 0])
            #expect(reports[2 * index + 1] == released)
        }
    }

    @Test
    func keyboardHasAKeyOfItsOwnForEachCharacter() throws {
        var scanner = KeyboardScanner(endsWithEnter: false)
        let characters = (0x20...0x7E).map { String(UnicodeScalar(UInt8($0))) }
        let reports = try characters.map { try scanner.perform(.scan($0)).outputs[0].bytes }
        #expect(Set(reports).count == characters.count)
        #expect(throws: PeripheralFailure.self) { try scanner.perform(.scan("演")) }
    }

    @Test(arguments: [1, 55, 56, 57, 112, 113])
    func posReportsCarryAllData(count: Int) throws {
        var scanner = POSScanner()
        let text = String((0..<count).map { Character(UnicodeScalar(UInt8(0x30 + $0 % 10))) })
        let reports = try scanner.perform(.scan(text)).outputs.map(\.bytes)
        var read: [UInt8] = []
        for (index, report) in reports.enumerated() {
            #expect(report.count == 64 && report[0] == 2)
            #expect(Array(report[2..<5]) == Array("]Q1".utf8))
            read += report[5..<(5 + Int(report[1]))]
            #expect(report[63] == (index == reports.count - 1 ? 0 : 1))
        }
        #expect(read == Array(text.utf8))
    }

    @Test(arguments: [(TextScanner.Suffix.none, ""), (.carriageReturn, "\r"), (.lineFeed, "\n"), (.both, "\r\n")])
    func textEndsWithItsSuffix(suffix: TextScanner.Suffix, ending: String) throws {
        var scanner = TextScanner(suffix: suffix)
        #expect(try scanner.perform(.scan("演示")).outputs.map(\.bytes) == [Array(("演示" + ending).utf8)])
    }

    @Test
    func classRequestsAreAnswered() throws {
        var scanner = KeyboardScanner()
        var faults = PeripheralFaults()
        let report = SetupPacket(requestType: 0x81, request: 6, value: 0x2200, dataLength: 255)
        let idle = SetupPacket(requestType: 0x21, request: 0x0A)
        guard case .data(let bytes) = scanner.control(report, [], faults: &faults) else {
            Issue.record("no report descriptor")
            return
        }
        #expect(bytes.first == 0x05 && bytes.last == 0xC0)
        #expect(scanner.control(idle, [], faults: &faults) == .accepted)
        #expect(scanner.control(SetupPacket(requestType: 0xC0, request: 1), [], faults: &faults) == nil)
    }
}
