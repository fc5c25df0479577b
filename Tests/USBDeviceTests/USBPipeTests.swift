import DeviceIO
import SeededRandom
import Synchronization
import Testing
import USBDevice

@Suite(.timeLimit(.minutes(1))) struct USBPipeTests {
    private static let vendor = USBInterfaceClass(classCode: 0xFF, subclass: 0, protocolCode: 0)

    private static func endpoint(_ byte: UInt8, _ kind: USBTransferKind = .bulk, size: Int = 8) throws -> USBEndpoint {
        USBEndpoint(address: try #require(EndpointAddress(rawValue: byte)), kind: kind, packetSize: size)
    }

    private static func interface(_ endpoints: USBEndpoint...) -> USBInterface {
        USBInterface(number: 0, interfaceClass: vendor, endpoints: endpoints)
    }

    private func pipe(
        _ connection: ScriptedConnection,
        _ settings: USBPipeSettings = USBPipeSettings()
    ) throws -> USBPipe {
        let interface = Self.interface(try Self.endpoint(0x02), try Self.endpoint(0x81))
        let endpoints = try USBPipeEndpoints(.first(nil), of: interface)
        return USBPipe(connection: connection, endpoints: endpoints, settings: settings, now: connection.now)
    }

    private func failure(_ body: () async throws -> Void) async -> DeviceError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? DeviceError
        }
    }

    // MARK: Endpoints

    @Test func findsTheFirstEndpointsOfAKind() throws {
        let interface = Self.interface(
            try Self.endpoint(0x83, .isochronous),
            try Self.endpoint(0x82, .interrupt),
            try Self.endpoint(0x81),
            try Self.endpoint(0x01)
        )
        let either = try USBPipeEndpoints(.first(nil), of: interface)
        #expect(either.input?.address.rawValue == 0x82)
        #expect(either.output?.address.rawValue == 0x01)
        let bulk = try USBPipeEndpoints(.first(.bulk), of: interface)
        #expect(bulk.input?.address.rawValue == 0x81)
        let interrupt = try USBPipeEndpoints(.first(.interrupt), of: interface)
        #expect(interrupt.input?.address.rawValue == 0x82)
        #expect(interrupt.output == nil)
    }

    @Test func takesNamedEndpointsForSplitPipes() throws {
        let interface = Self.interface(
            try Self.endpoint(0x02),
            try Self.endpoint(0x06),
            try Self.endpoint(0x81),
            try Self.endpoint(0x85)
        )
        let body = try USBPipeEndpoints(
            .addresses(out: EndpointAddress(rawValue: 0x06), in: EndpointAddress(rawValue: 0x85)),
            of: interface
        )
        #expect(body.output?.address.rawValue == 0x06)
        #expect(body.input?.address.rawValue == 0x85)
    }

    @Test(arguments: [
        USBPipeEndpoints.Choice.addresses(out: EndpointAddress(rawValue: 0x03), in: nil),
        .addresses(out: EndpointAddress(rawValue: 0x81), in: nil),
        .addresses(out: nil, in: EndpointAddress(rawValue: 0x02)),
        .addresses(out: nil, in: EndpointAddress(rawValue: 0x84)),
        .addresses(out: nil, in: nil),
        .first(.interrupt),
    ])
    func refusesEndpointsThatAreNotThere(choice: USBPipeEndpoints.Choice) async throws {
        let interface = Self.interface(
            try Self.endpoint(0x02),
            try Self.endpoint(0x81),
            try Self.endpoint(0x84, .isochronous)
        )
        let error = await failure { _ = try USBPipeEndpoints(choice, of: interface) }
        #expect(error?.code == .unsupported)
    }

    @Test func boundsItsSettings() {
        let settings = USBPipeSettings(
            chunkSize: 0,
            packetsPerRead: 100_000,
            haltsMax: -1,
            drainWait: .seconds(50)
        )
        #expect(settings.chunkSize == 1)
        #expect(settings.packetsPerRead == 256)
        #expect(settings.haltsMax == 0)
        #expect(settings.drainWait == .seconds(1))
        #expect(USBPipeSettings(chunkSize: 1 << 20).chunkSize == USBTransferLimits.bytesMax)
    }

    // MARK: Writing

    @Test(arguments: [
        (nil, 20, [8, 8, 4]), (nil, 16, [8, 8]), (16, 20, [16, 4]), (3, 7, [3, 3, 1]), (64, 0, []),
    ])
    func writesInChunks(chunkSize: Int?, count: Int, chunks: [Int]) async throws {
        let connection = try ScriptedConnection()
        let bytes = (0..<count).map { UInt8($0) }
        try await pipe(connection, USBPipeSettings(chunkSize: chunkSize)).write(bytes, timeout: .seconds(1))
        let written = connection.state.withLock { $0.written }
        #expect(written.map(\.count) == chunks)
        #expect(written.flatMap { $0 } == bytes)
    }

    @Test(arguments: [(8, 2), (16, 3), (7, 1), (9, 2)])
    func endsWithAPacketThatIsNotFull(count: Int, transfers: Int) async throws {
        let connection = try ScriptedConnection()
        let settings = USBPipeSettings(endsWithShortPacket: true)
        try await pipe(connection, settings).write(Array(repeating: 1, count: count), timeout: .seconds(1))
        let written = connection.state.withLock { $0.written }
        #expect(written.count == transfers)
        #expect((written.last?.count ?? 8) < 8)
    }

    @Test func tellsHowManyBytesTheDeviceTook() async throws {
        let connection = try ScriptedConnection(writes: [.bytes([]), .failure(.unplugged, written: 3)])
        let pipe = try pipe(connection)
        let error = await failure { try await pipe.write(Array(repeating: 1, count: 24), timeout: .seconds(1)) }
        #expect(error?.code == .unplugged)
        #expect(error?.written == 11)
    }

    @Test func givesUpWhenTheWholeWriteTakesTooLong() async throws {
        let slow: [ScriptedConnection.Answer] = [.delay(.milliseconds(400)), .bytes([])]
        let connection = try ScriptedConnection(writes: slow + slow + slow + slow)
        let pipe = try pipe(connection)
        let error = await failure { try await pipe.write(Array(repeating: 1, count: 32), timeout: .seconds(1)) }
        #expect(error?.code == .timeout)
        #expect(error?.written == 24)
        #expect(connection.state.withLock { $0.timeouts } == [.seconds(1), .milliseconds(600), .milliseconds(200)])
    }

    @Test func clearsAHaltAndSendsTheRest() async throws {
        let connection = try ScriptedConnection(writes: [.failure(.stalled, written: 2), .bytes([])])
        let bytes = (0..<8).map { UInt8($0) }
        try await pipe(connection).write(bytes, timeout: .seconds(1))
        let state = connection.state.withLock { ($0.written.flatMap { $0 }, $0.cleared.map(\.rawValue)) }
        #expect(state.0 == bytes)
        #expect(state.1 == [0x02])
    }

    @Test func givesUpAfterSoManyHalts() async throws {
        let halts = Array(repeating: ScriptedConnection.Answer.failure(.stalled), count: 5)
        let connection = try ScriptedConnection(reads: halts, writes: [.bytes([])] + halts)
        let pipe = try pipe(connection, USBPipeSettings(haltsMax: 3))
        let write = await failure { try await pipe.write(Array(repeating: 1, count: 12), timeout: .seconds(1)) }
        #expect(write?.code == .stalled)
        #expect(write?.written == 8)
        let read = await failure { _ = try await pipe.read(countMax: 1, timeout: .seconds(1)) }
        #expect(read?.code == .stalled)
        #expect(connection.state.withLock { $0.cleared.map(\.rawValue) } == [2, 2, 2, 0x81, 0x81, 0x81])
    }

    @Test func passesOnAFailureToClearAHalt() async throws {
        let connection = try ScriptedConnection(writes: [.failure(.stalled, written: 1)])
        connection.state.withLock { $0.clearFailure = .unplugged }
        let pipe = try pipe(connection)
        let error = await failure { try await pipe.write([1, 2], timeout: .seconds(1)) }
        #expect(error?.code == .unplugged)
        #expect(error?.written == 1)
    }

    // MARK: Reading

    @Test func keepsWhatWasReadBeyond() async throws {
        let connection = try ScriptedConnection(reads: [.bytes([1, 2, 3, 4, 5]), .bytes([6])])
        let pipe = try pipe(connection)
        #expect(try await pipe.read(countMax: 2, timeout: .seconds(1)) == [1, 2])
        #expect(try await pipe.read(countMax: 2, timeout: .seconds(1)) == [3, 4])
        #expect(try await pipe.read(countMax: 9, timeout: .seconds(1)) == [5])
        #expect(try await pipe.read(countMax: 9, timeout: .seconds(1)) == [6])
        // Always room for a whole packet, so that none overflows.
        #expect(connection.state.withLock { $0.readSizes } == [8, 8])
    }

    @Test(arguments: [(1, 8), (4, 32), (256, 2048)])
    func readsSoManyPacketsAtOnce(packets: Int, size: Int) async throws {
        let connection = try ScriptedConnection(reads: [.bytes([1])])
        let pipe = try pipe(connection, USBPipeSettings(packetsPerRead: packets))
        _ = try await pipe.read(countMax: 1, timeout: .seconds(1))
        #expect(connection.state.withLock { $0.readSizes } == [size])
    }

    @Test func passesOverPacketsWithoutDataWithinItsTime() async throws {
        let connection = try ScriptedConnection(
            reads: [.delay(.milliseconds(300)), .bytes([]), .delay(.milliseconds(300)), .bytes([]), .bytes([7])]
        )
        let pipe = try pipe(connection)
        #expect(try await pipe.read(countMax: 4, timeout: .seconds(1)) == [7])
        #expect(connection.state.withLock { $0.timeouts } == [.seconds(1), .milliseconds(700), .milliseconds(400)])
        let error = await failure { _ = try await pipe.read(countMax: 4, timeout: .seconds(1)) }
        #expect(error?.code == .timeout)
    }

    @Test func endsAfterTooManyPacketsWithoutData() async throws {
        let connection = try ScriptedConnection(reads: Array(repeating: .bytes([]), count: 200))
        let pipe = try pipe(connection)
        let error = await failure { _ = try await pipe.read(countMax: 4, timeout: .seconds(1)) }
        #expect(error?.code == .inputOutput)
    }

    @Test func readsOnAfterAHalt() async throws {
        let connection = try ScriptedConnection(reads: [.failure(.stalled), .bytes([9])])
        let pipe = try pipe(connection)
        #expect(try await pipe.read(countMax: 4, timeout: .seconds(1)) == [9])
        #expect(connection.state.withLock { $0.cleared.map(\.rawValue) } == [0x81])
    }

    @Test(arguments: [DeviceError.Code.unplugged, .cancelled, .overflow, .inputOutput])
    func passesOnOtherFailures(code: DeviceError.Code) async throws {
        let connection = try ScriptedConnection(reads: [.failure(code)])
        let pipe = try pipe(connection)
        let error = await failure { _ = try await pipe.read(countMax: 4, timeout: .seconds(1)) }
        #expect(error?.code == code)
    }

    @Test func dropsALateAnswer() async throws {
        let connection = try ScriptedConnection(
            reads: [
                .bytes([1, 2, 3]), .bytes([4, 5]), .failure(.overflow), .bytes([]), .bytes([6]), .failure(.timeout),
                .bytes([7]),
            ]
        )
        let pipe = try pipe(connection)
        #expect(try await pipe.read(countMax: 1, timeout: .seconds(1)) == [1])
        try await pipe.discardInput()
        #expect(try await pipe.read(countMax: 8, timeout: .seconds(1)) == [7])
    }

    @Test func doesNotDropWithoutEnd() async throws {
        let connection = try ScriptedConnection(reads: Array(repeating: .bytes([1]), count: 9_000))
        let pipe = try pipe(connection)
        let error = await failure { try await pipe.discardInput() }
        #expect(error?.code == .overflow)
    }

    @Test func goesOneWayWhenOneEndpointIsMissing() async throws {
        let connection = try ScriptedConnection(reads: [.bytes([1])])
        let inOnly = USBPipe(
            connection: connection,
            endpoints: try USBPipeEndpoints(
                .first(.interrupt),
                of: Self.interface(try Self.endpoint(0x82, .interrupt))
            ),
            now: connection.now
        )
        #expect(try await inOnly.read(countMax: 8, timeout: .seconds(1)) == [1])
        #expect(await failure { try await inOnly.write([1], timeout: .seconds(1)) }?.code == .unsupported)
        let outOnly = USBPipe(
            connection: connection,
            endpoints: try USBPipeEndpoints(.first(.bulk), of: Self.interface(try Self.endpoint(0x02))),
            now: connection.now
        )
        try await outOnly.write([1], timeout: .seconds(1))
        try await outOnly.discardInput()
        #expect(await failure { _ = try await outOnly.read(countMax: 1, timeout: .seconds(1)) }?.code == .unsupported)
    }

    @Test func carriesEveryByteInOrderWhateverThePackets() async throws {
        var random = SplitMix64(seed: 34)
        for round in 0..<2_000 {
            let packets = (0..<random.below(12)).map { _ in random.bytes(upTo: 8) }
            let answers = packets.flatMap { packet -> [ScriptedConnection.Answer] in
                random.below(6) == 0 ? [.failure(.stalled), .bytes(packet)] : [.bytes(packet)]
            }
            let connection = try ScriptedConnection(reads: answers)
            let pipe = try pipe(connection)
            let sent = packets.flatMap { $0 }
            var read: [UInt8] = []
            while read.count < sent.count {
                let countMax = 1 + random.below(11)
                let bytes = try await pipe.read(countMax: countMax, timeout: .seconds(1))
                #expect(bytes.count <= countMax && !bytes.isEmpty)
                read += bytes
            }
            #expect(read == sent, "round \(round) of seed 34")
        }
    }
}
