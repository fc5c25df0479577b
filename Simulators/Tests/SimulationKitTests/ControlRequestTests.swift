import Foundation
import SimulationKit
import Testing
import VirtualCard

@Suite
struct ControlRequestTests {
    @Test
    func lineOfTheControlSocketIsUnderstood() throws {
        let line = #"{"command":"fault","reader":2,"faults":{"removal":{"command":9,"phase":"after"}}}"#
        let request = try JSONDecoder().decode(ControlRequest.self, from: Data(line.utf8))
        var plan = FaultPlan()
        plan.removal = FaultPlan.Removal(command: 9, phase: .after)
        #expect(request == ControlRequest(.fault, reader: 2, faults: plan))
    }

    @Test(arguments: [#"{"command":"explode"}"#, #"{"reader":1}"#, #"{"command":"tap","reader":"one"}"#, "[]", ""])
    func otherLinesAreRefused(_ line: String) {
        #expect(throws: (any Error).self) {
            try JSONDecoder().decode(ControlRequest.self, from: Data(line.utf8))
        }
    }

    @Test
    func namesOfReadersBeginSoThatAStationSeesThatTheyAreSimulated() {
        for number in 1...16 {
            #expect(ReaderNames.clientName(number).hasPrefix("OneCard Simulator"))
        }
        #expect(ReaderNames.clientName(1) == "OneCard Simulator Contact 00 00")
        #expect(ReaderNames.clientName(2) == "OneCard Simulator Contactless 01 00")
        #expect(ReaderNames.clientName(11) == "OneCard Simulator Contact 6 0A 00")
        #expect(Set((1...16).map(ReaderNames.friendlyName)).count == 16)
    }
}
