import SimulationKit
import SimulatorTestKit
import SmartCard
import Testing
import VirtualCard

@Suite
struct ReaderModelTests {
    private let select: [UInt8] = [ReaderFrame.transmit] + SampleCard.selectEnvironment

    /// A reader with a powered card.
    private func reader(_ faults: FaultPlan = FaultPlan()) -> ReaderModel {
        var model = ReaderModel(number: 1, name: "test", interface: .contact, seed: 1)
        _ = model.insert(.card(SampleCard.card()), persona: "sample", faults: faults, liftAt: nil)
        _ = model.request([ReaderFrame.powerUp], from: 1, now: 0)
        return model
    }

    private func plan(_ change: (inout FaultPlan) -> Void) -> FaultPlan {
        var plan = FaultPlan()
        change(&plan)
        return plan
    }

    /// Frames to the driver.
    private func frames(_ effects: [ReaderModel.Effect]) -> [[UInt8]] {
        effects.compactMap { effect in
            guard case .send(let frame, _) = effect else { return nil }
            return frame
        }
    }

    private func announces(_ effects: [ReaderModel.Effect]) -> Bool {
        effects.contains { effect in
            guard case .announce = effect else { return false }
            return true
        }
    }

    private func returned(_ effects: [ReaderModel.Effect]) -> [String] {
        effects.compactMap { effect in
            guard case .returned(let persona, _) = effect else { return nil }
            return persona
        }
    }

    // MARK: - Presence and power

    @Test
    func quickSwapIsSeenAsARemoval() {
        var model = reader()
        let status = [ReaderFrame.status]
        #expect(frames(model.request(status, from: 1, now: 0)) == [[ReaderFrame.status, 1]])
        #expect(returned(model.remove()) == ["sample"])
        _ = model.insert(.card(SampleCard.card()), persona: "other", faults: FaultPlan(), liftAt: nil)
        let first = model.request(status, from: 1, now: 0)
        #expect(frames(first) == [[ReaderFrame.status, 0]] && announces(first))
        #expect(frames(model.request(status, from: 1, now: 0)) == [[ReaderFrame.status, 1]])
    }

    @Test
    func cardWithoutPowerIsMute() {
        var model = reader()
        _ = model.request([ReaderFrame.powerDown], from: 1, now: 0)
        #expect(frames(model.request(select, from: 1, now: 0)) == [[ReaderFrame.mute]])
    }

    @Test
    func emptyReaderSaysAbsent() {
        var model = ReaderModel(number: 1, name: "test", interface: .contact, seed: 1)
        for frame in [[ReaderFrame.powerUp], [ReaderFrame.reset], select] {
            #expect(frames(model.request(frame, from: 1, now: 0)) == [[ReaderFrame.absent]])
        }
    }

    @Test
    func heldCardLeavesAtItsTime() {
        var model = ReaderModel(number: 1, name: "test", interface: .contact, seed: 1)
        _ = model.insert(.card(SampleCard.card()), persona: "sample", faults: FaultPlan(), liftAt: 500)
        #expect(model.nextDeadline == 500)
        #expect(model.advance(to: 499).isEmpty)
        #expect(returned(model.advance(to: 500)) == ["sample"])
        #expect(model.inserted == nil)
    }

    // MARK: - Faults

    @Test
    func commandIsAnsweredAndCountedByItsHeaderOnly() {
        var model = reader()
        #expect(frames(model.request(select, from: 1, now: 0)) == [[ReaderFrame.transmit, 0x61, 0x18]])
        let pin: [UInt8] = [ReaderFrame.transmit, 0x00, 0x20, 0x00, 0x00, 0x03, 0x24, 0x68, 0x13]
        _ = model.request(pin, from: 1, now: 0)
        #expect(model.counters.commands == 2)
        #expect(model.counters.lastExchanges.map(\.header) == ["00a40400", "00200000"])
        #expect(model.counters.lastExchanges.map(\.status) == ["6118", "9000"])
    }

    @Test
    func cardIsTornOutBeforeTheAnswer() {
        var model = reader()
        _ = model.apply(plan { $0.removal = FaultPlan.Removal(command: 2, phase: .before) })
        #expect(frames(model.request(select, from: 1, now: 0)) == [[ReaderFrame.transmit, 0x61, 0x18]])
        let effects = model.request(select, from: 1, now: 0)
        #expect(frames(effects) == [[ReaderFrame.absent]] && returned(effects) == ["sample"])
        #expect(model.faults.removal == nil, "used up")
    }

    @Test
    func cardIsTornOutAfterTheAnswer() {
        var model = reader(plan { $0.removal = FaultPlan.Removal(command: 1, phase: .after) })
        let effects = model.request(select, from: 1, now: 0)
        #expect(frames(effects) == [[ReaderFrame.transmit, 0x61, 0x18]] && returned(effects) == ["sample"])
        #expect(frames(model.request(select, from: 1, now: 0)) == [[ReaderFrame.absent]])
    }

    @Test
    func removalCountsOnlyItsInstruction() {
        var model = reader(plan { $0.removal = FaultPlan.Removal(command: 1, phase: .before, instruction: 0x20) })
        for _ in 0..<5 {
            #expect(returned(model.request(select, from: 1, now: 0)).isEmpty)
        }
        let verify: [UInt8] = [ReaderFrame.transmit, 0x00, 0x20, 0x00, 0x00, 0x03, 0x24, 0x68, 0x13]
        #expect(returned(model.request(verify, from: 1, now: 0)) == ["sample"])
    }

    @Test
    func newRemovalCountsFromNowForACardThatLiesThere() {
        var model = reader()
        for _ in 0..<3 {
            _ = model.request(select, from: 1, now: 0)
        }
        _ = model.apply(plan { $0.removal = FaultPlan.Removal(command: 2, phase: .before) })
        #expect(returned(model.request(select, from: 1, now: 0)).isEmpty)
        #expect(returned(model.request(select, from: 1, now: 0)) == ["sample"])
    }

    @Test
    func silentCardAsksForTimeEachSecondAndIsGivenUpAtItsTime() {
        var model = reader(plan { $0.silence = FaultPlan.Silence(command: 1, milliseconds: 2_500) })
        #expect(model.request(select, from: 1, now: 0).isEmpty)
        #expect(frames(model.advance(to: 1_000)) == [[ReaderFrame.wait]])
        #expect(frames(model.advance(to: 1_500)).isEmpty)
        #expect(frames(model.advance(to: 2_000)) == [[ReaderFrame.wait]])
        #expect(frames(model.advance(to: 2_500)) == [[ReaderFrame.mute]])
        #expect(model.nextDeadline == nil)
    }

    @Test
    func liftingASilentCardEndsTheCommandAtOnce() {
        var model = reader(plan { $0.silence = FaultPlan.Silence(command: 1) })
        _ = model.request(select, from: 1, now: 0)
        #expect(frames(model.remove()) == [[ReaderFrame.absent]])
    }

    @Test
    func slowCardAnswersLater() {
        var model = reader(plan { $0.slowMilliseconds = 300 })
        #expect(model.request(select, from: 1, now: 10).isEmpty)
        #expect(model.nextDeadline == 310)
        #expect(frames(model.advance(to: 310)) == [[ReaderFrame.transmit, 0x61, 0x18]])
    }

    @Test
    func heldAnswerWaitsForItsRelease() {
        var model = reader()
        _ = model.apply(plan { $0.holdAt = 1 })
        #expect(model.request(select, from: 1, now: 0).isEmpty && model.isHolding)
        #expect(frames(model.advance(to: 1_000)) == [[ReaderFrame.wait]])
        #expect(frames(model.release()) == [[ReaderFrame.transmit, 0x61, 0x18]])
        #expect(!model.isHolding)
    }

    @Test
    func requestBesideOneThatWaitsIsTrouble() {
        var model = reader(plan { $0.slowMilliseconds = 300 })
        _ = model.request(select, from: 1, now: 0)
        #expect(frames(model.request(select, from: 2, now: 0)) == [[ReaderFrame.trouble]])
    }

    @Test
    func closedConnectionFreesTheReader() {
        var model = reader(plan { $0.silence = FaultPlan.Silence(command: 1) })
        _ = model.request(select, from: 1, now: 0)
        model.closed(1)
        #expect(model.nextDeadline == nil)
        #expect(frames(model.request([ReaderFrame.status], from: 2, now: 0)) == [[ReaderFrame.status, 1]])
    }

    @Test
    func endlessGarbageAndShortAnswersAreDistorted() {
        var endless = reader(plan { $0.endless61From = 1 })
        #expect(frames(endless.request(select, from: 1, now: 0)).first?.suffix(2) == [0x61, 0x10])
        var garbage = reader(plan { $0.garbageFrom = 2 })
        #expect(frames(garbage.request(select, from: 1, now: 0)) == [[ReaderFrame.transmit, 0x61, 0x18]])
        #expect(frames(garbage.request(select, from: 1, now: 0)) != [[ReaderFrame.transmit, 0x61, 0x18]])
        var short = reader(plan { $0.wrongLengthFrom = 2 })
        _ = short.request(select, from: 1, now: 0)
        let half = frames(short.request([ReaderFrame.transmit, 0x00, 0xC0, 0x00, 0x00, 0x18], from: 1, now: 0))
        #expect(half.first?.count == 1 + 12 + 2)
    }

    @Test
    func unknownPresenceIsTroubleUntilCleared() {
        var model = reader()
        #expect(announces(model.apply(plan { $0.presenceUnknown = true })))
        #expect(frames(model.request([ReaderFrame.status], from: 1, now: 0)) == [[ReaderFrame.trouble]])
        #expect(announces(model.apply(FaultPlan())))
        #expect(frames(model.request([ReaderFrame.status], from: 1, now: 0)) == [[ReaderFrame.status, 1]])
    }

    @Test
    func everyFrameHasAnAnswerOrWaits() {
        var random = SplitMix64(seed: 5)
        var model = reader()
        for _ in 0..<100_000 {
            let effects = model.request(random.bytes(Int(random.next() % 12)), from: 1, now: 0)
            #expect(!effects.isEmpty)
            if model.inserted == nil {
                model = reader()
            }
        }
    }
}
