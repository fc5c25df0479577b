import DeviceIO
import ResidentIDCard
import Synchronization

/// A reader with a behaving module behind one line or behind two pairs of pipes, and with faults on demand.
final class SAMVDevice: Sendable {
    /// What goes wrong with the answer to one request.
    enum Fault: Sendable {
        /// The request is not heard at all.
        case deaf
        /// The request is carried out and not answered.
        case mute
        /// The answer comes when the next request has come, before the answer to that one.
        case late
        /// The answer comes twice.
        case twice
        /// A bit of the checksum is turned.
        case wrongChecksum
        /// Only the first bytes of the answer come.
        case cut(Int)
        /// These bytes come before the answer.
        case garbage([UInt8])
        /// The request is not carried out; this comes instead.
        case status(SAMVStatus)
        /// The line fails.
        case line(DeviceError.Code)
    }

    fileprivate struct State: Sendable {
        var model = SAMVModel()
        var requests = SAMVFrameParser(lengths: SAMVFrame.requestLengths)
        var commands: [SAMVCommand] = []
        var faults: [(command: SAMVCommand, fault: Fault)] = []
        var head: [UInt8] = []
        var body: [UInt8] = []
        var late: [UInt8] = []
        var failure: DeviceError.Code?
        let isSplit: Bool
        let pieceMax: Int

        init(isSplit: Bool, pieceMax: Int) {
            self.isSplit = isSplit
            self.pieceMax = pieceMax
        }
    }

    let clock: ManualClock
    fileprivate let state: Mutex<State>

    /// Makes a reader whose lines give at most `pieceMax` bytes at once.
    init(isSplit: Bool, pieceMax: Int = 64, clock: ManualClock = ManualClock()) {
        self.clock = clock
        state = Mutex(State(isSplit: isSplit, pieceMax: pieceMax))
    }

    /// The line to the reader, as its mode wants it.
    var link: any SAMVLink {
        guard state.withLock({ $0.isSplit }) else {
            return SAMVStreamLink(channel: SAMVDevicePipe(device: self, isBody: false), clock: clock)
        }
        return SAMVSplitLink(
            head: SAMVDevicePipe(device: self, isBody: false),
            body: SAMVDevicePipe(device: self, isBody: true),
            clock: clock
        )
    }

    /// A reader over that line.
    var reader: ResidentIDReader { ResidentIDReader(link: link, clock: clock) }

    /// The commands that were heard.
    var commands: [SAMVCommand] { state.withLock { $0.commands } }

    /// Changes the module or what lies on it.
    func change(_ body: (inout SAMVModel) -> Void) {
        state.withLock { body(&$0.model) }
    }

    /// Spoils the answer to the next request with this command; several faults of one command come one after another.
    func add(_ fault: Fault, at command: SAMVCommand) {
        state.withLock { $0.faults.append((command, fault)) }
    }
}

extension SAMVDevice.State {
    fileprivate mutating func hear(_ bytes: [UInt8]) {
        for case .frame(let request) in requests.feed(bytes) {
            let command = SAMVCommand(code: request.payload[0], parameter: request.payload.last ?? 0)
            commands.append(command)
            let fault = faults.firstIndex { $0.command == command }.map { faults.remove(at: $0).fault }
            send(late)
            late = []
            answer(request, fault)
        }
    }

    private mutating func answer(_ request: SAMVFrame, _ fault: SAMVDevice.Fault?) {
        if case .deaf = fault { return }
        if case .status(let status) = fault { return send(SAMVResponse(status: status).frame.encoded) }
        var bytes = model.answer(request).frame.encoded
        switch fault {
        case .mute: return
        case .late:
            late = bytes
            return
        case .twice: send(bytes)
        case .wrongChecksum: bytes[bytes.count - 1] ^= 0x10
        case .cut(let count): bytes = Array(bytes.prefix(count))
        case .garbage(let garbage): head += garbage
        case .line(let code): failure = code
        default: break
        }
        send(bytes)
    }

    private mutating func send(_ bytes: [UInt8]) {
        guard isSplit else {
            head += bytes
            return
        }
        head += bytes.prefix(SAMVFrame.headerCount)
        body += bytes.dropFirst(SAMVFrame.headerCount)
    }

    fileprivate mutating func give(isBody: Bool, countMax: Int) -> [UInt8] {
        let count = min(countMax, pieceMax)
        let bytes = Array((isBody ? body : head).prefix(count))
        if isBody { body.removeFirst(bytes.count) } else { head.removeFirst(bytes.count) }
        return bytes
    }
}

/// One line of a reader.
private struct SAMVDevicePipe: ByteChannel {
    let device: SAMVDevice
    let isBody: Bool

    func write(_ bytes: [UInt8], timeout: Duration) async throws(DeviceError) {
        device.state.withLock { $0.hear(bytes) }
    }

    func read(countMax: Int, timeout: Duration) async throws(DeviceError) -> [UInt8] {
        let failure = device.state.withLock { state in
            defer { state.failure = nil }
            return state.failure
        }
        if let failure { throw DeviceError(failure, "the line fails") }
        let bytes = device.state.withLock { $0.give(isBody: isBody, countMax: countMax) }
        guard !bytes.isEmpty else {
            device.clock.advance(by: timeout)
            throw DeviceError(.timeout, "nothing came")
        }
        return bytes
    }

    func discardInput() async throws(DeviceError) {
        device.state.withLock { if isBody { $0.body = [] } else { $0.head = [] } }
    }
}
