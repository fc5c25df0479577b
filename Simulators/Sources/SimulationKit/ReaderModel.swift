package import SmartCard
package import VirtualCard

/// A simulated reader as a state machine: frames, cards, faults and time go in, frames come out.
///
/// A value without socket, thread or clock; ``VirtualReaders`` owns one for each reader and carries out the effects.
package struct ReaderModel: Sendable {
    /// Identifies a connection of the link.
    package typealias ConnectionID = Int

    /// What the owner must do, in order.
    package enum Effect: Sendable {
        /// Send a frame.
        case send([UInt8], to: ConnectionID)
        /// Tell all event connections that the presence may have changed.
        case announce
        /// A card has left the reader: put it back.
        case returned(persona: String, VirtualChip)
    }

    /// Number from one, as persons and commands name it.
    package let number: Int
    /// Name for PC/SC clients.
    package let name: String
    package let interface: CardInterface
    /// Faults put in by command; those of the card itself come in addition.
    package private(set) var faults = FaultPlan()
    package private(set) var counters = ReaderCounters()

    package private(set) var inserted: InsertedCard?
    /// A removal that the driver has not seen yet.
    ///
    /// It is told "absent" once, even if the next card is already in, so that a quick swap cannot be missed.
    private var isRemovalUnseen = false
    private var pending: PendingAnswer?
    private var random: SplitMix64

    /// A card in the reader.
    package struct InsertedCard: Sendable {
        package let persona: String
        package var card: VirtualChip
        let faults: FaultPlan
        package var isPowered = false
        /// Commands since the insertion, in all and with the instruction that a removal waits for.
        package var commands = 0
        var matchingCommands = 0
        /// When the hand takes the card away, milliseconds; nil stays.
        var liftAt: Int64?
    }

    /// An answer that is due later, or never.
    private struct PendingAnswer: Sendable {
        let connection: ConnectionID
        /// Nil: the card is silent, MUTE at the end.
        let response: [UInt8]?
        /// Nil: until released.
        let dueAt: Int64?
        var nextWaitAt: Int64
        /// Tear the card out once the answer is sent.
        let tearsOut: Bool
    }

    package init(number: Int, name: String, interface: CardInterface, seed: UInt64) {
        self.number = number
        self.name = name
        self.interface = interface
        random = SplitMix64(seed: seed)
    }

    /// The faults in force: those by command come before those of the card.
    package var effectiveFaults: FaultPlan { faults.merged(over: inserted?.faults ?? FaultPlan()) }

    /// Whether an answer is kept until it is released.
    package var isHolding: Bool { pending.map { $0.dueAt == nil } ?? false }

    /// When ``advance(to:)`` must be called again at the latest, milliseconds.
    ///
    /// Nil if only a frame or a hand can change anything.
    package var nextDeadline: Int64? {
        [inserted?.liftAt, pending?.dueAt, pending?.nextWaitAt].compactMap { $0 }.min()
    }

    // MARK: - Hands

    /// Puts a card in; the reader must be empty.
    package mutating func insert(_ card: VirtualChip, persona: String, faults: FaultPlan, liftAt: Int64?) -> [Effect] {
        precondition(inserted == nil)
        inserted = InsertedCard(persona: persona, card: card, faults: faults, liftAt: liftAt)
        counters.insertions += 1
        return [.announce]
    }

    /// Takes the card away; a command that it has not answered ends at once.
    package mutating func remove() -> [Effect] {
        guard let leaving = inserted else { return [] }
        var effects: [Effect] = []
        if let waiting = pending {
            effects.append(.send([ReaderFrame.absent], to: waiting.connection))
            pending = nil
        }
        inserted = nil
        isRemovalUnseen = true
        counters.removals += 1
        return effects + [.announce, .returned(persona: leaving.persona, leaving.card)]
    }

    /// Puts faults in force, or lifts them.
    package mutating func apply(_ plan: FaultPlan) -> [Effect] {
        let wasUnknown = faults.presenceUnknown == true
        if faults.removal != plan.removal {
            // For a card that lies there already, a new removal counts from now.
            inserted?.matchingCommands = 0
        }
        faults = plan
        return wasUnknown == (plan.presenceUnknown == true) ? [] : [.announce]
    }

    /// Releases an answer that is held.
    package mutating func release() -> [Effect] {
        guard isHolding, let held = pending else { return [] }
        return finish(held)
    }

    // MARK: - Time and connections

    /// Does what is due.
    package mutating func advance(to now: Int64) -> [Effect] {
        var effects: [Effect] = []
        if let liftAt = inserted?.liftAt, liftAt <= now {
            effects += remove()
        }
        if let waiting = pending {
            if let dueAt = waiting.dueAt, dueAt <= now {
                effects += finish(waiting)
            } else if waiting.nextWaitAt <= now {
                pending?.nextWaitAt = now + ReaderFrame.waitMilliseconds
                effects.append(.send([ReaderFrame.wait], to: waiting.connection))
            }
        }
        return effects
    }

    /// A connection has gone; nobody waits for its answer any more.
    package mutating func closed(_ connection: ConnectionID) {
        if pending?.connection == connection {
            pending = nil
        }
    }

    private mutating func finish(_ waiting: PendingAnswer) -> [Effect] {
        pending = nil
        guard let response = waiting.response else {
            return [.send([ReaderFrame.mute], to: waiting.connection)]
        }
        counters.ended(response)
        let effects = [Effect.send([ReaderFrame.transmit] + response, to: waiting.connection)]
        return waiting.tearsOut ? effects + remove() : effects
    }

    // MARK: - Requests of the driver

    /// Answers a request on a command connection.
    package mutating func request(_ frame: [UInt8], from connection: ConnectionID, now: Int64) -> [Effect] {
        guard let letter = frame.first, pending == nil else {
            return [.send([ReaderFrame.trouble], to: connection)]
        }
        switch letter {
        case ReaderFrame.status:
            return status(to: connection)
        case ReaderFrame.powerUp, ReaderFrame.reset:
            return [.send(powerUp(), to: connection)]
        case ReaderFrame.powerDown:
            inserted?.isPowered = false
            return [.send([ReaderFrame.done], to: connection)]
        case ReaderFrame.transmit:
            return transmit(frame[1...], from: connection, now: now)
        default:
            return [.send([ReaderFrame.trouble], to: connection)]
        }
    }

    private mutating func status(to connection: ConnectionID) -> [Effect] {
        if faults.presenceUnknown == true {
            return [.send([ReaderFrame.trouble], to: connection)]
        }
        guard isRemovalUnseen else {
            return [.send([ReaderFrame.status, inserted == nil ? 0 : 1], to: connection)]
        }
        isRemovalUnseen = false
        let absent = Effect.send([ReaderFrame.status, 0], to: connection)
        return inserted == nil ? [absent] : [absent, .announce]
    }

    private mutating func powerUp() -> [UInt8] {
        guard inserted != nil, !isRemovalUnseen else { return [ReaderFrame.absent] }
        counters.resets += 1
        let interface = interface
        guard effectiveFaults.noAnswerToReset != true, let answer = inserted?.card.reset(interface: interface)
        else {
            return [ReaderFrame.mute]
        }
        inserted?.isPowered = true
        return [ReaderFrame.answerToReset] + answer
    }

    private mutating func transmit(
        _ command: ArraySlice<UInt8>,
        from connection: ConnectionID,
        now: Int64
    ) -> [Effect] {
        guard let current = inserted, !isRemovalUnseen else {
            return [.send([ReaderFrame.absent], to: connection)]
        }
        guard current.isPowered else { return [.send([ReaderFrame.mute], to: connection)] }
        let plan = effectiveFaults
        counters.began(command)
        inserted?.commands += 1
        let phase = removalPhase(plan.removal, command)
        if phase == .before {
            return [.send([ReaderFrame.absent], to: connection)] + remove()
        }
        let index = current.commands + 1
        let nextWaitAt = now + ReaderFrame.waitMilliseconds
        if let silence = plan.silence, index >= silence.command {
            let dueAt = now + Int64(silence.milliseconds)
            pending = PendingAnswer(
                connection: connection,
                response: nil,
                dueAt: dueAt,
                nextWaitAt: nextWaitAt,
                tearsOut: false
            )
            return []
        }
        let response = distort(inserted?.card.respond(to: Array(command)) ?? [], at: index, plan)
        let waiting = PendingAnswer(
            connection: connection,
            response: response,
            dueAt: plan.holdAt == index ? nil : now + Int64(plan.slowMilliseconds ?? 0),
            nextWaitAt: nextWaitAt,
            tearsOut: phase == .after
        )
        if plan.holdAt == index || plan.slowMilliseconds != nil {
            pending = waiting
            return []
        }
        return finish(waiting)
    }

    /// Whether the card is torn out at this command; a removal by command is used up then.
    private mutating func removalPhase(
        _ removal: FaultPlan.Removal?,
        _ command: ArraySlice<UInt8>
    ) -> FaultPlan.Phase? {
        guard let removal else { return nil }
        let instruction = command.dropFirst().first
        if removal.instruction == nil || removal.instruction == instruction {
            inserted?.matchingCommands += 1
        }
        guard inserted?.matchingCommands == removal.command else { return nil }
        faults.removal = nil
        return removal.phase
    }

    private mutating func distort(_ response: [UInt8], at index: Int, _ plan: FaultPlan) -> [UInt8] {
        if let first = plan.garbageFrom, index >= first {
            return random.bytes(2 + Int(random.next() % 64))
        }
        if let first = plan.endless61From, index >= first {
            return random.bytes(16) + [0x61, 0x10]
        }
        if let first = plan.wrongLengthFrom, index >= first, response.count > 2 {
            return Array(response.dropLast(2).prefix((response.count - 2) / 2)) + response.suffix(2)
        }
        return response
    }
}
