import SeededRandom
import SmartCard
import Testing

@Suite
struct CardChannelSendTests {
    static let readRecord = CommandAPDU(ins: 0xB2, p1: 0x03, expectedLength: 6)

    @Test
    func passesOnAPlainAnswer() throws {
        let channel = ScriptedChannel([hex("03 04 322E3030", "9000")])
        #expect(try channel.send(Self.readRecord) == ResponseAPDU(data: hex("03 04 322E3030"), statusWord: .success))
        #expect(channel.commands == [hex("00 B2 03 00", "06")])
    }

    @Test
    func passesOnARefusal() throws {
        let channel = ScriptedChannel([hex("6A83")])
        #expect(try channel.send(Self.readRecord).statusWord == .recordNotFound)
        #expect(channel.commands.count == 1)
    }

    @Test
    func fetchesAnAnnouncedAnswer() throws {
        let selection = hex("6F 07 84 05 5353534531")
        let channel = ScriptedChannel([
            hex("61 09"),
            selection + hex("9000"),
        ])
        let response = try channel.send(CommandAPDU(ins: 0xA4, p1: 0x04, data: [0x31]))
        #expect(response == ResponseAPDU(data: selection, statusWord: .success))
        #expect(channel.commands == [hex("00 A4 04 00", "01", "31"), hex("00 C0 00 00", "09")])
    }

    @Test
    func sendsAgainWithTheRightLength() throws {
        let channel = ScriptedChannel([
            hex("6C 06"),
            hex("03 04 322E3030", "9000"),
        ])
        var command = Self.readRecord
        command.expectedLength = 256
        #expect(try channel.send(command).data == hex("03 04 322E3030"))
        #expect(channel.commands == [hex("00 B2 03 00", "00"), hex("00 B2 03 00", "06")])
    }

    @Test
    func joinsPartsAndCorrectsTheLengthOfGetResponse() throws {
        let channel = ScriptedChannel([
            hex("01", "61 00"),  // data with the announcement, as block-oriented cards do
            hex("6C 02"),  // GET RESPONSE is corrected too
            hex("0203", "61 01"),
            hex("04", "6282"),
        ])
        let response = try channel.send(CommandAPDU(cla: 0x01, ins: 0xCA, expectedLength: 256))
        #expect(response == ResponseAPDU(data: [1, 2, 3, 4], statusWord: .endOfFile))
        #expect(
            channel.commands == [
                hex("01 CA 00 00", "00"),
                hex("01 C0 00 00", "00"),  // on the same logical channel
                hex("01 C0 00 00", "02"),
                hex("01 C0 00 00", "01"),
            ]
        )
    }

    @Test
    func getResponseOfAProprietaryClassUsesClassZero() throws {
        let channel = ScriptedChannel([hex("61 01"), hex("05 9000")])
        _ = try channel.send(CommandAPDU(cla: 0x80, ins: 0xFA))
        #expect(channel.commands.last == hex("00 C0 00 00", "01"))
    }

    @Test(arguments: ["61 01", "AA 61 01", "61 00", "6C 06", "6C 07"])
    func givesUpACardThatGoesOnWithoutEnd(_ answer: String) {
        let channel = ScriptedChannel([hex(answer)], repeatsLast: true)
        let error = #expect(throws: SmartCardError.self) { try channel.send(Self.readRecord) }
        #expect(error?.code == .apduResponseLoop)
        #expect(channel.commands.count <= ResponseLimits.exchanges)
    }

    @Test(arguments: [("6C 06", 1), ("6C 07", 2)])
    func givesUpACardThatRefusesTheLengthItAskedFor(_ answer: String, _ exchanges: Int) {
        let channel = ScriptedChannel([hex(answer)], repeatsLast: true)
        let error = #expect(throws: SmartCardError.self) { try channel.send(Self.readRecord) }
        #expect(error?.code == .apduResponseLoop)
        #expect(channel.commands.count == exchanges)
    }

    @Test
    func givesUpACardThatAlternatesLengths() {
        let channel = ScriptedChannel((0..<200).map { $0.isMultiple(of: 2) ? hex("6C 07") : hex("6C 08") })
        let error = #expect(throws: SmartCardError.self) { try channel.send(Self.readRecord) }
        #expect(error?.code == .apduResponseLoop)
        #expect(channel.commands.count == ResponseLimits.exchanges)
    }

    @Test
    func givesUpAnAnswerThatIsTooLong() {
        let part = Array(repeating: UInt8(0), count: 40_000) + hex("61 00")
        let channel = ScriptedChannel([part], repeatsLast: true)
        let error = #expect(throws: SmartCardError.self) { try channel.send(Self.readRecord) }
        #expect(error?.code == .apduResponseTooLong)
    }

    @Test(arguments: ["", "90", "0000", "01 02 03"])
    func refusesAnAnswerWithoutStatusWord(_ answer: String) {
        let error = #expect(throws: SmartCardError.self) { try ScriptedChannel([hex(answer)]).send(Self.readRecord) }
        #expect(error?.code == .apduMalformed)
    }

    @Test
    func passesOnTheErrorOfTheExchangeAtEachStep() {
        for scripted in 0...2 {
            let answers = [hex("61 02"), hex("AA 61 01")]
            let channel = ScriptedChannel(Array(answers.prefix(scripted)))
            let error = #expect(throws: SmartCardError.self) { try channel.send(Self.readRecord) }
            #expect(error?.code == .cardRemoved)
            #expect(channel.commands.count == scripted + 1)
        }
    }

    @Test
    func transmitsAnArrayAsItStands() throws {
        let channel = ScriptedChannel([hex("61 05")])
        #expect(try channel.transmit(hex("00 84 00 00 08")) == hex("61 05"))
        #expect(channel.commands == [hex("00 84 00 00 08")])
    }

    @Test
    func hundredThousandAnswersEndInBoundedExchanges() {
        var random = SplitMix64(seed: 6)
        for round in 0..<100_000 {
            var answers: [[UInt8]] = []
            for _ in 0..<random.below(6) {
                let statusWord: [UInt8] = [[0x61, 0x6C, 0x90, 0x6A][random.below(4)], UInt8(random.below(256))]
                answers.append(random.bytes(upTo: 8) + (random.below(8) == 0 ? [] : statusWord))
            }
            let channel = ScriptedChannel(answers)
            _ = try? channel.send(Self.readRecord)
            guard channel.commands.count <= answers.count + 1 else {
                Issue.record("round \(round) of seed 6: \(answers)")
                return
            }
        }
    }
}
