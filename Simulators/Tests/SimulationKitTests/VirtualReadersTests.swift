import CReaderLink
import Foundation
import SimulationKit
import SimulatorTestKit
import SmartCard
import Synchronization
import Testing
import VirtualCard

/// Readers over real sockets, with the link of the C driver on the other side.
@Suite(.timeLimit(.minutes(1)))
final class VirtualReadersTests: Sendable {
    private let directory: String
    private let readers: VirtualReaders
    private let returned: ReturnedCards

    private final class ReturnedCards: Sendable {
        let names = Mutex<[String]>([])
    }

    init() throws {
        directory = FileManager.default.temporaryDirectory.path + "/readers-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let returned = ReturnedCards()
        self.returned = returned
        readers = try VirtualReaders(
            directory: directory,
            interfaces: [.contact, .contactless],
            names: ["one", "two"],
            seed: 1,
            cardReturned: { name, _ in returned.names.withLock { $0.append(name) } }
        )
    }

    deinit {
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// One exchange on a link of its own.
    private func exchange(_ link: inout onecard_link, _ request: [UInt8]) -> [UInt8]? {
        var answer = [UInt8](repeating: 0, count: Int(ONECARD_FRAME_BYTES_MAX))
        let count = onecard_link_exchange(&link, request, request.count, &answer, answer.count)
        return count < 0 ? nil : Array(answer[..<count])
    }

    private func link(_ reader: Int) -> onecard_link {
        var link = onecard_link()
        #expect(onecard_link_init(&link, readers.socketPaths[reader - 1]) == 0)
        return link
    }

    @Test
    func driverSeesACardComeAnswerAndGo() throws {
        var link = link(1)
        defer { onecard_link_close(&link) }
        #expect(exchange(&link, [ReaderFrame.status]) == [ReaderFrame.status, 0])
        try insert(into: 1)
        #expect(exchange(&link, [ReaderFrame.status]) == [ReaderFrame.status, 1])
        #expect(exchange(&link, [ReaderFrame.powerUp])?.prefix(3) == [ReaderFrame.answerToReset, 0x3B, 0x6D])
        let answer = exchange(&link, [ReaderFrame.transmit] + SampleCard.selectEnvironment)
        #expect(answer == [ReaderFrame.transmit, 0x61, 0x18])
        #expect(try readers.remove(from: 1) == "sample")
        #expect(exchange(&link, [ReaderFrame.status]) == [ReaderFrame.status, 0])
        #expect(returned.names.withLock { $0 } == ["sample"])
    }

    @Test
    func eventConnectionHearsOfEachChange() throws {
        let events = onecard_link_connect(readers.socketPaths[1], ReaderFrame.eventRole)
        #expect(events >= 0)
        defer { close(events) }
        try insert(into: 2)
        var item = pollfd(fd: events, events: Int16(POLLIN), revents: 0)
        #expect(poll(&item, 1, 5_000) == 1)
        var frame: [UInt8] = [0, 0]
        #expect(recv(events, &frame, 2, 0) == 1 && frame[0] == ReaderFrame.event)
    }

    @Test
    func slowAnswerArrivesByItself() throws {
        var link = link(1)
        defer { onecard_link_close(&link) }
        try insert(into: 1)
        _ = exchange(&link, [ReaderFrame.powerUp])
        var plan = FaultPlan()
        plan.slowMilliseconds = 30
        try readers.apply(plan, to: 1)
        let answer = exchange(&link, [ReaderFrame.transmit] + SampleCard.selectEnvironment)
        #expect(answer == [ReaderFrame.transmit, 0x61, 0x18])
    }

    @Test
    func mistakesOfTheHandAreRefusedWithTheirCodes() throws {
        #expect(code { try self.readers.remove(from: 1) } == .readerEmpty)
        #expect(code { try self.readers.remove(from: 3) } == .readerUnknown)
        try insert(into: 1)
        #expect(code { try self.insert(into: 1) } == .readerOccupied)
        #expect(code { try self.readers.release(1) } == .badRequest)
    }

    @Test
    func strangerWithAnotherVersionIsRefused() {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(readers.socketPaths[0].utf8)) }
        let stranger = socket(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0)
        defer { close(stranger) }
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(stranger, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(connected == 0)
        let hello: [UInt8] = [ReaderFrame.hello, 99, ReaderFrame.commandRole]
        #expect(send(stranger, hello, 3, 0) == 3)
        var answer: [UInt8] = [0, 0]
        #expect(recv(stranger, &answer, 2, 0) == 0, "closed without an answer")
    }

    private func insert(into reader: Int) throws(SimulationError) {
        try readers.insert(
            .card(SampleCard.card()),
            persona: "sample",
            faults: FaultPlan(),
            into: reader,
            holdMilliseconds: nil
        )
    }

    private func code(_ body: () throws -> Void) -> SimulationError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? SimulationError)?.code
        }
    }
}
