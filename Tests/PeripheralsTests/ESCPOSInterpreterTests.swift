import Peripherals
import SeededRandom
import Testing

@Suite
struct ESCPOSInterpreterTests {
    private func events(_ fields: String...) throws -> [PrinterEvent] {
        var interpreter = ESCPOSInterpreter(printer: try Samples.printer())
        return interpreter.take(hex(fields.joined()))
    }

    @Test(arguments: [
        "00", "07", "0D", "1B7A", "1C99", "1D99", "1D2899", "1D286BFFFF", "100407", "100503", "1D7209",
        "1B6103", "1B4502", "1D2122", "1C2180", "1C5701", "1D5600", "1D5602", "1D286B0300 324130", "1D286B 0000",
    ])
    func whatIsNotKnownIsRefused(_ bytes: String) throws {
        #expect(try events(bytes, "41 0A").prefix(2).contains(.refused(.unknownCommand)))
        #expect(try events(bytes, "41 0A").last == .item(.line("A", .normal)))
    }

    @Test
    func requestsAreSeenInsideOtherCommands() throws {
        let double = ReceiptStyle(size: .double)
        #expect(try events("1D21 1004 02 11 41 0A") == [.realTimeRequest(2), .item(.line("A", double))])
        #expect(try events("C9 1004 01 E7 0A") == [.realTimeRequest(1), .item(.line("社", .normal))])
        #expect(try events("1010 0404") == [.refused(.unknownCommand), .realTimeRequest(4)])
        #expect(try events("1D72 01") == [.inOrderRequest])
        #expect(try events("41 1005 02 0A") == [.recoveryRequest(2), .item(.line("", .normal))])
    }

    @Test
    func stylesAndCutsBelongToTheBeginningOfALine() throws {
        let refused = PrinterEvent.refused(.notAtLineStart)
        #expect(try events("41 1B4501 0A") == [refused, .item(.line("A", .normal))])
        #expect(try events("41 1D5601") == [refused])
        #expect(try events("1D2111 41 C9E7 0A").first == .refused(.mixedSizes))
    }

    @Test
    func linesWrapAtTheEdge() throws {
        let full = String(repeating: "41", count: 32)
        let line = String(repeating: "A", count: 32)
        #expect(try events(full, "0A") == [.item(.line(line, .normal))])
        #expect(try events(full, "C9E7 0A") == [.item(.line(line, .normal)), .item(.line("社", .normal))])
    }

    @Test
    func charactersThatThePrinterLacksAreRefused() throws {
        var interpreter = ESCPOSInterpreter(printer: try Samples.printer { $0.charset = .gb2312 })
        #expect(interpreter.take(hex("E946 81308130 80 FF")).allSatisfy { $0 == .refused(.missingCharacter) })
        // Out of Chinese mode each byte stands alone.
        #expect(interpreter.take(hex("1C2E C9 E7")) == [.refused(.missingCharacter), .refused(.missingCharacter)])
    }

    @Test
    func codesMustBeStored() throws {
        #expect(try events("1D286B 0300 31 51 30") == [.refused(.codeMissing)])
        #expect(try events("1D286B 0400 31 50 30 07", "1D286B 0300 31 51 30") == [.refused(.codeMissing)])
    }

    /// 100,000 slips changed and 100,000 texts at random: events in bounded number, and the printer works on after them.
    @Test
    func anyBytesEndInBoundedEvents() throws {
        let printer = try Samples.printer()
        let valid = ESCPOSEncoder(printer: printer).encode(try Samples.receipt()).chunks.map(\.bytes)
        var random = SplitMix64(seed: 5)
        var items = 0
        var interpreter = ESCPOSInterpreter(printer: printer)
        for round in 0..<200_000 {
            let bytes =
                round.isMultiple(of: 2)
                ? random.mutation(of: valid[random.below(valid.count)])
                : commandLike(&random)
            let events = interpreter.take(bytes)
            items += events.count { if case .item = $0 { true } else { false } }
            if round.isMultiple(of: 50) {
                // Whatever has begun ends within the longest command.
                _ = interpreter.take(Array(repeating: 0x41, count: 600) + [0x0A])
                #expect(!interpreter.isInsideCommand)
            }
            guard events.count <= 3 * bytes.count else {
                Issue.record("round \(round) of seed 5")
                return
            }
        }
        #expect(items > 100_000)
    }

    /// Random bytes with more control bytes than chance gives.
    private func commandLike(_ random: inout SplitMix64) -> [UInt8] {
        let starts: [UInt8] = [0x10, 0x04, 0x1B, 0x1C, 0x1D, 0x0A, 0x28, 0x6B, 0x21, 0x56, 0x31]
        return random.bytes(upTo: 48).map { random.below(3) == 0 ? starts[random.below(starts.count)] : $0 }
    }
}
