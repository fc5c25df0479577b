import Foundation
import Testing
import VirtualPeripherals

/// Devices over real sockets and terminals.
@Suite(.timeLimit(.minutes(1)))
final class PeripheralHostTests: Sendable {
    private let directory: String
    private let host: PeripheralHost

    init() throws {
        directory = FileManager.default.temporaryDirectory.path + "/peripherals-\(UInt32.random(in: 0 ... .max))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let model = DeviceModel.samvSingle
        let description = try #require(model.description(portPath: "1-1", serial: "SIM-1"))
        host = try PeripheralHost(
            usb: [
                (
                    VirtualUSBDevice(name: "usb", description: description, peripheral: model.makePeripheral()),
                    directory + "/usb"
                )
            ],
            serial: [
                (
                    VirtualSerialDevice(name: "line", serial: "SIM-2", peripheral: model.makePeripheral()),
                    directory + "/line"
                )
            ]
        )
    }

    deinit {
        host.stop()
        try? FileManager.default.removeItem(atPath: directory)
    }

    // MARK: - USB side

    private func connect() throws -> Int32 {
        let connection = socket(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array((directory + "/usb").utf8)) }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(connection, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(result == 0)
        return connection
    }

    private func send(_ frame: [UInt8], _ connection: Int32) {
        #expect(Glibc.send(connection, frame, frame.count, Int32(MSG_NOSIGNAL)) == frame.count)
    }

    private func receive(_ connection: Int32) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: ModelFrame.bytesMax)
        let count = recv(connection, &buffer, buffer.count, 0)
        return Array(buffer.prefix(max(count, 0)))
    }

    @Test
    func deviceAttachesAndAnswersOverItsSocket() throws {
        let connection = try connect()
        defer { close(connection) }
        send([0x48, 1], connection)
        #expect(receive(connection) == ModelFrame.hello.bytes)
        #expect(receive(connection).first == 0x41)
        send([0x50], connection)
        send([0x4F, 1, 0, 0, 0, 0x01] + Sample.samStatus, connection)
        #expect(receive(connection) == ModelFrame.take(id: 1, count: 10).bytes)
        #expect(receive(connection) == ModelFrame.done(id: 1).bytes)
        try host.perform(.fault(.slow(milliseconds: 20)), on: "usb")
        send([0x49, 2, 0, 0, 0, 0x81, 64, 0, 0, 0], connection)
        #expect(receive(connection) == ModelFrame.give(id: 2, Sample.samStatusAnswer).bytes)
        #expect(receive(connection) == ModelFrame.done(id: 2).bytes)
        // The next answer is due later, and comes by itself.
        send([0x4F, 3, 0, 0, 0, 0x01] + Sample.samStatus, connection)
        send([0x49, 4, 0, 0, 0, 0x81, 64, 0, 0, 0], connection)
        #expect(receive(connection) == ModelFrame.take(id: 3, count: 10).bytes)
        #expect(receive(connection) == ModelFrame.done(id: 3).bytes)
        #expect(receive(connection) == ModelFrame.give(id: 4, Sample.samStatusAnswer).bytes)
    }

    @Test(arguments: [[0x48, 2], [0x50], [0xFF], [0x49, 1]] as [[UInt8]])
    func strangerIsCutOff(frame: [UInt8]) throws {
        let connection = try connect()
        defer { close(connection) }
        send(frame, connection)
        #expect(receive(connection).isEmpty)
    }

    // MARK: - Serial line

    private func openLine() throws -> Int32 {
        let line = open(directory + "/line", O_RDWR | O_NOCTTY)
        try #require(line >= 0)
        return line
    }

    private func read(_ count: Int, from line: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while bytes.count < count {
            let taken = Glibc.read(line, &buffer, buffer.count)
            guard taken > 0 else { break }
            bytes += buffer.prefix(taken)
        }
        return bytes
    }

    @Test
    func serialReaderGivesAWholeDocument() throws {
        let line = try openLine()
        defer { close(line) }
        let document = try Sample.resident()
        try host.perform(.place(document), on: "line")
        let exchanges: [(command: UInt8, parameter: UInt8, count: Int)] = [
            (0x20, 0x01, 15), (0x20, 0x02, 19), (0x30, 0x01, 1_295),
        ]
        for (command, parameter, count) in exchanges {
            let bytes = Sample.request(command, parameter)
            #expect(write(line, bytes, bytes.count) == bytes.count)
            let answer = read(count, from: line)
            #expect(answer.count == count)
            if count == 1_295 {
                #expect(Array(answer[14..<270]) == document.block)
            }
        }
    }

    @Test
    func hangUpEndsTheLineAndTakesItsPathAway() throws {
        let line = try openLine()
        try host.perform(.unplug, on: "line")
        #expect(read(1, from: line).isEmpty)
        #expect(access(directory + "/line", F_OK) != 0)
        close(line)
        try host.perform(.plug, on: "line")
        let again = try openLine()
        defer { close(again) }
        #expect(write(again, Sample.samStatus, 10) == 10)
        #expect(read(11, from: again) == Sample.samStatusAnswer)
    }

    @Test
    func controlAnswersInOneLine() throws {
        let control = try PeripheralControl(path: directory + "/control", host: host) { _ in try? Sample.resident() }
        defer { control.stop() }
        #expect(control.answer("list\n") == "ok usb line")
        #expect(control.answer("line place anybody") == "ok")
        #expect(control.answer("line state\n") == "ok document=there kind=samv plugged=true reads=0 serial=SIM-2")
        #expect(control.answer("line fly") == "error fly is no command")
        #expect(control.answer("nobody state") == "error no device of that name")
        #expect(control.answer("line") == "error expected a device and a command")
    }
}
