import DeviceFiles
import DeviceIO
import Glibc
import Testing

/// The other side of a pseudo-terminal: the simulated device.
private final class Line: Sendable {
    let device: Int32
    let path: String

    init() throws {
        var ends: (device: Int32, line: Int32) = (-1, -1)
        var name = [CChar](repeating: 0, count: 128)
        try #require(openpty(&ends.device, &ends.line, &name, nil, nil) == 0)
        close(ends.line)
        device = ends.device
        path = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Sends bytes as the device.
    func send(_ bytes: [UInt8]) { _ = write(device, bytes, bytes.count) }

    /// Bytes that the device got.
    func received(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        var got = 0
        while got < count {
            let more = bytes.withUnsafeMutableBytes { read(device, $0.baseAddress?.advanced(by: got), count - got) }
            guard more > 0 else { break }
            got += more
        }
        return Array(bytes.prefix(got))
    }

    func unplug() { close(device) }
}

@Suite(.timeLimit(.minutes(1)))
struct DeviceFileTests {
    private let line = SerialLine()

    private func code(_ body: () async throws -> Void) async -> DeviceError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? DeviceError)?.code
        }
    }

    @Test func bytesPassUnchangedBothWays() async throws {
        let other = try Line()
        let all = (0...255).map { UInt8($0) }
        try await DeviceFile.withOpen(other.path, line: line) { file in
            try await file.write(all, timeout: .seconds(5))
            #expect(other.received(all.count) == all)
            other.send(all)
            var got: [UInt8] = []
            while got.count < all.count { got += try await file.read(countMax: 7, timeout: .seconds(5)) }
            #expect(got == all)
        }
        other.unplug()
    }

    @Test func nothingComesInTime() async throws {
        let other = try Line()
        let code = await code {
            try await DeviceFile.withOpen(other.path, line: line) { file in
                _ = try await file.read(countMax: 1, timeout: .milliseconds(20))
            }
        }
        #expect(code == .timeout)
        other.unplug()
    }

    @Test func aPulledPlugIsToldAsSuch() async throws {
        let other = try Line()
        let code = await code {
            try await DeviceFile.withOpen(other.path, line: line) { file in
                async let bytes = file.read(countMax: 1, timeout: .seconds(30))
                other.unplug()
                _ = try await bytes
            }
        }
        #expect(code == .unplugged)
    }

    @Test func aCancelledTaskStopsWaiting() async throws {
        let other = try Line()
        let path = other.path
        let task = Task { [line] in
            try await DeviceFile.withOpen(path, line: line) { file in
                _ = try await file.read(countMax: 1, timeout: .seconds(3_600))
            }
        }
        task.cancel()
        let outcome = await task.result
        #expect(throws: DeviceError.self) { try outcome.get() }
        other.unplug()
    }

    @Test func aDeviceThatTakesNothingEndsAWriteWithTheCountThatItTook() async throws {
        let other = try Line()
        try await DeviceFile.withOpen(other.path, line: line) { file in
            do throws(DeviceError) {
                try await file.write([UInt8](repeating: 0x55, count: 1_000_000), timeout: .milliseconds(50))
                Issue.record("a pseudo-terminal holds no megabyte")
            } catch {
                #expect(error.code == .timeout)
                #expect((1..<1_000_000).contains(error.written))
            }
        }
        other.unplug()
    }

    @Test func discardedInputIsNotRead() async throws {
        let other = try Line()
        try await DeviceFile.withOpen(other.path, line: line) { file in
            other.send([1, 2, 3])
            #expect(try await file.read(countMax: 1, timeout: .seconds(5)) == [1])
            try await file.discardInput()
            other.send([9])
            #expect(try await file.read(countMax: 8, timeout: .seconds(5)) == [9])
        }
        other.unplug()
    }

    @Test(arguments: [
        ("/nonexistent/tty", DeviceError.Code.notFound), ("/dev/null", DeviceError.Code.unsupported),
    ])
    func aFileThatIsNoLineIsRefused(path: String, expected: DeviceError.Code) async {
        let code = await code {
            try await DeviceFile.withOpen(path, line: line) { _ in }
        }
        #expect(code == expected)
    }
}
