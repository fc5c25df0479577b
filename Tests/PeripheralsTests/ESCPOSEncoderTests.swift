import SeededRandom
import Testing

@testable import Peripherals

@Suite
struct ESCPOSEncoderTests {
    private func bytes(_ lines: [ReceiptLine], _ printer: PrinterCapabilities) throws -> [UInt8] {
        let receipt = try Receipt(lines: lines, isSimulated: false)
        return ESCPOSEncoder(printer: printer).encode(receipt).chunks.flatMap(\.bytes)
    }

    @Test
    func aSlipIsInitialisationLinesFeedAndCut() throws {
        let got = try bytes(
            [.text("社a", ReceiptStyle(alignment: .center, size: .double, isBold: true))],
            Samples.printer()
        )
        let expected = hex(
            "1B40 1C26",  // initialisation, Chinese mode
            "1B61 01",  // centre
            "1D21 11 1C21 0C",  // double, ASCII and Chinese
            "1B45 01",  // bold
            "C9E7 61 0A",  // the line
            "1B61 00 1D21 00 1C21 00 1B45 00",  // back
            "1B64 04",  // feed
            "1D56 01"  // partial cut
        )
        #expect(got == expected)
    }

    @Test(arguments: [
        (ChineseSizeCommand.shared, ReceiptStyle.Size.wide, "1D21 10", "1D21 00"),
        (.bits2And3, .wide, "1D21 10 1C21 04", "1D21 00 1C21 00"),
        (.bits2And3, .tall, "1D21 01 1C21 08", "1D21 00 1C21 00"),
        (.bits4And5, .double, "1D21 11 1C21 30", "1D21 00 1C21 00"),
        (.quadruple, .double, "1D21 11 1C57 01", "1D21 00 1C57 00"),
    ])
    func sizesFollowTheModel(
        _ chineseSize: ChineseSizeCommand,
        _ size: ReceiptStyle.Size,
        _ on: String,
        _ off: String
    ) throws {
        let printer = try Samples.printer {
            $0.chineseSize = chineseSize
            $0.cutter = .none
            $0.feedLinesBeforeCut = 0
        }
        let got = try bytes([.text("社", ReceiptStyle(size: size))], printer)
        #expect(got == hex("1B40 1C26", on, "C9E7 0A", off))
    }

    @Test(arguments: [(PrinterCapabilities.Cutter.full, "1D56 00"), (.partial, "1D56 01"), (.none, "")])
    func theCutFollowsTheModel(_ cutter: PrinterCapabilities.Cutter, _ cut: String) throws {
        let printer = try Samples.printer { $0.cutter = cutter }
        #expect(try bytes([.blank], printer) == hex("1B40 1C26 0A 1B64 04", cut))
    }

    @Test
    func aCodeIsStoredAndPrinted() throws {
        let got = try bytes([.code("AB")], Samples.printer())
        let expected = hex(
            "1B40 1C26 1B61 01",
            "1D286B 0400 31 41 3200",  // model 2
            "1D286B 0300 31 43 06",  // module
            "1D286B 0300 31 45 31",  // correction level M
            "1D286B 0500 31 50 30 4142",  // content
            "1D286B 0300 31 51 30",  // print
            "1B61 00 1B64 04 1D56 01"
        )
        #expect(got == expected)
        let without = try Samples.printer { $0.printsCodes = false }
        let receipt = try Receipt(lines: [.code("AB")], isSimulated: false)
        #expect(ESCPOSEncoder(printer: without).encode(receipt).codesLeftOut == 1)
    }

    /// What the encoder writes is what the interpreter reads, on every model.
    @Test
    func slipsSurviveTheWayThroughThePrinter() throws {
        var random = SplitMix64(seed: 3)
        let printers = try Samples.printers()
        for round in 0..<6_000 {
            let printer = printers[round % printers.count]
            let receipt = try Samples.receipt(&random)
            let encoded = ESCPOSEncoder(printer: printer).encode(receipt, isReprint: round.isMultiple(of: 2))
            var interpreter = ESCPOSInterpreter(printer: printer)
            let events = encoded.chunks.flatMap { interpreter.take($0.bytes) }
            var expected: [PrinterEvent] = [.initialized]
            expected += Samples.expected(receipt, printer, isReprint: round.isMultiple(of: 2)).map { .item($0) }
            if printer.feedLinesBeforeCut > 0 { expected.append(.feed(printer.feedLinesBeforeCut)) }
            if printer.cutter != .none { expected.append(.cut(isPartial: printer.cutter == .partial)) }
            guard events == expected, !interpreter.isInsideCommand else {
                Issue.record("round \(round) of seed 3")
                return
            }
        }
    }

    @Test
    func noDataLookLikeARealTimeCommandAndNoChunkEndsInsideACommand() throws {
        var random = SplitMix64(seed: 4)
        let printers = try Samples.printers()
        for round in 0..<3_000 {
            let printer = printers[round % printers.count]
            let encoded = ESCPOSEncoder(printer: printer).encode(try Samples.receipt(&random))
            let bytes = encoded.chunks.flatMap(\.bytes)
            let isSafe = zip(bytes, bytes.dropFirst()).allSatisfy { !($0 == 0x10 && [0x04, 0x05, 0x14].contains($1)) }
            var interpreter = ESCPOSInterpreter(printer: printer)
            let isWhole = encoded.chunks.allSatisfy { chunk in
                _ = interpreter.take(chunk.bytes)
                // A request between two chunks is one event and changes nothing.
                let hasRequest = interpreter.take([0x10, 0x04, 0x01]) == [.realTimeRequest(1)]
                return hasRequest && !interpreter.isInsideCommand
            }
            let isSmall = encoded.chunks.allSatisfy { $0.bytes.count <= printer.chunkBytes || $0.unitEnds.count == 1 }
            guard isSafe, isWhole, isSmall else {
                Issue.record("round \(round) of seed 4")
                return
            }
        }
    }

    @Test
    func theRestOfATornWriteEndsItsCommand() throws {
        let printer = try Samples.printer()
        for chunk in ESCPOSEncoder(printer: printer).encode(try Samples.receipt()).chunks {
            for written in 0...chunk.bytes.count {
                var interpreter = ESCPOSInterpreter(printer: printer)
                _ = interpreter.take(chunk.bytes.prefix(written) + chunk.rest(after: written))
                #expect(interpreter.take([0x10, 0x04, 0x01]) == [.realTimeRequest(1)])
                #expect(!interpreter.isInsideCommand)
            }
            #expect(chunk.rest(after: 0) == [])
            #expect(chunk.rest(after: chunk.bytes.count) == [])
        }
    }

    @Test
    func theCancellationDropsWhatWaitsAndCuts() throws {
        let printer = try Samples.printer()
        var interpreter = ESCPOSInterpreter(printer: printer)
        // Torn inside a size command: the first initialisation is taken as its end.
        #expect(interpreter.take(hex("C9E7 1D21")) == [])
        let events = interpreter.take(ESCPOSEncoder(printer: printer).cancellation().bytes)
        #expect(events.suffix(3) == [.initialized, .feed(4), .cut(isPartial: true)])
        #expect(!events.contains { if case .item = $0 { true } else { false } })
    }
}
