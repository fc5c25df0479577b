import Testing
import VirtualPeripherals

@Suite
struct VirtualSerialDeviceTests {
    private func reader() -> VirtualSerialDevice {
        VirtualSerialDevice(name: "line", serial: "SIM-1", peripheral: SAMVReader(wiring: .single))
    }

    @Test
    func requestIsAnswered() {
        var device = reader()
        #expect(device.receive(Sample.samStatus, now: 0) == [.write(Sample.samStatusAnswer)])
    }

    @Test
    func tornAnswerComesPieceByPiece() throws {
        var device = reader()
        _ = try device.perform(.fault(.torn(bytes: 4)), now: 0)
        var actions = device.receive(Sample.samStatus, now: 100)
        while let deadline = device.nextDeadline {
            let next = device.advance(to: deadline)
            #expect(next.count == 1)
            actions += next
        }
        let pieces = actions.map { action in
            guard case .write(let bytes) = action else { return [UInt8]() }
            return bytes
        }
        #expect(pieces.map(\.count) == [4, 4, 3])
        #expect(pieces.flatMap { $0 } == Sample.samStatusAnswer)
    }

    @Test
    func lineHangsUpAtAByteAndComesBack() throws {
        var device = reader()
        _ = try device.perform(.fault(.remove(.init(afterBytes: 4, isSending: true))), now: 0)
        #expect(device.receive(Sample.samStatus, now: 0) == [.write([0xAA, 0xAA, 0xAA, 0x96]), .hangUp])
        #expect(!device.isPlugged && !device.takesBytes)
        #expect(device.receive(Sample.samStatus, now: 0).isEmpty)
        #expect(try device.perform(.plug, now: 0).actions == [.open])
        #expect(device.receive(Sample.samStatus, now: 0) == [.write(Sample.samStatusAnswer)])
        #expect(try device.perform(.replace(serial: "SIM-2"), now: 0).actions == [.hangUp, .open])
    }

    @Test
    func stallIsRefused() {
        var device = reader()
        #expect(throws: PeripheralFailure.self) {
            try device.perform(.fault(.stall(endpoint: 0x81, times: 1)), now: 0)
        }
    }
}
