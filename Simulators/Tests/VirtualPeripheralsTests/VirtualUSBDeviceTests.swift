import Testing
import VirtualPeripherals

@Suite
struct VirtualUSBDeviceTests {
    private let out: UInt8 = 0x01
    private let input: UInt8 = 0x81

    /// Asks for a status and reads it in one transfer.
    private func exchange(_ device: inout VirtualUSBDevice, room: Int = 64, now: Int64 = 0) -> [ModelFrame] {
        let first = device.receive(.out(id: 1, endpoint: out, bytes: Sample.samStatus), now: now)
        return first + device.receive(.in(id: 2, endpoint: input, room: room), now: now)
    }

    @Test
    func requestIsTakenAndAnswered() throws {
        var device = try Sample.plugged(.samvSingle)
        let frames = exchange(&device)
        #expect(frames.prefix(2) == [.take(id: 1, count: 10), .done(id: 1)])
        #expect(outcome(of: 2, in: frames) == (Sample.samStatusAnswer, .done(id: 2)))
    }

    @Test
    func connectionAttachesOnlyWhatIsWanted() throws {
        var device = try Sample.plugged(.samvSingle)
        #expect(device.connected() == [.attach(device.description)])
        _ = device.receive(.plugged, now: 0)
        #expect(try device.perform(.unplug, now: 0).frames == [.detach])
        #expect(!device.isSettled)
        _ = device.receive(.unplugged, now: 0)
        #expect(device.isSettled && !device.isPlugged)
        #expect(device.connected() == [.detach])
        #expect(try device.perform(.plug, now: 0).frames == [.attach(device.description)])
        #expect(try device.perform(.plug, now: 0).frames.isEmpty)
    }

    @Test
    func handOnTheOtherSidePlugsAndUnplugs() throws {
        var device = try Sample.plugged(.samvSingle)
        _ = device.receive(.unplugged, now: 0)
        #expect(!device.isPlugged)
        #expect(try device.perform(.plug, now: 0).frames == [.attach(device.description)])
        _ = device.receive(.plugged, now: 0)
        #expect(device.isPlugged && device.isSettled)
    }

    @Test
    func replacementBringsAnotherSerialNumber() throws {
        var device = try Sample.plugged(.samvSingle)
        let frames = try device.perform(.replace(serial: "SIM-2"), now: 0).frames
        #expect(device.description.serial == "SIM-2")
        #expect(frames == [.detach, .attach(device.description)])
        _ = device.receive(.unplugged, now: 0)
        #expect(!device.isSettled)
        _ = device.receive(.plugged, now: 0)
        #expect(device.isSettled && device.isPlugged)
    }

    @Test
    func muteDeviceTakesAndIsSilentForSoManyAnswers() throws {
        var device = try Sample.plugged(.samvSingle)
        _ = try device.perform(.fault(.mute(times: 1)), now: 0)
        let silent = exchange(&device)
        #expect(silent == [.take(id: 1, count: 10), .done(id: 1)])
        // The transfer that waits gets the next answer.
        let frames = device.receive(.out(id: 3, endpoint: out, bytes: Sample.samStatus), now: 0)
        #expect(outcome(of: 2, in: frames).bytes == Sample.samStatusAnswer)
    }

    @Test
    func slowAnswerComesWhenItIsDueAndNeverOvertakes() throws {
        var device = try Sample.plugged(.samvSingle)
        _ = try device.perform(.fault(.slow(milliseconds: 300)), now: 0)
        #expect(outcome(of: 2, in: exchange(&device, now: 1_000)).end == nil)
        #expect(device.nextDeadline == 1_300)
        _ = try device.perform(.clearFaults, now: 1_100)
        #expect(outcome(of: 2, in: exchange(&device, now: 1_100)).end == nil)
        #expect(device.advance(to: 1_299).isEmpty)
        let frames = device.advance(to: 1_300)
        #expect(outcome(of: 2, in: frames).bytes.count == 22)
        #expect(device.nextDeadline == nil)
    }

    @Test
    func answerComesTwiceOrInPieces() throws {
        var device = try Sample.plugged(.samvSingle)
        _ = try device.perform(.fault(.duplicate(times: 1)), now: 0)
        #expect(outcome(of: 2, in: exchange(&device)).bytes == Sample.samStatusAnswer)
        #expect(outcome(of: 4, in: device.receive(.in(id: 4, endpoint: input, room: 64), now: 0)).bytes.count == 11)
        _ = try device.perform(.fault(.torn(bytes: 7)), now: 0)
        #expect(outcome(of: 2, in: exchange(&device)) == (Array(Sample.samStatusAnswer.prefix(7)), .done(id: 2)))
        let rest = device.receive(.in(id: 5, endpoint: input, room: 64), now: 0)
        #expect(outcome(of: 5, in: rest).bytes == Array(Sample.samStatusAnswer.suffix(4)))
    }

    @Test
    func tooLittleRoomOverflows() throws {
        var device = try Sample.plugged(.samvSingle)
        #expect(outcome(of: 2, in: exchange(&device, room: 5)) == ([0xAA, 0xAA, 0xAA, 0x96, 0x69], .overflow(id: 2)))
    }

    @Test
    func endpointHaltsAlsoWhereTheHostWaitsAlready() throws {
        var device = try Sample.plugged(.samvSingle)
        _ = device.receive(.in(id: 9, endpoint: input, room: 64), now: 0)
        #expect(try device.perform(.fault(.stall(endpoint: input, times: 1)), now: 0).frames == [.stall(id: 9)])
        #expect(outcome(of: 2, in: exchange(&device)).end == .done(id: 2))
        _ = try device.perform(.fault(.stall(endpoint: out, times: 1)), now: 0)
        #expect(device.receive(.out(id: 3, endpoint: out, bytes: [1]), now: 0) == [.stall(id: 3)])
        #expect(device.receive(.out(id: 4, endpoint: 0x07, bytes: [1]), now: 0) == [.stall(id: 4)])
    }

    @Test(arguments: 0...11)
    func cableIsPulledAtAnyByteOfAnAnswer(byte: Int) throws {
        var device = try Sample.plugged(.samvSingle)
        let removal = PeripheralFaults.Removal(afterBytes: byte, isSending: true)
        _ = try device.perform(.fault(.remove(removal)), now: 0)
        let frames = exchange(&device)
        let seen = outcome(of: 2, in: frames)
        #expect(seen.bytes == Array(Sample.samStatusAnswer.prefix(byte)))
        #expect(frames.last == .detach)
        #expect(!device.isPlugged)
    }

    @Test(arguments: [0, 1, 9, 10])
    func cableIsPulledAtAnyByteOfARequest(byte: Int) throws {
        var device = try Sample.plugged(.samvSingle)
        let removal = PeripheralFaults.Removal(afterBytes: byte, isSending: false)
        _ = try device.perform(.fault(.remove(removal)), now: 0)
        let frames = device.receive(.out(id: 1, endpoint: out, bytes: Sample.samStatus), now: 0)
        #expect(frames == [.take(id: 1, count: byte), .detach])
    }

    @Test
    func cancelledTransferGetsNothing() throws {
        var device = try Sample.plugged(.samvSingle)
        _ = device.receive(.in(id: 5, endpoint: input, room: 64), now: 0)
        _ = device.receive(.cancel(id: 5), now: 0)
        #expect(outcome(of: 5, in: exchange(&device)).end == nil)
    }

    @Test
    func printerThatCannotPrintLetsTheHostWait() throws {
        var device = try Sample.plugged(.printer)
        _ = try device.perform(.cover(isOpen: true), now: 0)
        let much = [UInt8](repeating: 0x41, count: VirtualPrinter.bufferBytes)
        #expect(device.receive(.out(id: 1, endpoint: out, bytes: much), now: 0).last == .done(id: 1))
        #expect(device.receive(.out(id: 2, endpoint: out, bytes: [0x0A]), now: 0).isEmpty)
        let frames = try device.perform(.cover(isOpen: false), now: 0).frames
        #expect(frames == [.take(id: 2, count: 1), .done(id: 2)])
        #expect(try device.perform(.printed, now: 0).text.hasPrefix("AAAA"))
    }

    @Test
    func splitReaderAnswersHeadAndBodyOnTheirPipes() throws {
        var device = try Sample.plugged(.samvSplit)
        _ = device.receive(.out(id: 1, endpoint: 0x02, bytes: Array(Sample.samStatus.prefix(7))), now: 0)
        _ = device.receive(.out(id: 2, endpoint: 0x06, bytes: Array(Sample.samStatus.dropFirst(7))), now: 0)
        let head = device.receive(.in(id: 3, endpoint: 0x81, room: 64), now: 0)
        let body = device.receive(.in(id: 4, endpoint: 0x85, room: 64), now: 0)
        #expect(outcome(of: 3, in: head).bytes == Array(Sample.samStatusAnswer.prefix(7)))
        #expect(outcome(of: 4, in: body).bytes == Array(Sample.samStatusAnswer.dropFirst(7)))
    }

    @Test
    func stateTellsWhatTheDeviceIs() throws {
        var device = try Sample.plugged(.samvSingle)
        _ = exchange(&device)
        let state = try device.perform(.state, now: 0).text
        #expect(state == "document=none given=11 kind=samv plugged=true port=1-1 reads=0 serial=SIM-1 taken=10")
    }
}
