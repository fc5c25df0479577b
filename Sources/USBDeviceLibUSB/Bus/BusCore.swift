import DeviceIO
import Glibc
import Synchronization
import USBDevice

/// What the bus, its thread and its connections share.
final class BusCore: Sendable {
    private struct Entry {
        /// Which plugging-in it is; no two are the same.
        var number: UInt64
        /// What it is; nil until it was asked.
        var info: USBDeviceInfo?
        /// The connections to it, by number.
        var connections: [UInt64: LibUSBConnection] = [:]
    }

    private struct WeakFeed {
        weak var feed: EventFeed?
    }

    private struct State {
        var entries: [LibUSBDevice: Entry] = [:]
        /// Every open connection, also to devices that are gone.
        var connections: [UInt64: LibUSBConnection] = [:]
        /// The feeds of all consumers, as long as these hold them.
        var feeds: [WeakFeed] = []
        /// Surveys, openings and open handles: while there is one, the context stays.
        var users = 0
        var isStopping = false
        var nextNumber: UInt64 = 1

        mutating func tell(_ change: (inout USBEventBacklog) -> Void) {
            feeds.removeAll { $0.feed == nil }
            for feed in feeds { feed.feed?.update(change) }
        }

        mutating func newNumber() -> UInt64 {
            defer { nextNumber += 1 }
            return nextNumber
        }
    }

    let library: any LibUSBLibrary
    let context: LibUSBContext
    let limits: LibUSBLimits

    private let surveyLane = Lane("onecard.usb.survey")
    private let state = Mutex(State())

    init(library: any LibUSBLibrary, context: LibUSBContext, limits: LibUSBLimits) {
        self.library = library
        self.context = context
        self.limits = limits
    }

    // MARK: Coming and going

    /// Takes what the watch tells; never blocks, as it is told on the thread that handles events.
    func handle(_ event: LibUSBPlugEvent) {
        switch event {
        case .arrived(let device): arrive(device)
        case .left(let device): leave(device)
        }
    }

    private func arrive(_ device: LibUSBDevice) {
        let number = state.withLock { state -> UInt64? in
            // At the start a device may be told twice.
            guard !state.isStopping, state.entries[device] == nil else { return nil }
            library.retain(device)
            library.retain(device)
            let number = state.newNumber()
            state.entries[device] = Entry(number: number)
            state.users += 1
            return number
        }
        guard let number else { return }
        surveyLane.enqueue { [self] in
            let survey = DeviceSurvey(library: library, textLimit: limits.text)
            present(survey.describe(device), of: device, number: number)
            library.release(device)
            leaveContext()
        }
    }

    private func present(_ info: USBDeviceInfo?, of device: LibUSBDevice, number: UInt64) {
        guard let info else { return }
        state.withLock { state in
            guard !state.isStopping, state.entries[device]?.number == number else { return }
            state.entries[device]?.info = info
            state.tell { $0.arrive(info, number: number) }
        }
    }

    private func leave(_ device: LibUSBDevice) {
        let entry = state.withLock { state -> Entry? in
            guard let entry = state.entries.removeValue(forKey: device) else { return nil }
            state.tell { $0.leave(number: entry.number) }
            return entry
        }
        guard let entry else { return }
        for connection in entry.connections.values { connection.refuse(.unplugged) }
        library.release(device)
    }

    /// Waits until all devices that have been told so far were asked what they are.
    func surveyed() async {
        _ = await surveyLane.run(limit: limits.firstSurvey) { true }
    }

    func devices() throws(DeviceError) -> [USBDeviceInfo] {
        try state.withLock { state throws(DeviceError) in
            if state.isStopping { throw DeviceError(.cancelled, "listing devices: the bus was closed") }
            return state.entries.values.compactMap(\.info).sorted { $0.id.path < $1.id.path }
        }
    }

    func events() -> AsyncStream<USBEvent> {
        let feed = EventFeed()
        state.withLock { state in
            if state.isStopping { return feed.finish() }
            for entry in state.entries.values.sorted(by: { $0.number < $1.number }) {
                if let info = entry.info { feed.update { $0.arrive(info, number: entry.number) } }
            }
            state.feeds.append(WeakFeed(feed: feed))
        }
        return feed.stream
    }

    // MARK: Opening

    func open(_ id: USBDeviceID) async throws(DeviceError) -> LibUSBConnection {
        let attempt = "opening device \(id)"
        if Task.isCancelled { throw DeviceError(.cancelled, attempt) }
        let (device, info) = try state.withLock { state throws(DeviceError) in
            if state.isStopping { throw DeviceError(.cancelled, "\(attempt): the bus was closed") }
            for (device, entry) in state.entries {
                guard let info = entry.info, info.id == id else { continue }
                library.retain(device)
                state.users += 1
                return (device, info)
            }
            throw DeviceError(.notFound, attempt)
        }
        typealias Opened = (returned: LibUSBCode, handle: LibUSBHandle)
        let lane = Lane("onecard.usb.\(id.path)")
        let opened = await lane.run(
            limit: limits.open,
            late: { [self] (late: Opened) in
                if late.returned == .success { library.close(late.handle) }
                leaveContext()
            },
            { [library] () -> Opened in
                defer { library.release(device) }
                return library.open(device)
            }
        )
        guard let opened else { throw DeviceError(.timeout, attempt) }
        guard opened.returned == .success else {
            leaveContext()
            throw DeviceError(opened.returned, at: .open, attempt)
        }
        return register(opened.handle, of: device, info, lane)
    }

    private func register(
        _ handle: LibUSBHandle,
        of device: LibUSBDevice,
        _ info: USBDeviceInfo,
        _ lane: Lane
    ) -> LibUSBConnection {
        let number = state.withLock { $0.newNumber() }
        let connection = LibUSBConnection(
            device: info,
            handle: handle,
            lane: lane,
            library: library,
            limits: limits,
            onClosed: { [self] in unregister(number, of: device) }
        )
        let refusal = state.withLock { state -> DeviceError.Code? in
            state.connections[number] = connection
            let isThere = state.entries[device]?.info?.id == info.id
            if isThere { state.entries[device]?.connections[number] = connection }
            return state.isStopping ? .cancelled : isThere ? nil : .unplugged
        }
        if let refusal { connection.refuse(refusal) }
        return connection
    }

    private func unregister(_ number: UInt64, of device: LibUSBDevice) {
        state.withLock { state in
            state.connections[number] = nil
            state.entries[device]?.connections[number] = nil
        }
        leaveContext()
    }

    /// Ends what was counted as a user of the context.
    private func leaveContext() {
        state.withLock { state in
            state.users -= 1
            // With the lock held, since after the last user the thread may end the context.
            if state.isStopping, state.users == 0 { library.interrupt(context) }
        }
    }

    // MARK: The thread that handles events

    /// Handles events until the bus is stopped and nothing uses the context any more, then ends the context.
    func serve(watch: LibUSBWatch) {
        while let wait = state.withLock({ state -> Duration? in
            if state.isStopping, state.users == 0 { return nil }
            return state.connections.isEmpty ? limits.idleTick : limits.tick
        }) {
            let returned = library.handleEvents(context, milliseconds: Int(wait.milliseconds))
            let now = ContinuousClock.Instant.now
            for connection in state.withLock({ Array($0.connections.values) }) { connection.expire(now: now) }
            if returned != .success, returned != .interrupted {
                usleep(limits.failurePause.milliseconds * 1000)
            }
        }
        let devices = state.withLock { state in
            defer { state.entries = [:] }
            return Array(state.entries.keys)
        }
        for device in devices { library.release(device) }
        library.end(context, watch)
    }

    /// Ends a bus that nobody will use, on this thread.
    func abandon(watch: LibUSBWatch) {
        stop()
        serve(watch: watch)
    }

    /// Ends what is under way and refuses what is new; the thread ends when the last handle is closed.
    func stop() {
        let connections = state.withLock { state -> [LibUSBConnection] in
            if state.isStopping { return [] }
            state.isStopping = true
            for feed in state.feeds { feed.feed?.finish() }
            state.feeds = []
            library.interrupt(context)
            return Array(state.connections.values)
        }
        for connection in connections { connection.refuse(.cancelled) }
    }
}
