import Testing
import VirtualPeripherals

@Suite
struct SAMVReaderTests {
    private func answer(
        _ reader: inout SAMVReader,
        _ command: UInt8,
        _ parameter: UInt8
    ) -> [UInt8] {
        var faults = PeripheralFaults()
        return reader.receive(Sample.request(command, parameter), on: .first, faults: &faults).flatMap(\.bytes)
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined().uppercased()
    }

    private func status(_ frame: [UInt8]) -> UInt8? { frame.count > 9 ? frame[9] : nil }

    @Test
    func answersAreTheKnownVectors() throws {
        var reader = SAMVReader(wiring: .single)
        #expect(hex(answer(&reader, 0x20, 0x01)) == "AAAAAA9669000400008084")
        #expect(hex(answer(&reader, 0x20, 0x02)) == "AAAAAA9669000400008185")
        #expect(hex(answer(&reader, 0x30, 0x01)) == "AAAAAA9669000400004145")
        _ = try reader.perform(.place(Sample.resident()))
        #expect(hex(answer(&reader, 0x20, 0x01)) == "AAAAAA9669000800009F0000000097")
        #expect(hex(answer(&reader, 0x20, 0x02)) == "AAAAAA9669000C00009000000000000000009C")
        #expect(answer(&reader, 0x12, 0xFF).count == 27)
    }

    @Test
    func documentIsReadOnceUntilItIsLifted() throws {
        var reader = SAMVReader(wiring: .single)
        let document = try Sample.resident()
        _ = try reader.perform(.place(document))
        for _ in 0..<2 {
            #expect(status(answer(&reader, 0x20, 0x01)) == 0x9F)
            #expect(status(answer(&reader, 0x20, 0x02)) == 0x90)
            let read = answer(&reader, 0x30, 0x01)
            #expect(read.count == 1_295)
            #expect(Array(read[5..<14]) == [0x05, 0x08, 0, 0, 0x90, 1, 0, 4, 0])
            #expect(Array(read[14..<270]) == document.block)
            #expect(status(answer(&reader, 0x20, 0x01)) == 0x80)
            _ = try reader.perform(.lift)
            _ = try reader.perform(.place(document))
        }
    }

    @Test
    func readerThatNeedsNoLiftFindsTheDocumentAgain() throws {
        var reader = SAMVReader(wiring: .single, wantsLift: false)
        _ = try reader.perform(.place(Sample.resident()))
        for _ in 0..<2 {
            #expect(status(answer(&reader, 0x20, 0x01)) == 0x9F)
            #expect(status(answer(&reader, 0x20, 0x02)) == 0x90)
            #expect(status(answer(&reader, 0x30, 0x01)) == 0x90)
        }
    }

    @Test(arguments: [(false, 1_297), (true, 2_321)])
    func fingerprintIsSentWhenThereIsOne(hasFingerprint: Bool, count: Int) throws {
        var reader = SAMVReader(wiring: .single)
        _ = try reader.perform(.place(Sample.resident { $0.hasFingerprint = hasFingerprint }))
        _ = answer(&reader, 0x20, 0x01)
        _ = answer(&reader, 0x20, 0x02)
        #expect(answer(&reader, 0x30, 0x10).count == count)
    }

    @Test
    func newAddressesAreThereOrNot() throws {
        var reader = SAMVReader(wiring: .single)
        _ = try reader.perform(.place(Sample.resident()))
        _ = answer(&reader, 0x20, 0x01)
        _ = answer(&reader, 0x20, 0x02)
        #expect(status(answer(&reader, 0x30, 0x03)) == 0x91)
        _ = try reader.perform(.lift)
        _ = try reader.perform(.place(Sample.resident { $0.newAddresses = ["演示路2号"] }))
        _ = answer(&reader, 0x20, 0x01)
        _ = answer(&reader, 0x20, 0x02)
        let frame = answer(&reader, 0x30, 0x03)
        #expect(frame.count == 10 + 280 + 1)
        #expect(Array(frame[10..<12]) == [0x14, 0x6F])
    }

    @Test(
        arguments: [
            ("AAAAAA9669000311FFEE", [0x10]), ("AAAAAA96690003400043", [0x21]), ("AAAAAA96690001", [0x11]),
            ("AAAAAA9669FFFF", [0x11]), ("0000AAAAAAAA9669000311FFED", [0x90]), ("AAAAAA9669000311FF", []),
            ("AAAAAA9669000311FFEDAAAAAA96690003600063", [0x90, 0x90]),
        ] as [(String, [UInt8])]
    )
    func wrongRequestsHaveTheirStatus(request: String, expected: [UInt8]) {
        var reader = SAMVReader(wiring: .single)
        var faults = PeripheralFaults()
        let letters = Array(request)
        let bytes = stride(from: 0, to: letters.count, by: 2).compactMap {
            UInt8(String(letters[$0...($0 + 1)]), radix: 16)
        }
        let answers = reader.receive(bytes, on: .first, faults: &faults)
        #expect(answers.map { $0.bytes[9] } == expected)
    }

    @Test
    func requestMayComeInAnyPieces() {
        let whole = Sample.samStatus + Sample.samStatus
        for cut in 1..<whole.count {
            var reader = SAMVReader(wiring: .single)
            var faults = PeripheralFaults()
            let first = reader.receive(Array(whole[..<cut]), on: .first, faults: &faults)
            let second = reader.receive(Array(whole[cut...]), on: .first, faults: &faults)
            #expect((first + second).map(\.bytes) == [Sample.samStatusAnswer, Sample.samStatusAnswer])
        }
    }

    @Test
    func faultsChangeChecksumAndStatus() {
        var reader = SAMVReader(wiring: .single)
        var faults = PeripheralFaults()
        faults.wrongChecksum = .init(times: 1)
        var answer = reader.receive(Sample.samStatus, on: .first, faults: &faults).flatMap(\.bytes)
        #expect(answer.dropLast() == Sample.samStatusAnswer.dropLast() && answer != Sample.samStatusAnswer)
        faults.status = [0x66]
        faults.wrongStatus = .init(times: 1)
        answer = reader.receive(Sample.samStatus, on: .first, faults: &faults).flatMap(\.bytes)
        #expect(hex(answer) == "AAAAAA9669000400006662")
        answer = reader.receive(Sample.samStatus, on: .first, faults: &faults).flatMap(\.bytes)
        #expect(answer == Sample.samStatusAnswer)
    }

    @Test
    func anyBytesAreSurvived() {
        var numbers = SeededNumbers(seed: 5)
        var reader = SAMVReader(wiring: .single)
        var faults = PeripheralFaults()
        var answers = 0
        for _ in 0..<100_000 {
            let bytes =
                Bool.random(using: &numbers)
                ? numbers.mutated(Sample.request(0x20, 0x01))
                : numbers.bytes(Int.random(in: 0...20, using: &numbers))
            answers += reader.receive(bytes, on: .first, faults: &faults).count
        }
        #expect(answers > 1_000)
        reader.restart(afterPower: false)
        #expect(reader.receive(Sample.samStatus, on: .first, faults: &faults).map(\.bytes) == [Sample.samStatusAnswer])
    }

    @Test
    func handsCanOnlyDoWhatIsPossible() throws {
        var reader = SAMVReader(wiring: .single)
        #expect(throws: PeripheralFailure.self) { try reader.perform(.lift) }
        _ = try reader.perform(.place(Sample.resident()))
        #expect(throws: PeripheralFailure.self) { try reader.perform(.place(Sample.resident())) }
        #expect(throws: PeripheralFailure.self) { try reader.perform(.paper(.out)) }
    }
}
