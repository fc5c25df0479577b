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
        let names = ReaderNames.friendlyNames(readers: 11, modules: 2)
        let clients = names.enumerated().map { ReaderNames.clientName($1, device: $0) }
        #expect(clients.allSatisfy { $0.hasPrefix("OneCard Simulator") })
        #expect(clients[0] == "OneCard Simulator Contact 00 00")
        #expect(clients[1] == "OneCard Simulator Contactless 01 00")
        #expect(clients[10] == "OneCard Simulator Contact 6 0A 00")
        #expect(clients[11...] == ["OneCard Simulator SAM 0B 00", "OneCard Simulator SAM 2 0C 00"])
        #expect(Set(names).count == 13)
    }
}
