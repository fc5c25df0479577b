import Dispatch
import Synchronization
import USBDevice

@testable import USBDeviceLibUSB

/// A libusb in memory, whose functions block, fail and stay silent as a test says; it keeps a list of its misuses.
final class FakeLibUSB: LibUSBLibrary {
    /// A function that can block.
    enum Function: Hashable, Sendable {
        case start
        case open
        case claim
        case close
        case reset
    }

    struct Device: Sendable {
        var place: LibUSBPlace
        var descriptor: [UInt8]
        var configuration: [UInt8]
        var texts: [UInt8: [UInt8]] = [:]
        var opening = LibUSBCode.success
        /// How often it is kept alive; the list of the library itself counts 1 while the device is plugged in.
        var retains = 1
    }

    struct Pending: Sendable {
        var handle: LibUSBHandle
        var request: LibUSBTransferRequest
        var completion: @Sendable (LibUSBCompletion) -> Void
        var isCancelled = false
    }

    struct World: Sendable {
        var starting = LibUSBCode.success
        var watching = LibUSBCode.success
        var devices: [LibUSBDevice: Device] = [:]
        var handles: [LibUSBHandle: LibUSBDevice] = [:]
        var claims: [LibUSBHandle: Set<UInt8>] = [:]
        var pending: [LibUSBTransfer: Pending] = [:]
        /// What a transfer ends with at once; nil lets it wait.
        var answer: @Sendable (LibUSBTransferRequest) -> LibUSBCompletion? = { _ in nil }
        /// What handing in returns.
        var submission = LibUSBCode.success
        /// Whether a cancelled transfer comes back.
        var cancellationWorks = true
        var claiming = LibUSBCode.success
        var resetting = LibUSBCode.success
        var hanging: Set<Function> = []
        var log: [String] = []
        var misuses: [String] = []
        var sink: (@Sendable (LibUSBPlugEvent) -> Void)?
        var isEnded = false
        var nextAddress: UInt = 1
        /// What the thread that handles events has yet to do.
        var work: [@Sendable () -> Void] = []

        mutating func newAddress() -> UInt {
            nextAddress += 1
            return nextAddress
        }

        mutating func check(_ condition: Bool, _ misuse: String) {
            if !condition || isEnded { misuses.append(misuse) }
        }
    }

    private struct Waiter: Sendable {
        var isReached: @Sendable (World) -> Bool
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var world = World()
        var waiters: [Waiter] = []
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    // MARK: What a test does

    /// Reads or changes the world, and lets those go on who wait for what it is now.
    @discardableResult
    func change<Result>(_ body: (inout World) -> sending Result) -> sending Result {
        let (result, reached) = state.withLock { state -> sending (Result, [Waiter]) in
            let result = body(&state.world)
            let reached = state.waiters.filter { $0.isReached(state.world) }
            state.waiters.removeAll { $0.isReached(state.world) }
            return (result, reached)
        }
        for waiter in reached { waiter.continuation.resume() }
        return result
    }

    /// Waits until the world is as described.
    func until(_ isReached: @escaping @Sendable (World) -> Bool) async {
        await withCheckedContinuation { continuation in
            let isNow = state.withLock { state in
                if isReached(state.world) { return true }
                state.waiters.append(Waiter(isReached: isReached, continuation: continuation))
                return false
            }
            if isNow { continuation.resume() }
        }
    }

    /// Plugs a device in.
    func plug(_ device: Device) -> LibUSBDevice {
        let id = change { world in
            let id = LibUSBDevice(address: world.newAddress())
            world.devices[id] = device
            if let sink = world.sink { world.work.append { sink(.arrived(id)) } }
            return id
        }
        wake.signal()
        return id
    }

    /// Unplugs a device; its transfers come back, unless the test says that they do not.
    func unplug(_ id: LibUSBDevice, endsTransfers: Bool = true) {
        change { world in
            if let sink = world.sink { world.work.append { sink(.left(id)) } }
            let gone = world.pending.filter { world.handles[$0.value.handle] == id }.map(\.key)
            guard endsTransfers else { return }
            for transfer in gone { Self.finish(transfer, .noDevice, in: &world) }
        }
        wake.signal()
        change { world in world.work.append { [self] in drop(id) } }
        wake.signal()
    }

    /// Ends a waiting transfer.
    func finish(_ transfer: LibUSBTransfer, _ status: LibUSBTransferStatus, count: Int = 0, bytes: [UInt8] = []) {
        change { Self.finish(transfer, status, count: count, bytes: bytes, in: &$0) }
        wake.signal()
    }

    /// Ends all waiting transfers.
    func finishAll(_ status: LibUSBTransferStatus) {
        change { world in
            for transfer in world.pending.keys { Self.finish(transfer, status, in: &world) }
        }
        wake.signal()
    }

    private static func finish(
        _ transfer: LibUSBTransfer,
        _ status: LibUSBTransferStatus,
        count: Int = 0,
        bytes: [UInt8] = [],
        in world: inout World
    ) {
        guard let pending = world.pending.removeValue(forKey: transfer) else { return }
        let count = bytes.isEmpty ? count : bytes.count
        world.work.append {
            pending.completion(LibUSBCompletion(status: status, count: count, bytes: bytes))
        }
    }

    private func drop(_ id: LibUSBDevice) {
        change { world in
            world.devices[id]?.retains -= 1
            if world.devices[id]?.retains == 0 { world.devices[id] = nil }
        }
    }

    private func pass(_ function: Function) {
        // A thread of a lane, which may be blocked.
        while change({ $0.hanging.contains(function) }) {
            let pause = DispatchSemaphore(value: 0)
            _ = pause.wait(timeout: .now() + .milliseconds(1))
        }
    }

    // MARK: LibUSBLibrary

    func start() -> (returned: LibUSBCode, context: LibUSBContext) {
        pass(.start)
        return change { world in
            world.log.append("start")
            return (world.starting, LibUSBContext(address: 1))
        }
    }

    func end(_ context: LibUSBContext, _ watch: LibUSBWatch?) {
        change { world in
            world.log.append("end")
            world.check(world.handles.isEmpty, "the context ended with open handles")
            world.check(world.pending.isEmpty, "the context ended with transfers")
            world.check(world.devices.values.allSatisfy { $0.retains == 1 }, "the context ended with devices kept")
            world.isEnded = true
        }
    }

    func watch(
        _ context: LibUSBContext,
        _ sink: @escaping @Sendable (LibUSBPlugEvent) -> Void
    ) -> (returned: LibUSBCode, watch: LibUSBWatch) {
        let (returned, devices) = change { world -> (LibUSBCode, [LibUSBDevice]) in
            if world.watching == .success { world.sink = sink }
            return (world.watching, world.devices.keys.sorted { $0.address < $1.address })
        }
        if returned == .success {
            for device in devices { sink(.arrived(device)) }
        }
        return (returned, LibUSBWatch(number: 1, sink: 0))
    }

    func handleEvents(_ context: LibUSBContext, milliseconds: Int) -> LibUSBCode {
        change { $0.check(true, "events after the end") }
        _ = wake.wait(timeout: .now() + .milliseconds(milliseconds))
        while let work = change({ $0.work.isEmpty ? nil : $0.work.removeFirst() }) { work() }
        return .success
    }

    func interrupt(_ context: LibUSBContext) {
        change { $0.check(true, "an interruption after the end") }
        wake.signal()
    }

    func retain(_ device: LibUSBDevice) {
        change { world in
            world.check(world.devices[device] != nil, "a dead device was retained")
            world.devices[device]?.retains += 1
        }
    }

    func release(_ device: LibUSBDevice) {
        change { world in
            world.check(world.devices[device] != nil, "a dead device was released")
            world.devices[device]?.retains -= 1
            if world.devices[device]?.retains == 0 { world.devices[device] = nil }
        }
    }

    func place(of device: LibUSBDevice) -> LibUSBPlace {
        change { $0.devices[device]?.place } ?? LibUSBPlace(bus: 0, ports: [], address: 0)
    }

    func deviceDescriptor(of device: LibUSBDevice) -> (returned: LibUSBCode, bytes: [UInt8]) {
        change { world in world.devices[device].map { (.success, $0.descriptor) } ?? (.noDevice, []) }
    }

    func configuration(of device: LibUSBDevice) -> (returned: LibUSBCode, bytes: [UInt8]) {
        change { world in world.devices[device].map { (.success, $0.configuration) } ?? (.noDevice, []) }
    }

    func open(_ device: LibUSBDevice) -> (returned: LibUSBCode, handle: LibUSBHandle) {
        pass(.open)
        return change { world in
            world.check(world.devices[device] != nil, "a dead device was opened")
            world.log.append("open")
            let returned = world.devices[device]?.opening ?? .noDevice
            let handle = LibUSBHandle(address: world.newAddress())
            if returned == .success {
                world.handles[handle] = device
                world.devices[device]?.retains += 1
            }
            return (returned, handle)
        }
    }

    func close(_ handle: LibUSBHandle) {
        pass(.close)
        change { world in
            world.check(world.handles[handle] != nil, "a closed handle was closed")
            world.check(!world.pending.values.contains { $0.handle == handle }, "a handle was closed under transfers")
            world.log.append("close")
            guard let device = world.handles.removeValue(forKey: handle) else { return }
            world.claims[handle] = nil
            world.devices[device]?.retains -= 1
            if world.devices[device]?.retains == 0 { world.devices[device] = nil }
        }
    }

    func textDescriptor(
        _ handle: LibUSBHandle,
        _ request: USBControlRequest,
        milliseconds: UInt32
    ) -> (returned: LibUSBCode, bytes: [UInt8]) {
        change { world in
            world.check(world.handles[handle] != nil, "a text was asked for on a closed handle")
            let device = world.handles[handle].flatMap { world.devices[$0] }
            return device?.texts[UInt8(request.value & 0xFF)].map { (.success, $0) } ?? (.pipe, [])
        }
    }

    func claim(_ handle: LibUSBHandle, interface: UInt8) -> LibUSBCode {
        pass(.claim)
        return change { world in
            world.check(world.handles[handle] != nil, "a claim on a closed handle")
            world.log.append("claim \(interface)")
            if world.claiming == .success { world.claims[handle, default: []].insert(interface) }
            return world.claiming
        }
    }

    func release(_ handle: LibUSBHandle, interface: UInt8) -> LibUSBCode {
        change { world in
            world.check(world.handles[handle] != nil, "a release on a closed handle")
            world.check(world.claims[handle]?.contains(interface) == true, "an interface was released unclaimed")
            world.log.append("release \(interface)")
            world.claims[handle]?.remove(interface)
            return .success
        }
    }

    func set(_ handle: LibUSBHandle, interface: UInt8, alternateSetting: UInt8) -> LibUSBCode {
        change { world in
            world.log.append("set \(interface) to \(alternateSetting)")
            return .success
        }
    }

    func clearHalt(_ handle: LibUSBHandle, _ endpoint: EndpointAddress) -> LibUSBCode {
        change { world in
            world.log.append("clear \(endpoint)")
            return .success
        }
    }

    func reset(_ handle: LibUSBHandle) -> LibUSBCode {
        pass(.reset)
        return change { world in
            world.log.append("reset")
            return world.resetting
        }
    }

    func submit(
        _ handle: LibUSBHandle,
        _ request: LibUSBTransferRequest,
        _ completion: @escaping @Sendable (LibUSBCompletion) -> Void
    ) -> (returned: LibUSBCode, transfer: LibUSBTransfer) {
        defer { wake.signal() }
        return change { world in
            world.check(world.handles[handle] != nil, "a transfer on a closed handle")
            let transfer = LibUSBTransfer(address: world.newAddress())
            guard world.submission == .success else { return (world.submission, transfer) }
            world.pending[transfer] = Pending(handle: handle, request: request, completion: completion)
            if let answer = world.answer(request) {
                Self.finish(transfer, answer.status, count: answer.count, bytes: answer.bytes, in: &world)
            }
            return (.success, transfer)
        }
    }

    func cancel(_ transfer: LibUSBTransfer) -> LibUSBCode {
        defer { wake.signal() }
        return change { world in
            world.check(true, "a cancellation after the end")
            world.log.append("cancel")
            guard world.pending[transfer] != nil else { return .notFound }
            world.pending[transfer]?.isCancelled = true
            if world.cancellationWorks { Self.finish(transfer, .cancelled, in: &world) }
            return .success
        }
    }
}
