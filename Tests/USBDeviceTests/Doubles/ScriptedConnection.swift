import DeviceIO
import Synchronization
import Testing
import USBDevice

/// An open device that gives canned answers and keeps what it was asked; time passes as the answers say.
final class ScriptedConnection: USBConnection {
    enum Answer {
        case bytes([UInt8])
        case failure(DeviceError.Code, written: Int = 0)
        /// Time that passes before the next answer.
        case delay(Duration)
    }

    struct State {
        var reads: [Answer] = []
        var writes: [Answer] = []
        var now: Duration = .zero
        /// What went to the device, transfer by transfer.
        var written: [[UInt8]] = []
        var readSizes: [Int] = []
        var timeouts: [Duration] = []
        var cleared: [EndpointAddress] = []
        var clearFailure: DeviceError.Code?
    }

    let device: USBDeviceInfo
    let state: Mutex<State>

    init(reads: [Answer] = [], writes: [Answer] = []) throws {
        let path = try #require(USBPortPath("1-1"))
        device = USBDeviceInfo(
            id: USBDeviceID(path: path, address: 2),
            vendor: VendorID(rawValue: 0x1209),
            product: ProductID(rawValue: 1)
        )
        state = Mutex(State(reads: reads, writes: writes))
    }

    var now: @Sendable () -> Duration { { self.state.withLock { $0.now } } }

    func withInterface<Result>(_ interface: USBInterface, _ body: () async throws -> Result) async throws -> Result {
        try await body()
    }

    func controlIn(_ request: USBControlRequest, countMax: Int, timeout: Duration) async throws(DeviceError) -> [UInt8]
    {
        throw DeviceError(.unsupported, "not scripted")
    }

    func controlOut(_ request: USBControlRequest, _ bytes: [UInt8], timeout: Duration) async throws(DeviceError) {
        throw DeviceError(.unsupported, "not scripted")
    }

    func read(from endpoint: EndpointAddress, countMax: Int, timeout: Duration) async throws(DeviceError) -> [UInt8] {
        try state.withLock { state throws(DeviceError) in
            state.readSizes.append(countMax)
            state.timeouts.append(timeout)
            while !state.reads.isEmpty {
                switch state.reads.removeFirst() {
                case .delay(let duration): state.now += duration
                case .bytes(let bytes): return bytes
                case .failure(let code, _): throw DeviceError(code, "scripted")
                }
            }
            state.now += timeout
            throw DeviceError(.timeout, "nothing is scripted")
        }
    }

    func write(_ bytes: [UInt8], to endpoint: EndpointAddress, timeout: Duration) async throws(DeviceError) {
        try state.withLock { state throws(DeviceError) in
            state.timeouts.append(timeout)
            while let answer = state.writes.first {
                state.writes.removeFirst()
                switch answer {
                case .delay(let duration): state.now += duration
                case .bytes:
                    state.written.append(bytes)
                    return
                case .failure(let code, let written):
                    state.written.append(Array(bytes.prefix(written)))
                    throw DeviceError(code, "scripted", written: written)
                }
            }
            state.written.append(bytes)
        }
    }

    func clearHalt(_ endpoint: EndpointAddress) async throws(DeviceError) {
        try state.withLock { state throws(DeviceError) in
            state.cleared.append(endpoint)
            if let code = state.clearFailure { throw DeviceError(code, "scripted") }
        }
    }

    func reset() async throws(DeviceError) {}
}
