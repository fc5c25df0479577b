import Testing
import VirtualPeripherals

@Suite
struct LinkFrameTests {
    @Test(arguments: [
        ([0x48, 1], HostFrame.hello(version: 1)),
        ([0x4F, 7, 0, 0, 0, 0x01, 9, 8], .out(id: 7, endpoint: 1, bytes: [9, 8])),
        ([0x4F, 7, 1, 0, 0, 0x01], .out(id: 263, endpoint: 1, bytes: [])),
        ([0x49, 2, 0, 0, 0, 0x81, 0x40, 0x01, 0, 0], .in(id: 2, endpoint: 0x81, room: 320)),
        ([0x58, 0xFF, 0xFF, 0xFF, 0xFF], .cancel(id: UInt32.max)),
        ([0x45, 0x82], .clearHalt(endpoint: 0x82)),
        ([0x52], .reset),
        ([0x50], .plugged),
        ([0x55], .unplugged),
    ])
    func hostFrameIsRead(bytes: [UInt8], frame: HostFrame) {
        #expect(HostFrame(bytes) == frame)
    }

    @Test
    func controlFrameCarriesSetupAndData() {
        let frame = HostFrame([0x43, 3, 0, 0, 0, 0x21, 0x0A, 0x02, 0x01, 0x04, 0x00, 0x01, 0x00, 0x55])
        let setup = SetupPacket(requestType: 0x21, request: 0x0A, value: 0x0102, index: 4, dataLength: 1)
        #expect(frame == .control(id: 3, setup: setup, data: [0x55]))
        #expect(!setup.isIn)
    }

    @Test(arguments: [
        [], [0x48], [0x48, 1, 1], [0x4F, 7, 0, 0, 0], [0x49, 2, 0, 0, 0, 0x81, 0x40], [0x58, 1, 2, 3],
        [0x58, 1, 2, 3, 4, 5], [0x43, 3, 0, 0, 0, 0x21], [0x45], [0x3F, 0, 0, 0, 0], [0x00],
    ])
    func brokenHostFrameIsRefused(bytes: [UInt8]) {
        #expect(HostFrame(bytes) == nil)
    }

    @Test
    func anyHostFrameIsReadOrRefused() {
        var numbers = SeededNumbers(seed: 11)
        let letters: [UInt8] = Array("HOICXERPU".utf8)
        var readable = 0
        for _ in 0..<100_000 {
            var bytes = numbers.bytes(Int.random(in: 0...24, using: &numbers))
            if let letter = letters.randomElement(using: &numbers), Bool.random(using: &numbers) {
                bytes = numbers.mutated([letter] + bytes)
            }
            readable += HostFrame(bytes) == nil ? 0 : 1
        }
        #expect(readable > 1_000)
    }

    @Test
    func modelFramesHaveTheirLayout() {
        #expect(ModelFrame.hello.bytes == [0x48, 1])
        #expect(ModelFrame.detach.bytes == [0x44])
        #expect(ModelFrame.give(id: 0x0102, [5, 6]).bytes == [0x47, 2, 1, 0, 0, 5, 6])
        #expect(ModelFrame.take(id: 1, count: 300).bytes == [0x54, 1, 0, 0, 0, 0x2C, 1, 0, 0])
        #expect(ModelFrame.done(id: 9).bytes == [0x4B, 9, 0, 0, 0])
        #expect(ModelFrame.stall(id: 9).bytes.first == 0x53)
        #expect(ModelFrame.fail(id: 9).bytes.first == 0x46)
        #expect(ModelFrame.overflow(id: 9).bytes.first == 0x56)
    }

    @Test(arguments: DeviceModel.allCases)
    func descriptorsOfEachModelAreWhole(model: DeviceModel) throws {
        guard let description = model.description(portPath: "1-2.4", serial: "SIM-7") else {
            #expect(model == .textScanner)
            return
        }
        let bytes = description.descriptors
        #expect(bytes.prefix(4) == [18, 1, 0, 2])
        #expect(Int(bytes[20]) | Int(bytes[21]) << 8 == bytes.count - 18)
        var offset = 0
        var endpoints: [UInt8] = []
        while offset < bytes.count {
            if bytes[offset + 1] == 5 {
                endpoints.append(bytes[offset + 2])
            }
            try #require(bytes[offset] >= 2)
            offset += Int(bytes[offset])
        }
        #expect(offset == bytes.count)
        #expect(endpoints == description.interfaces.flatMap(\.endpoints).map(\.address))
        let payload = ModelFrame.attach(description).bytes
        #expect(payload.prefix(3) == [0x41, 1, 5])
        #expect(Array(payload[3..<8]) == Array("1-2.4".utf8))
        #expect(description.productName.hasSuffix("(simulated)"))
    }
}
