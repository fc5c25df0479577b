import SeededRandom
import Testing
import USBDevice

@testable import USBDeviceLibUSB

@Suite struct USBEventBacklogTests {
    private static func device(_ port: UInt8, address: UInt8 = 2) throws -> USBDeviceInfo {
        USBDeviceInfo(
            id: USBDeviceID(path: try #require(USBPortPath(bus: 1, ports: [port])), address: address),
            vendor: VendorID(rawValue: 0x1209),
            product: ProductID(rawValue: 1)
        )
    }

    private func drain(_ backlog: inout USBEventBacklog) -> [USBEvent] {
        var events: [USBEvent] = []
        while let event = backlog.next() { events.append(event) }
        return events
    }

    @Test func givesArrivalsAndDeparturesInOrder() throws {
        let (first, second) = (try Self.device(1), try Self.device(2))
        var backlog = USBEventBacklog()
        backlog.arrive(first, number: 1)
        backlog.arrive(second, number: 2)
        #expect(drain(&backlog) == [.arrived(first), .arrived(second)])
        backlog.leave(number: 1)
        #expect(drain(&backlog) == [.left(first)])
        #expect(drain(&backlog).isEmpty)
    }

    @Test func tellsOfADepartureBeforeItsSuccessorAlsoWhenTheyLookTheSame() throws {
        let device = try Self.device(1)
        var backlog = USBEventBacklog()
        backlog.arrive(device, number: 1)
        _ = drain(&backlog)
        backlog.leave(number: 1)
        backlog.arrive(device, number: 2)
        #expect(drain(&backlog) == [.left(device), .arrived(device)])
    }

    @Test func leavesOutWhatCameAndWentMeanwhile() throws {
        let device = try Self.device(1)
        var backlog = USBEventBacklog()
        for number in UInt64(1)...1_000 {
            backlog.arrive(device, number: number)
            backlog.leave(number: number)
        }
        #expect(drain(&backlog).isEmpty)
    }

    @Test func leadsAlwaysToHowThingsStand() throws {
        var random = SplitMix64(seed: 41)
        for round in 0..<2_000 {
            var backlog = USBEventBacklog()
            var present: [UInt64: USBDeviceInfo] = [:]
            var told: [USBDeviceInfo: Int] = [:]
            func take(_ event: USBEvent) {
                switch event {
                case .arrived(let device):
                    told[device, default: 0] += 1
                    #expect(told[device] == 1, "round \(round) of seed 41")
                case .left(let device):
                    told[device, default: 0] -= 1
                    #expect(told[device] == 0, "round \(round) of seed 41")
                }
            }
            for number in UInt64(1)...30 {
                if random.below(2) == 0 {
                    let device = try Self.device(UInt8(1 + random.below(4)))
                    guard !present.values.contains(device) else { continue }
                    present[number] = device
                    backlog.arrive(device, number: number)
                } else if let gone = present.keys.sorted().first {
                    present[gone] = nil
                    backlog.leave(number: gone)
                }
                if random.below(3) == 0, let event = backlog.next() { take(event) }
            }
            for event in drain(&backlog) { take(event) }
            #expect(Set(told.filter { $0.value > 0 }.keys) == Set(present.values), "round \(round) of seed 41")
        }
    }
}
