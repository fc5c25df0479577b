import DeviceIO
import Synchronization
import USBDevice

/// An open device.
final class LibUSBConnection: USBConnection {
    struct State {
        var transfers: [UInt64: PendingTransfer] = [:]
        var nextNumber: UInt64 = 1
        var claims: [UInt8: USBInterface] = [:]
        /// Why nothing new is begun: the device or the bus is gone.
        var refusal: DeviceError.Code?
        var isClosing = false
        var isClosed = false
    }

    let device: USBDeviceInfo
    let library: any LibUSBLibrary
    let limits: LibUSBLimits
    let handle: LibUSBHandle
    let state = Mutex(State())

    private let lane: Lane
    private let closed = Once<Void>()
    private let onClosed: @Sendable () -> Void

    /// Takes an open handle over.
    ///
    /// - Parameters:
    ///   - device: The device.
    ///   - handle: The handle, which is closed here.
    ///   - lane: The lane on which it was opened.
    ///   - library: The library.
    ///   - limits: How long steps may take.
    ///   - onClosed: Called once the handle is closed.
    init(
        device: USBDeviceInfo,
        handle: LibUSBHandle,
        lane: Lane,
        library: any LibUSBLibrary,
        limits: LibUSBLimits,
        onClosed: @escaping @Sendable () -> Void
    ) {
        self.device = device
        self.handle = handle
        self.lane = lane
        self.library = library
        self.limits = limits
        self.onClosed = onClosed
    }

    // MARK: Interfaces

    func withInterface<Result>(_ interface: USBInterface, _ body: () async throws -> Result) async throws -> Result {
        try await claim(interface)
        let result: Result
        do {
            result = try await body()
        } catch {
            await release(interface)
            throw error
        }
        await release(interface)
        return result
    }

    private func claim(_ interface: USBInterface) async throws(DeviceError) {
        guard state.withLock({ $0.claims[interface.number] == nil }) else {
            throw DeviceError(.busy, "interface \(interface.number) is claimed by this connection already")
        }
        let number = interface.number
        let hasSettings = device.interfaces.count { $0.number == number } > 1
        let library = library
        let handle = handle
        try await call(
            "claiming interface \(number)",
            at: .claim,
            limit: limits.claim,
            undo: { _ = library.release(handle, interface: number) },
            {
                let returned = library.claim(handle, interface: number)
                // A device with one setting may not know how to choose one.
                guard returned == .success, hasSettings else { return returned }
                let chosen = library.set(handle, interface: number, alternateSetting: interface.alternateSetting)
                if chosen != .success { _ = library.release(handle, interface: number) }
                return chosen
            }
        )
        state.withLock { $0.claims[number] = interface }
    }

    /// Gives an interface back; a failure is none of the caller's, whose work is done, and closing gives it back too.
    private func release(_ interface: USBInterface) async {
        let number = interface.number
        state.withLock { $0.claims[number] = nil }
        // A transfer that was left behind on it is ended by the kernel.
        _ = await lane.run(limit: limits.claim) { [library, handle] in
            library.release(handle, interface: number)
        }
    }

    // MARK: Other calls that block

    func clearHalt(_ endpoint: EndpointAddress) async throws(DeviceError) {
        let library = library
        let handle = handle
        try await call("clearing the halt of endpoint \(endpoint)", at: .transfer, limit: limits.clearHalt) {
            library.clearHalt(handle, endpoint)
        }
    }

    func reset() async throws(DeviceError) {
        let library = library
        let handle = handle
        try await call("resetting the device", at: .reset, limit: limits.reset) { library.reset(handle) }
    }

    private func call(
        _ attempt: String,
        at step: LibUSBStep,
        limit: Duration,
        undo: @escaping @Sendable () -> Void = {},
        _ work: @escaping @Sendable () -> LibUSBCode
    ) async throws(DeviceError) {
        if Task.isCancelled { throw DeviceError(.cancelled, attempt) }
        try state.withLock { state throws(DeviceError) in try state.check(attempt) }
        let returned = await lane.run(limit: limit, late: { if $0 == .success { undo() } }, work)
        guard let returned else { throw DeviceError(.timeout, attempt) }
        guard returned == .success else { throw DeviceError(returned, at: step, attempt) }
    }

    // MARK: The end

    /// Tells that the device, or the bus, is gone: what is under way ends, nothing new begins.
    func refuse(_ code: DeviceError.Code) {
        state.withLock { $0.refusal = $0.refusal ?? code }
        cancelTransfers(code)
    }

    /// Lets tasks go whose transfers should have ended by now.
    func expire(now: ContinuousClock.Instant) {
        for transfer in state.withLock({ Array($0.transfers.values) }) { transfer.expire(now: now) }
    }

    func cancelTransfers(_ code: DeviceError.Code) {
        for transfer in state.withLock({ Array($0.transfers.values) }) { transfer.cancel(code) }
    }

    /// Closes the handle as soon as all transfers have come back, and waits for that within ``LibUSBLimits/close``.
    func close() async {
        let closesNow = state.withLock { state in
            state.isClosing = true
            return state.mayClose()
        }
        if closesNow { closeHandle() } else { cancelTransfers(.cancelled) }
        _ = await closed.value(within: limits.close)
    }

    /// Forgets a transfer that has come back; the last one lets the handle be closed.
    func forget(_ number: UInt64) {
        let closesNow = state.withLock { state in
            state.transfers[number] = nil
            return state.mayClose()
        }
        if closesNow { closeHandle() }
    }

    private func closeHandle() {
        // After every other call on the handle, and never on the thread that handles events.
        lane.enqueue { [library, handle, closed, onClosed] in
            library.close(handle)
            onClosed()
            closed.resume(())
        }
    }
}

extension LibUSBConnection.State {
    /// Whether something may begin.
    func check(_ attempt: String) throws(DeviceError) {
        if let refusal { throw DeviceError(refusal, attempt) }
        if isClosing { throw DeviceError(.notFound, "\(attempt): the connection was closed") }
    }

    /// Whether the handle is to be closed now; true once.
    mutating func mayClose() -> Bool {
        guard isClosing, !isClosed, transfers.isEmpty else { return false }
        isClosed = true
        return true
    }
}
