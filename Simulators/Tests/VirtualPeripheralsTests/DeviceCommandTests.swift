import Testing
import VirtualPeripherals

@Suite
struct DeviceCommandTests {
    private func command(_ line: String) throws -> DeviceCommand {
        try DeviceCommand(line) { $0 == "resident" ? try? Sample.resident() : nil }
    }

    @Test(arguments: [
        ("state", DeviceCommand.state), ("plug", .plug), ("unplug", .unplug),
        ("serial SIM-2", .replace(serial: "SIM-2")),
        ("mute", .fault(.mute(times: Int.max))), ("mute 2", .fault(.mute(times: 2))),
        ("slow 300", .fault(.slow(milliseconds: 300))), ("checksum 1", .fault(.wrongChecksum(times: 1))),
        ("answer 000066 1", .fault(.wrongStatus([0, 0, 0x66], times: 1))),
        ("duplicate", .fault(.duplicate(times: Int.max))), ("torn 7", .fault(.torn(bytes: 7))),
        ("remove-at 700", .fault(.remove(.init(afterBytes: 700, isSending: true)))),
        ("remove-at 5 out", .fault(.remove(.init(afterBytes: 5, isSending: false)))),
        ("stall 81", .fault(.stall(endpoint: 0x81, times: Int.max))), ("clear", .clearFaults), ("lift", .lift),
        ("paper near", .paper(.near)), ("paper-after 3", .paperAfter(lines: 3)), ("cover open", .cover(isOpen: true)),
        ("cutter ok", .cutter(isBroken: false)), ("printed", .printed), ("tear-off", .tearOff),
        ("scan a  b c", .scan("a  b c")),
    ])
    func lineIsRead(line: String, expected: DeviceCommand) throws {
        #expect(try command(line) == expected)
    }

    @Test
    func documentIsFoundByItsName() throws {
        #expect(try command("place resident") == .place(Sample.resident()))
    }

    @Test(arguments: [
        "", " ", "fly", "mute x", "mute 0", "slow", "slow -1", "slow 99999999", "torn 0", "torn 65", "answer",
        "answer 1", "answer zz", "answer 01020304", "remove-at", "remove-at 5 up", "stall", "paper", "paper wet",
        "cover", "cutter x", "scan", "serial", "serial \u{6F14}", "place nobody", "paper-after -1",
    ])
    func wrongLineIsRefused(line: String) {
        #expect(throws: PeripheralFailure.self) { try command(line) }
    }

    @Test
    func anyLineIsReadOrRefused() {
        var numbers = SeededNumbers(seed: 3)
        let lines = ["answer 000066 1", "remove-at 5 out", "stall 81 2", "slow 300", "paper near"]
        var refused = 0
        for _ in 0..<100_000 {
            let line = lines[Int.random(in: lines.indices, using: &numbers)]
            let text = String(decoding: numbers.mutated(Array(line.utf8)), as: UTF8.self)
            refused += (try? command(text)) == nil ? 1 : 0
        }
        #expect(refused > 1_000 && refused < 100_000)
    }
}
