import DeviceIO
import Testing
import USBDevice

@testable import USBDeviceLibUSB

@Suite(.timeLimit(.minutes(1))) struct LibUSBConnectionTests {
    private let library = FakeLibUSB()

    /// Opens the only device and claims its interface, then looks that nothing was left behind or used wrongly.
    private func withReader(
        _ device: FakeLibUSB.Device = .reader(port: 1),
        limits: LibUSBLimits = LibUSBLimits(),
        claims: Bool = true,
        _ body: (any USBConnection, LibUSBDevice) async throws -> Void
    ) async throws {
        let plugged = library.plug(device)
        let bus = try await LibUSBBus.open(library: library, limits: limits)
        let info = try #require(try await bus.devices().first)
        try await bus.withDevice(info.id) { connection in
            guard claims else { return try await body(connection, plugged) }
            try await connection.withInterface(info.interfaces[0]) { try await body(connection, plugged) }
        }
        _ = await bus.shutdown()
        await library.until { $0.isEnded }
        #expect(library.change { $0.misuses }.isEmpty)
        #expect(library.change { $0.handles }.isEmpty)
    }

    private func answer(_ status: LibUSBTransferStatus, count: Int = 0, bytes: [UInt8] = []) {
        library.change { $0.answer = { _ in LibUSBCompletion(status: status, count: count, bytes: bytes) } }
    }

    // MARK: Transfers

    @Test func carriesBytesBothWays() async throws {
        try await withReader { connection, _ in
            answer(.completed, bytes: [1, 2, 3])
            let bytes = try await connection.read(from: .of(0x81), countMax: 64, timeout: .seconds(1))
            #expect(bytes == [1, 2, 3])
            library.change { $0.answer = { LibUSBCompletion(status: .completed, count: $0.payload.count, bytes: []) } }
            try await connection.write([4, 5], to: .of(0x01), timeout: .seconds(1))
            try await connection.write([], to: .of(0x01), timeout: .seconds(1))
            try await connection.controlOut(USBControlRequest(requestType: 0x21, request: 2), [], timeout: .seconds(1))
        }
    }

    @Test func handsInEachTransferAsItsEndpointWants() async throws {
        try await withReader { connection, _ in
            library.change {
                $0.answer = { request in
                    // The answer says how the request was handed in.
                    let kind: UInt8 =
                        switch request.target {
                        case .control: 0
                        case .bulk: 2
                        case .interrupt: 3
                        }
                    return LibUSBCompletion(
                        status: .completed,
                        count: 2,
                        bytes: [kind, UInt8(request.milliseconds / 100)]
                    )
                }
            }
            let second = Duration.seconds(1)
            let bulk = try await connection.read(from: .of(0x81), countMax: 64, timeout: second)
            #expect(bulk == [2, 10])
            let interrupt = try await connection.read(from: .of(0x82), countMax: 8, timeout: second * 2)
            #expect(interrupt == [3, 20])
            let request = USBControlRequest(requestType: 0xA1, request: 1)
            let control = try await connection.controlIn(request, countMax: 2, timeout: second)
            #expect(control == [0, 10])
        }
    }

    @Test(arguments: [
        (LibUSBTransferStatus.stall, DeviceError.Code.stalled), (.noDevice, .unplugged), (.overflow, .overflow),
        (.error, .inputOutput), (.timedOut, .timeout), (.cancelled, .cancelled),
    ])
    func saysHowATransferFailed(status: LibUSBTransferStatus, expected: DeviceError.Code) async throws {
        try await withReader { connection, _ in
            answer(status, count: 7)
            #expect(
                await code { _ = try await connection.read(from: .of(0x81), countMax: 64, timeout: .seconds(1)) }
                    == expected
            )
            do {
                try await connection.write(Array(repeating: 1, count: 64), to: .of(0x01), timeout: .seconds(1))
                Issue.record("the write did not fail")
            } catch let error as DeviceError {
                #expect(error.code == expected)
                #expect(error.written == 7)
                #expect(error.cause as? LibUSBTransferStatus == status)
            }
        }
    }

    @Test func givesWhatCameBeforeTheTimeWasUp() async throws {
        try await withReader { connection, _ in
            answer(.timedOut, bytes: [1, 2])
            let bytes = try await connection.read(from: .of(0x81), countMax: 128, timeout: .seconds(1))
            #expect(bytes == [1, 2])
        }
    }

    @Test func failsWhenTheDeviceTookAPartOnly() async throws {
        try await withReader { connection, _ in
            answer(.completed, count: 3)
            #expect(
                await code { try await connection.write([1, 2, 3, 4], to: .of(0x01), timeout: .seconds(1)) }
                    == .inputOutput
            )
        }
    }

    @Test func saysWhyATransferWasNotTaken() async throws {
        try await withReader { connection, _ in
            library.change { $0.submission = .busy }
            let busy = await code { _ = try await connection.read(from: .of(0x81), countMax: 64, timeout: .seconds(1)) }
            #expect(busy == .busy)
            library.change { $0.submission = .success }
            answer(.completed, bytes: [1])
            let bytes = try await connection.read(from: .of(0x81), countMax: 64, timeout: .seconds(1))
            #expect(bytes == [1])
        }
    }

    @Test func usesEndpointsOfClaimedInterfacesOnly() async throws {
        try await withReader(claims: false) { connection, _ in
            let interface = connection.device.interfaces[0]
            let early = await code {
                _ = try await connection.read(from: .of(0x81), countMax: 64, timeout: .seconds(1))
            }
            #expect(early == .unsupported)
            try await connection.withInterface(interface) {
                let other = await code {
                    _ = try await connection.read(from: .of(0x85), countMax: 64, timeout: .seconds(1))
                }
                #expect(other == .unsupported)
            }
            let late = await code { _ = try await connection.read(from: .of(0x81), countMax: 64, timeout: .seconds(1)) }
            #expect(late == .unsupported)
        }
    }

    // MARK: Early ends

    @Test func endsATransferWithItsTask() async throws {
        try await withReader { connection, _ in
            let reading = Task {
                await code { _ = try await connection.read(from: .of(0x81), countMax: 64, timeout: .seconds(3_600)) }
            }
            await library.until { !$0.pending.isEmpty }
            reading.cancel()
            #expect(await reading.value == .cancelled)
            #expect(library.change { $0.log.filter { $0 == "cancel" }.count } == 1)
        }
    }

    @Test func handsNothingInForATaskThatIsCancelledAlready() async throws {
        try await withReader { connection, _ in
            let reading = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return await code {
                    _ = try await connection.read(from: .of(0x81), countMax: 64, timeout: .seconds(3_600))
                }
            }
            #expect(await reading.value == .cancelled)
            #expect(library.change { $0.pending }.isEmpty)
        }
    }

    @Test func letsItsTaskGoWhenATransferDoesNotComeBack() async throws {
        var limits = LibUSBLimits()
        limits.transferGrace = .milliseconds(1)
        limits.tick = .milliseconds(1)
        limits.close = .milliseconds(5)
        try await withReader(limits: limits) { connection, _ in
            library.change { $0.cancellationWorks = false }
            let late = await code {
                _ = try await connection.read(from: .of(0x81), countMax: 64, timeout: .milliseconds(1))
            }
            #expect(late == .timeout)
            let reading = Task {
                await code { _ = try await connection.read(from: .of(0x81), countMax: 64, timeout: .seconds(3_600)) }
            }
            await library.until { $0.pending.count == 2 }
            reading.cancel()
            #expect(await reading.value == .cancelled)
            // Both still belong to the library; the handle may be closed only after they have come back.
            #expect(library.change { $0.pending.count } == 2)
            let library = library
            Task {
                await library.until { $0.log.last == "release 0" }
                library.finishAll(.cancelled)
            }
        }
    }

    @Test(arguments: [true, false])
    func endsTransfersWhenTheDeviceIsUnplugged(endsTransfers: Bool) async throws {
        try await withReader { connection, device in
            let reading = Task {
                await code { _ = try await connection.read(from: .of(0x81), countMax: 64, timeout: .seconds(3_600)) }
            }
            await library.until { !$0.pending.isEmpty }
            library.unplug(device, endsTransfers: endsTransfers)
            #expect(await reading.value == .unplugged)
            // It may have ended before the departure was told.
            await library.until { $0.work.isEmpty && $0.devices[device]?.retains != 3 }
            let writing = await code { try await connection.write([1], to: .of(0x01), timeout: .milliseconds(1)) }
            #expect(writing == .unplugged || writing == .timeout)
        }
    }

    @Test func cancelsWhatABodyLeftBehindBeforeItCloses() async throws {
        let left = Task { () -> DeviceError.Code? in
            var leftover: Task<DeviceError.Code?, Never>?
            try? await withReader { connection, _ in
                leftover = Task {
                    await code {
                        _ = try await connection.read(from: .of(0x81), countMax: 64, timeout: .seconds(3_600))
                    }
                }
                await library.until { !$0.pending.isEmpty }
            }
            return await leftover?.value
        }
        #expect(await left.value == .cancelled)
        #expect(library.change { $0.log.suffix(2) } == ["close", "end"])
    }

    // MARK: Claims and other calls

    @Test func givesAnInterfaceBackInWhateverWayItsBodyEnds() async throws {
        try await withReader(claims: false) { connection, _ in
            let interface = connection.device.interfaces[0]
            let result = try await connection.withInterface(interface) { 5 }
            #expect(result == 5)
            let thrown = await code {
                try await connection.withInterface(interface) { throw DeviceError(.overflow, "the body's own") }
            }
            #expect(thrown == .overflow)
            let nested = await code {
                try await connection.withInterface(interface) { try await connection.withInterface(interface) {} }
            }
            #expect(nested == .busy)
            #expect(
                library.change { $0.log.filter { $0.hasPrefix("claim") || $0.hasPrefix("release") } }
                    == ["claim 0", "release 0", "claim 0", "release 0", "claim 0", "release 0"]
            )
            // A device with one setting is not asked to choose.
            #expect(!library.change { $0.log.contains { $0.hasPrefix("set") } })
        }
    }

    @Test func choosesTheSettingOfAnInterfaceThatHasSeveral() async throws {
        try await withReader(.twoSettings(port: 1), claims: false) { connection, _ in
            try await connection.withInterface(connection.device.interfaces[1]) {}
            #expect(library.change { $0.log.contains("set 0 to 1") })
        }
    }

    @Test(arguments: [
        (LibUSBCode.busy, DeviceError.Code.busy), (.notFound, .unsupported), (.noDevice, .unplugged),
        (.access, .accessDenied),
    ])
    func saysWhyAnInterfaceCannotBeClaimed(returned: LibUSBCode, expected: DeviceError.Code) async throws {
        try await withReader(claims: false) { connection, _ in
            library.change { $0.claiming = returned }
            #expect(await code { try await connection.withInterface(connection.device.interfaces[0]) {} } == expected)
        }
    }

    @Test func undoesAClaimThatComesTooLate() async throws {
        var limits = LibUSBLimits()
        limits.claim = .milliseconds(5)
        try await withReader(limits: limits, claims: false) { connection, _ in
            library.change { $0.hanging = [.claim] }
            #expect(await code { try await connection.withInterface(connection.device.interfaces[0]) {} } == .timeout)
            library.change { $0.hanging = [] }
            await library.until { $0.log.last == "release 0" }
        }
    }

    @Test func closesADeviceThatOpensTooLate() async throws {
        _ = library.plug(.reader(port: 1))
        var limits = LibUSBLimits()
        limits.open = .milliseconds(5)
        let bus = try await LibUSBBus.open(library: library, limits: limits)
        let info = try #require(try await bus.devices().first)
        library.change { $0.hanging = [.open] }
        #expect(await code { try await bus.withDevice(info.id) { _ in } } == .timeout)
        library.change { $0.hanging = [] }
        await library.until { $0.log.last == "close" }
        #expect(await bus.shutdown())
        #expect(library.change { $0.misuses }.isEmpty)
    }

    @Test func clearsHaltsAndResets() async throws {
        try await withReader { connection, _ in
            try await connection.clearHalt(.of(0x81))
            try await connection.reset()
            #expect(library.change { $0.log.suffix(2) } == ["clear 0x81", "reset"])
            library.change { $0.resetting = .notFound }
            #expect(await code { try await connection.reset() } == .unplugged)
        }
    }

    @Test func findsNoDeviceUnderAnOldIdentity() async throws {
        let plugged = library.plug(.reader(port: 1, address: 2))
        let bus = try await LibUSBBus.open(library: library, limits: LibUSBLimits())
        let info = try #require(try await bus.devices().first)
        var events = bus.events().makeAsyncIterator()
        _ = await events.next()
        library.unplug(plugged)
        _ = library.plug(.reader(port: 1, address: 3))
        #expect(await events.next() == .left(info))
        let successor = await events.next()?.device
        #expect(successor?.id.path == info.id.path)
        #expect(await code { try await bus.withDevice(info.id) { _ in } } == .notFound)
        #expect(await bus.shutdown())
        #expect(library.change { $0.misuses }.isEmpty)
    }
}
