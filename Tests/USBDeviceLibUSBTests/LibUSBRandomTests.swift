import DeviceIO
import SeededRandom
import Testing
import USBDevice

@testable import USBDeviceLibUSB

/// Plugging, transfers, failures and cancellations in random order: nothing is leaked or used after its end.
@Suite(.timeLimit(.minutes(2))) struct LibUSBRandomTests {
    /// What one user does with a device, once.
    private static func use(_ bus: LibUSBBus, _ device: USBDeviceInfo, seed: UInt64) async {
        var random = SplitMix64(seed: seed)
        let timeouts = (0..<4).map { _ in Duration.milliseconds(random.below(2) == 0 ? 1 : 3_600_000) }
        _ = await code {
            try await bus.withDevice(device.id) { connection in
                try await connection.withInterface(device.interfaces[0]) {
                    for timeout in timeouts {
                        // Failures are part of the game; the next step is taken all the same.
                        _ = await code {
                            _ = try await connection.read(from: .of(0x81), countMax: 64, timeout: timeout)
                        }
                        _ = await code { try await connection.write([1, 2, 3], to: .of(0x01), timeout: timeout) }
                    }
                }
            }
        }
    }

    @Test func leavesNothingBehind() async throws {
        var claims = 0
        for seed in UInt64(1)...60 { claims += try await play(seed: seed) }
        // Otherwise nothing but refusals was tried.
        #expect(claims > 0)
    }

    /// Plays one seed.
    ///
    /// - Parameter seed: The seed.
    /// - Returns: How many claims there were.
    /// - Throws: What starting the bus throws.
    private func play(seed: UInt64) async throws -> Int {
        let library = FakeLibUSB()
        library.change { world in
            world.answer = { request in
                // Every third transfer waits until something ends it.
                let count = request.payload.count
                switch Int(request.milliseconds) % 3 + count % 2 {
                case 0: return LibUSBCompletion(status: .completed, count: count, bytes: [])
                case 1: return nil
                default: return LibUSBCompletion(status: .stall, count: 0, bytes: [])
                }
            }
        }
        var random = SplitMix64(seed: seed)
        var limits = LibUSBLimits()
        limits.transferGrace = .milliseconds(2)
        limits.tick = .milliseconds(1)
        var plugged = (UInt8(201)...203).map { library.plug(.reader(port: $0)) }
        let bus = try await LibUSBBus.open(library: library, limits: limits)
        await withTaskGroup(of: Void.self) { group in
            for step in 0..<60 {
                switch random.below(5) {
                case 0 where plugged.count < 4:
                    plugged.append(library.plug(.reader(port: UInt8(1 + step % 200), address: UInt8(1 + step))))
                case 1 where !plugged.isEmpty:
                    let device = plugged.remove(at: random.below(plugged.count))
                    library.unplug(device, endsTransfers: random.below(2) == 0)
                case 2:
                    library.finishAll(.error)
                default:
                    let devices = (try? await bus.devices()) ?? []
                    guard !devices.isEmpty else { continue }
                    let device = devices[random.below(devices.count)]
                    let seed = random.next()
                    group.addTask { await Self.use(bus, device, seed: seed) }
                }
                if random.below(8) == 0 { await Task.yield() }
            }
            if random.below(2) == 0 { group.cancelAll() }
            _ = await bus.shutdown()
        }
        await library.until { $0.isEnded }
        let (misuses, handles, pending) = library.change { ($0.misuses, $0.handles.count, $0.pending.count) }
        #expect(misuses.isEmpty, "seed \(seed)")
        #expect(handles == 0, "seed \(seed)")
        #expect(pending == 0, "seed \(seed)")
        return library.change { world in world.log.count { $0 == "claim 0" } }
    }
}
