import CivilIdentity
import DeviceIO
import ResidentIDCard
import Testing

/// Readings over a behaving module, with the faults that a counter sees.
@Suite
struct ResidentIDReaderTests {
    static let document = VirtualDocument(text: Samples.resident.bytes)

    static func device(isSplit: Bool = false, _ document: VirtualDocument? = document) -> SAMVDevice {
        let device = SAMVDevice(isSplit: isSplit)
        device.change { $0.document = document }
        return device
    }

    /// The code with which a reading ends; nil for a success.
    static func code(
        _ reader: inout ResidentIDReader,
        within wait: Duration = .zero
    ) async -> ResidentIDError.Code? {
        do {
            _ = try await reader.readDocument(within: wait)
            return nil
        } catch {
            return error.code
        }
    }

    @Test(arguments: [false, true])
    func aDocumentIsFoundSelectedAndRead(_ isSplit: Bool) async throws {
        let device = Self.device(isSplit: isSplit)
        var reader = device.reader
        let reading = try await reader.readDocument(within: .seconds(10))
        #expect(device.commands == [.find, .select, .read])
        #expect(reading.document.citizenNumber?.rawValue == Samples.number)
        #expect(reading.document.warnings == [])
        #expect(
            reading == ResidentIDReading(document: reading.document, photo: OpaqueBytes(Self.document.photo))
        )
    }

    @Test(arguments: [0, 512, 1_024])
    func fingerprintsAreReadWhenAskedFor(_ count: Int) async throws {
        var document = Self.document
        document.fingerprint = Array(repeating: 0x46, count: count)
        let device = Self.device(document)
        var reader = device.reader
        let reading = try await reader.readDocument(.init(fingerprint: true), within: .zero)
        #expect(device.commands == [.find, .select, .readFingerprint])
        #expect(reading.fingerprint?.count == (count == 0 ? nil : count))
        #expect(reading.photo?.revealed == document.photo)
    }

    @Test
    func appendedAddressesAreReadWhenAskedFor() async throws {
        var document = Self.document
        document.addresses = Samples.addresses
        var reader = Self.device(document).reader
        let reading = try await reader.readDocument(.init(appendedAddresses: true), within: .zero)
        #expect(reading.appendedAddresses?.addresses.map(\.revealed) == ["试验市新街二号", "试验市新街三号"])
    }

    @Test
    func aDocumentWithoutAppendedAddressesHasNone() async throws {
        var reader = Self.device().reader
        let reading = try await reader.readDocument(.init(appendedAddresses: true), within: .zero)
        #expect(reading.appendedAddresses == AppendedAddresses.none)
        #expect(reading.document.warnings == [])
    }

    @Test(arguments: [SAMVDevice.Fault.mute, .wrongChecksum, .cut(9), .status(SAMVStatus(0, 0, 0x41))])
    func appendedAddressesThatFailLeaveTheRestWithAWarning(_ fault: SAMVDevice.Fault) async throws {
        let device = Self.device()
        device.add(fault, at: .readAddresses)
        var reader = device.reader
        let reading = try await reader.readDocument(.init(appendedAddresses: true), within: .zero)
        #expect(reading.document.citizenNumber != nil)
        #expect(reading.appendedAddresses == nil)
        #expect(reading.document.warnings == [.addressesUnreadable])
    }

    @Test
    func anUnpluggedReaderEndsAlsoTheReadOfAppendedAddresses() async {
        let device = Self.device()
        device.add(.line(.unplugged), at: .readAddresses)
        var reader = device.reader
        let error = await #expect(throws: ResidentIDError.self) {
            try await reader.readDocument(.init(appendedAddresses: true), within: .zero)
        }
        #expect(error?.code == .lineFailed)
        #expect((error?.cause as? DeviceError)?.code == .unplugged)
    }

    @Test
    func theDocumentMustBeLiftedAfterASuccess() async throws {
        let device = Self.device()
        var reader = device.reader
        _ = try await reader.readDocument(within: .zero)
        #expect(await Self.code(&reader, within: .seconds(1)) == .liftFirst)
        #expect(await Self.code(&reader) == .noDocument)
        device.change { $0.document = Self.document }
        #expect(await Self.code(&reader) == nil)
        try await reader.resetSAM()
        #expect(await Self.code(&reader) == nil)
    }

    @Test
    func aReaderThatNeedsNoLiftingReadsAgain() async throws {
        let device = Self.device()
        device.change { $0.wantsLifting = false }
        var reader = device.reader
        let first = try await reader.readDocument(within: .zero)
        #expect(try await reader.readDocument(within: .zero) == first)
    }

    @Test
    func waitingForADocumentRestsBetweenTheFinds() async {
        let device = Self.device(nil)
        var reader = device.reader
        #expect(await Self.code(&reader, within: .seconds(2)) == .noDocument)
        #expect(device.commands == Array(repeating: .find, count: 10))
        #expect(device.clock.now.offset == .seconds(2))
    }

    /// One failure in the middle, and the whole is done again.
    @Test(arguments: [
        (SAMVCommand.find, SAMVDevice.Fault.deaf), (.find, .mute), (.find, .late), (.find, .wrongChecksum),
        (.find, .cut(9)), (.find, .twice), (.find, .garbage([0xAA, 0xAA, 0x00])),
        (.select, .mute), (.select, .late), (.select, .wrongChecksum), (.select, .cut(3)), (.select, .twice),
        (.select, .status(SAMVStatus(0x69, 0x82, 0x81))), (.select, .status(SAMVStatus(0, 0, 0x31))),
        (.read, .deaf), (.read, .cut(0)), (.read, .garbage(hex("AAAAAA9669 0000"))),
        (.read, .status(SAMVStatus(0, 0, 0x41))), (.read, .status(SAMVStatus(0, 0, 0x47))),
        (.read, .status(SAMVStatus(0, 0, 0x33))),
    ])
    func oneFailureIsOvercome(_ command: SAMVCommand, _ fault: SAMVDevice.Fault) async throws {
        let device = Self.device()
        device.change { $0.wantsLifting = false }
        device.add(fault, at: command)
        var reader = device.reader
        let reading = try await reader.readDocument(within: .seconds(10))
        #expect(reading.document.citizenNumber?.rawValue == Samples.number)
        #expect(device.commands.suffix(3) == [.find, .select, .read])
    }

    @Test(arguments: [SAMVDevice.Fault.mute, .late, .wrongChecksum, .cut(700)])
    func aReadingThatGotLostNeedsLiftingOnMostReaders(_ fault: SAMVDevice.Fault) async throws {
        let device = Self.device()
        device.add(fault, at: .read)
        var reader = device.reader
        let code = await Self.code(&reader, within: .seconds(10))
        #expect([ResidentIDError.Code.timeout, .checksum, .frameMalformed].contains(code))
        device.change { $0.document = Self.document }
        #expect(await Self.code(&reader) == nil)
    }

    @Test
    func aLateDocumentOfAnEarlierPersonIsNeverTheNextPersons() async throws {
        let device = Self.device()
        device.add(.late, at: .read)
        var reader = device.reader
        #expect(await Self.code(&reader) == .timeout)
        device.change { $0.document = VirtualDocument(text: Samples.foreign.bytes) }
        #expect(try await reader.readDocument(within: .zero).document.kind == .foreign)
    }

    @Test(arguments: [
        (0x31 as UInt8, ResidentIDError.Code.authenticationFailed), (0x32, .authenticationFailed),
        (0x33, .authenticationFailed), (0x41, .readFailed), (0x47, .readFailed), (0x91, .readFailed),
    ])
    func lastingFailuresOfTheDocumentEndAfterThreeAttempts(_ word: UInt8, _ code: ResidentIDError.Code) async {
        let device = Self.device()
        for _ in 0..<5 { device.add(.status(SAMVStatus(0, 0, word)), at: .read) }
        var reader = device.reader
        #expect(await Self.code(&reader, within: .seconds(60)) == code)
        #expect(device.commands.filter { $0 == .read }.count == ResidentIDReader.attemptMax)
    }

    @Test(arguments: [
        (0x40 as UInt8, ResidentIDError.Code.wrongDocumentKind), (0x60, .samSelfTest), (0x66, .samNotAuthorised),
        (0x21, .refused), (0x24, .refused), (0x11, .refused), (0xA0, .refused),
    ])
    func failuresThatStayEndAtOnce(_ word: UInt8, _ code: ResidentIDError.Code) async {
        for command in [SAMVCommand.find, .select, .read] {
            let device = Self.device()
            device.add(.status(SAMVStatus(0, 0, word)), at: command)
            var reader = device.reader
            #expect(await Self.code(&reader, within: .seconds(60)) == code)
            #expect(device.commands.last == command)
        }
    }

    @Test
    func aMuteReaderIsGivenUpAfterThreeAttempts() async {
        let device = Self.device()
        for _ in 0..<5 { device.add(.deaf, at: .find) }
        var reader = device.reader
        #expect(await Self.code(&reader, within: .seconds(60)) == .timeout)
        #expect(device.commands.count == ResidentIDReader.attemptMax)
        #expect(device.clock.now.offset < .seconds(3))
    }

    @Test
    func theModuleAnswersItsQuestions() async throws {
        let device = Self.device()
        device.add(.wrongChecksum, at: .samIdentifier)
        device.add(.status(SAMVStatus(0, 0, 0x10)), at: .samIdentifier)
        let reader = device.reader
        #expect(try await reader.samIdentifier().text == "05.01-20110177-0000000000-0000000000")
        try await reader.checkStatus()
        #expect(try await reader.findDocument())
        try await reader.select()
        #expect(try await reader.readSelected().document.kind == .resident)
        #expect(try await reader.readAppendedAddresses() == AppendedAddresses.none)
    }

    @Test(arguments: [
        (0x60 as UInt8, ResidentIDError.Code.samSelfTest), (0x66, .samNotAuthorised), (0x24, .refused),
        (0x10, .checksum),
    ])
    func aModuleThatDoesNotWorkSaysSo(_ word: UInt8, _ code: ResidentIDError.Code) async {
        let device = Self.device()
        for _ in 0..<ResidentIDReader.questionMax { device.add(.status(SAMVStatus(0, 0, word)), at: .status) }
        let reader = device.reader
        let error = await #expect(throws: ResidentIDError.self) { try await reader.checkStatus() }
        #expect(error?.code == code)
    }

    @Test
    func partsThatContradictTheWholeAreMalformed() async {
        for lengths in ["0100 0300", "00FF 0401", "0000 0500", "0100 0401"] {
            let data = hex(lengths) + [UInt8](repeating: 0x20, count: 1_280)
            let clock = ManualClock()
            let channel = ScriptedByteChannel(
                [
                    .discard, .write(SAMVCommand.read.frame),
                    .read(SAMVResponse(status: .success, data: data).frame.encoded),
                ],
                clock: clock
            )
            let reader = ResidentIDReader(link: SAMVStreamLink(channel: channel, clock: clock), clock: clock)
            let error = await #expect(throws: ResidentIDError.self) { try await reader.readSelected() }
            #expect(error?.code == .frameMalformed)
        }
    }

    @Test
    func appendedAddressesOfAnOddLengthAreMalformed() async {
        let clock = ManualClock()
        let response = SAMVResponse(status: .success, data: Array(repeating: 0x20, count: 141))
        let channel = ScriptedByteChannel(
            [.discard, .write(SAMVCommand.readAddresses.frame), .read(response.frame.encoded)],
            clock: clock
        )
        let reader = ResidentIDReader(link: SAMVStreamLink(channel: channel, clock: clock), clock: clock)
        let error = await #expect(throws: ResidentIDError.self) { try await reader.readAppendedAddresses() }
        #expect(error?.code == .frameMalformed)
    }

    @Test(arguments: [SAMVCommand.find, .select, .read])
    func aCancelledReadingEndsWhereItIs(_ command: SAMVCommand) async {
        let responses: [SAMVCommand: SAMVResponse] = [
            .find: SAMVResponse(status: .documentFound, data: [0, 0, 0, 0]),
            .select: SAMVResponse(status: .success, data: Array(repeating: 0, count: 8)),
        ]
        var steps: [ScriptedByteChannel.Step] = []
        for step in [SAMVCommand.find, .select, .read] {
            steps += [.discard, .write(step.frame)]
            guard step != command, let response = responses[step] else { break }
            steps.append(.read(response.frame.encoded))
        }
        let clock = ManualClock()
        let channel = ScriptedByteChannel(steps + [.cancel], clock: clock)
        let code = await Task {
            var reader = ResidentIDReader(link: SAMVStreamLink(channel: channel, clock: clock), clock: clock)
            return await Self.code(&reader, within: .seconds(10))
        }.value
        #expect(code == .cancelled)
        #expect(channel.isOver)
    }

    @Test
    func aTaskThatIsCancelledSendsNothingMore() async {
        let device = Self.device()
        let code = await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            var reader = device.reader
            return await Self.code(&reader)
        }.value
        #expect(code == .cancelled)
        #expect(device.commands == [])
    }

    @Test
    func aCancelledRestEndsTheWaiting() async {
        let clock = ManualClock()
        let none = SAMVResponse(status: SAMVStatus(0, 0, 0x80)).frame.encoded
        // The answer is whole before the failing step is reached, so that the rest meets the cancelled task.
        struct CancellingChannel: ByteChannel {
            let answer: [UInt8]

            func write(_ bytes: [UInt8], timeout: Duration) async throws(DeviceError) {}

            func read(countMax: Int, timeout: Duration) async throws(DeviceError) -> [UInt8] {
                withUnsafeCurrentTask { $0?.cancel() }
                return answer
            }

            func discardInput() async throws(DeviceError) {}
        }
        let code = await Task {
            let link = SAMVStreamLink(channel: CancellingChannel(answer: none), clock: clock)
            var reader = ResidentIDReader(link: link, clock: clock)
            return await Self.code(&reader, within: .seconds(10))
        }.value
        #expect(code == .cancelled)
        #expect(clock.now.offset == .zero)
    }
}
