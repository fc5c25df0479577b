import SmartCard

@testable import SmartCardPCSC

/// A smart-card service in memory, whose functions block, fail and hang as a test says.
final class FakePCSCLibrary: PCSCLibrary {
    /// A function that can hang.
    enum Function: Hashable, Sendable {
        case establish
        case listReaders
        case waitForChange
        case connect
        case beginTransaction
        case transmit
        case reconnect
        case endTransaction
        case disconnect
    }

    struct Reader: Sendable {
        var name: String
        var flags: PCSCReaderState.Flags = .empty
        var counter: UInt16 = 0
        var answerToReset: [UInt8] = []

        var state: PCSCReaderState { PCSCReaderState(flags, counter: counter) }
    }

    struct World: Sendable {
        var readers: [Reader] = []
        /// What establish returns.
        var establish = PCSCReturnCode.success
        /// What the following calls return, each once, before the usual.
        var scripted: [Function: [PCSCReturnCode]] = [:]
        /// What reconnecting returns, each once, before success.
        var reconnects: [PCSCReturnCode] = []
        /// The functions that do not come back until they are taken out of here.
        var hanging: Set<Function> = []
        /// How many threads are inside each hanging function.
        var stuck: [Function: Int] = [:]
        /// The contexts that are open.
        var contexts: Set<Int> = []
        /// The contexts whose line was cut by a stop of the service.
        var deadContexts: Set<Int> = []
        var nextHandle = 1
        /// The contexts inside a wait.
        var waiting: Set<Int> = []
        var cancelled: Set<Int> = []
        /// Moves on with each call of ``expireWaits()``.
        var quietEnds = 0
        /// The known states of the last wait.
        var lastWait: [PCSCWatchedReader] = []
        /// The cards' connections and which context each belongs to.
        var connections: [Int: Int] = [:]
        /// What was called, in order, without the waits.
        var log: [String] = []
        var answer: @Sendable ([UInt8]) -> [UInt8] = { _ in [0x90, 0x00] }
        /// How many cancellations came.
        var cancellations = 0
        /// How many cancellations are lost before one has an effect.
        var lostCancellations = 0
    }

    let world = Monitor(World())

    init(readers: [Reader] = []) {
        world.withLock { $0.readers = readers }
    }

    // MARK: What a test does

    /// Changes the world and wakes whoever waits for it.
    func change(_ body: @Sendable (inout World) -> Void) {
        world.update(body)
    }

    /// Waits until the world is as described; a thread of its own does the waiting.
    func until(_ isReached: @escaping @Sendable (World) -> Bool) async -> Bool {
        let world = world
        return await withCheckedContinuation { continuation in
            let isStarted = DetachedThread.start {
                let reached = world.wait(until: .now + .seconds(20)) { isReached($0) ? true : nil }
                continuation.resume(returning: reached ?? false)
            }
            if !isStarted { continuation.resume(returning: false) }
        }
    }

    func insert(_ name: String, answerToReset: [UInt8] = [0x3B, 0x00]) {
        change { world in
            guard let index = world.readers.firstIndex(where: { $0.name == name }) else { return }
            world.readers[index].flags = .present
            world.readers[index].counter &+= 1
            world.readers[index].answerToReset = answerToReset
        }
    }

    func remove(_ name: String) {
        change { world in
            guard let index = world.readers.firstIndex(where: { $0.name == name }) else { return }
            world.readers[index].flags = .empty
            world.readers[index].counter &+= 1
            world.readers[index].answerToReset = []
        }
    }

    /// Ends the waits that are under way as if their time were up.
    func expireWaits() {
        change { $0.quietEnds += 1 }
    }

    /// Stops the service: every line is cut and no new one is opened.
    func stopService() {
        change { world in
            world.establish = .noService
            world.deadContexts.formUnion(world.contexts)
        }
    }

    func startService() {
        change { $0.establish = .success }
    }

    // MARK: PCSCLibrary

    func establish() -> (returned: PCSCReturnCode, context: PCSCContextHandle) {
        pass(.establish)
        return world.update { world in
            world.log.append("establish")
            if let scripted = world.next(.establish) { return (scripted, PCSCContextHandle(rawValue: 0)) }
            guard world.establish == .success else { return (world.establish, PCSCContextHandle(rawValue: 0)) }
            let handle = world.newHandle()
            world.contexts.insert(handle)
            return (.success, PCSCContextHandle(rawValue: handle))
        }
    }

    func release(_ context: PCSCContextHandle) {
        world.update { world in
            world.log.append("release")
            world.contexts.remove(context.rawValue)
            world.deadContexts.remove(context.rawValue)
        }
    }

    func cancel(_ context: PCSCContextHandle) -> PCSCReturnCode {
        world.update { world in
            world.cancellations += 1
            if world.lostCancellations > 0 {
                world.lostCancellations -= 1
            } else if world.waiting.contains(context.rawValue) {
                world.cancelled.insert(context.rawValue)
            }
            return .success
        }
    }

    func listReaders(_ context: PCSCContextHandle) -> (returned: PCSCReturnCode, names: [String]) {
        pass(.listReaders)
        return world.update { world in
            if let scripted = world.next(.listReaders) { return (scripted, []) }
            if world.deadContexts.contains(context.rawValue) { return (.noService, []) }
            let names = world.readers.map(\.name)
            return names.isEmpty ? (.noReadersAvailable, []) : (.success, names)
        }
    }

    func waitForChange(
        _ context: PCSCContextHandle,
        milliseconds: UInt32,
        readers: inout [PCSCWatchedReader]
    ) -> PCSCReturnCode {
        pass(.waitForChange)
        let watched = readers
        let quietEnds = world.update { world in
            world.waiting.insert(context.rawValue)
            world.lastWait = watched
            return world.quietEnds
        }
        defer { world.update { _ = $0.waiting.remove(context.rawValue) } }
        let known = world.withLock { $0.readers.count }
        let result = world.wait { world -> (PCSCReturnCode, [PCSCWatchedReader])? in
            // A wait that was under way when the function began to hang goes on hanging.
            if world.hanging.contains(.waitForChange) { return nil }
            if let scripted = world.next(.waitForChange) { return (scripted, watched) }
            if world.deadContexts.contains(context.rawValue) { return (.communicationError, watched) }
            if world.cancelled.remove(context.rawValue) != nil { return (.cancelled, watched) }
            var answer = watched
            var isChanged = false
            for index in answer.indices {
                if answer[index].name == PCSCWatchedReader.plugAndPlayName {
                    guard world.readers.count != known else { continue }
                    answer[index].event = PCSCReaderState(.changed)
                    isChanged = true
                    continue
                }
                let isFound = answer[index].look(at: world.readers)
                isChanged = isChanged || answer[index].event.flags.contains(.changed)
                if !isFound && milliseconds == 0 { return (.unknownReader, watched) }
            }
            if isChanged { return (.success, answer) }
            if milliseconds == 0 || world.quietEnds != quietEnds { return (.timeout, answer) }
            return nil
        }
        readers = result?.1 ?? watched
        return result?.0 ?? .internalError
    }

    func connect(
        _ context: PCSCContextHandle,
        reader: String
    ) -> (returned: PCSCReturnCode, card: PCSCCardHandle, protocolNumber: UInt) {
        pass(.connect)
        return world.update { world in
            world.log.append("connect")
            let none = PCSCCardHandle(rawValue: 0)
            if let scripted = world.next(.connect) { return (scripted, none, 0) }
            if world.deadContexts.contains(context.rawValue) { return (.noService, none, 0) }
            guard let found = world.readers.first(where: { $0.name == reader }) else {
                return (.unknownReader, none, 0)
            }
            guard found.flags.contains(.present) else { return (.noSmartCard, none, 0) }
            let handle = world.newHandle()
            world.connections[handle] = context.rawValue
            return (.success, PCSCCardHandle(rawValue: handle), 2)
        }
    }

    func reconnect(_ card: PCSCCardHandle) -> (returned: PCSCReturnCode, protocolNumber: UInt) {
        pass(.reconnect)
        return world.update { world in
            world.log.append("reconnect")
            return (world.reconnects.isEmpty ? .success : world.reconnects.removeFirst(), 2)
        }
    }

    func disconnect(_ card: PCSCCardHandle) -> PCSCReturnCode {
        pass(.disconnect)
        return world.update { world in
            world.log.append("disconnect")
            world.connections[card.rawValue] = nil
            return .success
        }
    }

    func beginTransaction(_ card: PCSCCardHandle) -> PCSCReturnCode {
        pass(.beginTransaction)
        return world.update { world in
            world.log.append("begin")
            return world.next(.beginTransaction) ?? .success
        }
    }

    func endTransaction(_ card: PCSCCardHandle) -> PCSCReturnCode {
        pass(.endTransaction)
        return world.update { world in
            world.log.append("end")
            return .success
        }
    }

    func transmit(
        _ card: PCSCCardHandle,
        protocolNumber: UInt,
        command: UnsafeRawBufferPointer,
        response: UnsafeMutableRawBufferPointer,
        count: inout Int
    ) -> PCSCReturnCode {
        pass(.transmit)
        let command = Array(command)
        let (returned, answer) = world.update { world -> (PCSCReturnCode, [UInt8]) in
            world.log.append("transmit")
            if let scripted = world.next(.transmit) { return (scripted, []) }
            guard let context = world.connections[card.rawValue] else { return (.invalidHandle, []) }
            if world.deadContexts.contains(context) { return (.communicationError, []) }
            return (.success, world.answer(command))
        }
        response.copyBytes(from: answer)
        count = answer.count
        return returned
    }

    func answerToReset(_ card: PCSCCardHandle) -> (returned: PCSCReturnCode, bytes: [UInt8]) {
        (.success, [0x3B, 0x00])
    }

    /// Stays here as long as the function hangs.
    private func pass(_ function: Function) {
        let isHanging = world.update { world in
            guard world.hanging.contains(function) else { return false }
            world.stuck[function, default: 0] += 1
            return true
        }
        guard isHanging else { return }
        _ = world.wait { $0.hanging.contains(function) ? nil : true }
        world.update { $0.stuck[function, default: 0] -= 1 }
    }
}

extension FakePCSCLibrary.World {
    mutating func newHandle() -> Int {
        defer { nextHandle += 1 }
        return nextHandle
    }

    mutating func next(_ function: FakePCSCLibrary.Function) -> PCSCReturnCode? {
        guard let first = scripted[function]?.first else { return nil }
        scripted[function]?.removeFirst()
        return first
    }
}

extension PCSCWatchedReader {
    /// Takes the state of the reader as the service does it: a change is a difference of flags, or of counters if one is known.
    ///
    /// - Returns: Whether there is such a reader.
    fileprivate mutating func look(at readers: [FakePCSCLibrary.Reader]) -> Bool {
        guard let reader = readers.first(where: { $0.name == name }) else {
            event = PCSCReaderState([.unknown, .unavailable, .changed])
            return false
        }
        let hasNews =
            known == .unaware || known.flags != reader.flags
            || (known.counter != 0 && known.counter != reader.counter)
        event = PCSCReaderState(hasNews ? reader.flags.union(.changed) : reader.flags, counter: reader.counter)
        answerToReset = reader.answerToReset
        return true
    }
}
