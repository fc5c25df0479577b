import Foundation
import Glibc
public import SmartCard
import Synchronization
public import VirtualCard

/// The virtual readers of one simulator: a socket each, served by one thread that sleeps until something happens.
public final class VirtualReaders: Sendable {
    /// The most readers that a pcscd before 2.5 can hold.
    public static let readersMax = 16

    /// Paths of the sockets, in the order of the readers' numbers.
    public let socketPaths: [String]
    private let listeners: [Descriptor]
    /// Written to wake the thread when deadlines have changed.
    private let wakeRead: Descriptor
    private let wakeWrite: Descriptor
    private let state: Mutex<ReaderBay>

    /// Makes the sockets and starts the thread.
    ///
    /// - Parameters:
    ///   - directory: where the sockets `reader-N.sock` are made.
    ///   - interfaces: of each reader, 1...16 of them.
    ///   - names: for PC/SC clients, of each reader.
    ///   - seed: of garbage answers.
    ///   - cardReturned: called, outside any lock of the readers, on whatever thread sees a card leave.
    /// - Throws: ``SimulationError`` with `sim.system`.
    public init(
        directory: String,
        interfaces: [CardInterface],
        names: [String],
        seed: UInt64,
        cardReturned: @escaping @Sendable (_ persona: String, _ card: VirtualChip) -> Void
    ) throws(SimulationError) {
        precondition((1...Self.readersMax).contains(interfaces.count) && names.count == interfaces.count)
        socketPaths = interfaces.indices.map { "\(directory)/reader-\($0 + 1).sock" }
        var listeners: [Descriptor] = []
        for path in socketPaths {
            let listener = try UnixSocket.listen(.packets, at: path)
            _ = fcntl(listener.number, F_SETFL, O_NONBLOCK)
            listeners.append(listener)
        }
        self.listeners = listeners
        (wakeRead, wakeWrite) = try Self.makePipe()
        let models = interfaces.enumerated().map { index, interface in
            ReaderModel(number: index + 1, name: names[index], interface: interface, seed: seed &+ UInt64(index))
        }
        state = Mutex(ReaderBay(models: models))
        self.cardReturned = cardReturned
        startThread()
    }

    private let cardReturned: @Sendable (String, VirtualChip) -> Void

    private static func makePipe() throws(SimulationError) -> (Descriptor, Descriptor) {
        var numbers: [Int32] = [-1, -1]
        guard pipe(&numbers) == 0 else { throw UnixSocket.failure("make a pipe") }
        for number in numbers {
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            _ = fcntl(number, F_SETFL, O_NONBLOCK)
        }
        return (Descriptor(numbers[0]), Descriptor(numbers[1]))
    }

    // MARK: - Hands and commands

    /// Puts a card into a reader.
    ///
    /// - Parameters:
    ///   - card: the card.
    ///   - persona: its name.
    ///   - faults: faults that belong to this card.
    ///   - reader: number from one.
    ///   - holdMilliseconds: takes it away after this time; nil stays.
    /// - Throws: ``SimulationError`` with `sim.reader-unknown` or `sim.reader-occupied`.
    public func insert(
        _ card: VirtualChip,
        persona: String,
        faults: FaultPlan,
        into reader: Int,
        holdMilliseconds: Int64?
    ) throws(SimulationError) {
        try change(reader) { (model) throws(SimulationError) in
            if let present = model.inserted {
                throw SimulationError(
                    .readerOccupied,
                    "card \(present.persona) is in reader \(reader)",
                    remedy: "lift it first: `onecard-sim lift --reader \(reader)`"
                )
            }
            let liftAt = holdMilliseconds.map { monotonicMilliseconds() + $0 }
            return model.insert(card, persona: persona, faults: faults, liftAt: liftAt)
        }
    }

    /// Takes the card out of a reader.
    ///
    /// - Returns: name of the card.
    /// - Throws: ``SimulationError`` with `sim.reader-unknown` or `sim.reader-empty`.
    @discardableResult
    public func remove(from reader: Int) throws(SimulationError) -> String {
        var persona = ""
        try change(reader) { (model) throws(SimulationError) in
            guard let present = model.inserted else {
                throw SimulationError(
                    .readerEmpty,
                    "no card is in reader \(reader)",
                    remedy: "tap one: `onecard-sim tap PERSONA`"
                )
            }
            persona = present.persona
            return model.remove()
        }
        return persona
    }

    /// Puts faults in force at a reader, in addition to those that stand.
    ///
    /// - Throws: ``SimulationError`` with `sim.reader-unknown`.
    public func apply(_ faults: FaultPlan, to reader: Int) throws(SimulationError) {
        try change(reader) { (model) throws(SimulationError) in model.apply(faults.merged(over: model.faults)) }
    }

    /// Lifts all faults of a reader, and releases an answer that one of them holds.
    ///
    /// - Throws: ``SimulationError`` with `sim.reader-unknown`.
    public func clearFaults(of reader: Int) throws(SimulationError) {
        try change(reader) { (model) throws(SimulationError) in model.apply(FaultPlan()) + model.release() }
    }

    /// Releases an answer that a fault holds.
    ///
    /// - Throws: ``SimulationError`` with `sim.reader-unknown`; `sim.bad-request` if none is held.
    public func release(_ reader: Int) throws(SimulationError) {
        try change(reader) { (model) throws(SimulationError) in
            guard model.isHolding else {
                throw SimulationError(
                    .badRequest,
                    "reader \(reader) holds no answer",
                    remedy: "set `fault hold-at` before the card is read"
                )
            }
            return model.release()
        }
    }

    /// What stands in the readers now.
    public func snapshots() -> [ReaderSnapshot] {
        state.withLock { bay in
            bay.models.map { model in
                ReaderSnapshot(model, isConnected: bay.hasCommandConnection(to: model.number))
            }
        }
    }

    private func change(
        _ reader: Int,
        _ body: (inout ReaderModel) throws(SimulationError) -> [ReaderModel.Effect]
    ) throws(SimulationError) {
        let outcome = state.withLock { bay -> Result<[(String, VirtualChip)], SimulationError> in
            guard bay.models.indices.contains(reader - 1) else {
                return .failure(
                    SimulationError(
                        .readerUnknown,
                        "there is no reader \(reader)",
                        remedy: "readers are numbered 1...\(bay.models.count)"
                    )
                )
            }
            do throws(SimulationError) {
                let effects = try body(&bay.models[reader - 1])
                return .success(bay.perform(effects, of: reader))
            } catch {
                return .failure(error)
            }
        }
        let returned = try outcome.get()
        wake()
        for (persona, card) in returned {
            cardReturned(persona, card)
        }
    }

    // MARK: - The thread

    private func wake() {
        var byte: UInt8 = 1
        _ = write(wakeWrite.number, &byte, 1)
    }

    private func startThread() {
        let thread = Thread { [weak self] in
            var poller = ReaderPoller()
            // Only the poll itself runs without a strong reference, so that an abandoned simulator can go.
            while let turn = self?.prepare(&poller) {
                poller.wait(untilAt: turn)
                self?.serve(&poller)
            }
        }
        thread.name = "virtual-readers"
        thread.start()
    }

    /// Fills the poller; returns the next deadline, or the far future.
    private func prepare(_ poller: inout ReaderPoller) -> Int64 {
        state.withLock { bay in
            poller.watch(wake: wakeRead, listeners: listeners, connections: bay.connections)
            return bay.models.compactMap(\.nextDeadline).min() ?? Int64.max
        }
    }

    private func serve(_ poller: inout ReaderPoller) {
        poller.drainWake()
        let now = monotonicMilliseconds()
        let returned = state.withLock { bay -> [(String, VirtualChip)] in
            var returned: [(String, VirtualChip)] = []
            for index in poller.readyListeners {
                while let descriptor = UnixSocket.accept(listeners[index]) {
                    bay.admit(descriptor, to: index + 1)
                }
            }
            for connection in poller.readyConnections {
                returned += bay.receive(on: connection, buffer: &poller.buffer, now: now)
            }
            for index in bay.models.indices where (bay.models[index].nextDeadline ?? Int64.max) <= now {
                let effects = bay.models[index].advance(to: now)
                returned += bay.perform(effects, of: index + 1)
            }
            return returned
        }
        for (persona, card) in returned {
            cardReturned(persona, card)
        }
    }
}
