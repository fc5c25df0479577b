import SeededRandom
import SmartCard
import SocialCard
import Testing

/// Hostile cards: each of 100,000 readings ends, within the limit of exchanges, in data or in an error of ours.
@Suite
struct SocialCardFuzzTests {
    /// Answers from a table by command; some answers are changed.
    final class TableChannel: CardChannel {
        var table: [[UInt8]: [UInt8]]
        private(set) var count = 0

        init(_ table: [[UInt8]: [UInt8]]) {
            self.table = table
        }

        var answerToReset: AnswerToReset? { nil }

        func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
            count += 1
            return table[Array(command)] ?? [0x6A, 0x83]
        }
    }

    /// Answers everything at random, more often than not with a status word of success.
    final class RandomChannel: CardChannel {
        var random: SplitMix64
        private(set) var count = 0

        init(seed: UInt64) {
            self.random = SplitMix64(seed: seed)
        }

        var answerToReset: AnswerToReset? { nil }

        func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
            count += 1
            var data = random.bytes(upTo: 24)
            // A record in form: tag that was asked for, or any, and a length that fits.
            if command.count == 5, command[1] == 0xB2, data.count >= 2, random.below(4) != 0 {
                data[0] = random.below(4) == 0 ? UInt8(random.below(16)) : command[2]
                data[1] = UInt8(data.count - 2)
            }
            switch random.below(16) {
            case 0: return data
            case 1: return data + [0x61, UInt8(random.below(256))]
            case 2: return [0x6C, UInt8(random.below(256))]
            case 3: return [0x6A, UInt8(0x80 + random.below(9))]
            default: return data + [0x90, 0x00]
            }
        }
    }

    /// All exchanges of readings of both generations, by tag and by number.
    private static func transcript() throws -> [[UInt8]: [UInt8]] {
        final class Recorder: CardChannel {
            let card: CardDouble
            var table: [[UInt8]: [UInt8]] = [:]

            init(_ card: CardDouble) {
                self.card = card
            }

            var answerToReset: AnswerToReset? { nil }

            func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
                let answer = try card.transmit(command)
                table[Array(command)] = answer
                return answer
            }
        }
        let recorder = Recorder(Samples.secondGeneration())
        _ = try SocialCard.read(recorder)
        return recorder.table
    }

    /// Runs a reading; anything but data or one of our errors is an issue.
    private static func reads(_ channel: any CardChannel) -> SocialCardData? {
        do {
            return try SocialCard.read(channel)
        } catch is SmartCardError {
            return nil
        } catch is SocialCardError {
            return nil
        } catch {
            Issue.record("an error of another kind: \(type(of: error))")
            return nil
        }
    }

    @Test
    func hundredThousandMutatedCardsEndInDataOrAnError() throws {
        let table = try Self.transcript()
        let commands = table.keys.sorted { $0.lexicographicallyPrecedes($1) }
        var random = SplitMix64(seed: 7)
        var whole = 0
        for round in 0..<100_000 {
            let channel = TableChannel(table)
            for _ in 0...random.below(3) {
                let command = commands[random.below(commands.count)]
                let answer = table[command] ?? []
                // Half the changes are inside the value, so that the decoders of values get their share.
                if round.isMultiple(of: 2), answer.count > 4 {
                    let index = 2 + random.below(answer.count - 4)
                    channel.table[command]?[index] = UInt8(random.below(256))
                } else {
                    channel.table[command] = random.mutation(of: answer)
                }
            }
            if Self.reads(channel) != nil { whole += 1 }
            guard channel.count <= SocialCard.exchangeLimit else {
                Issue.record("round \(round) of seed 7")
                return
            }
        }
        #expect(whole > 10_000)
    }

    @Test
    func hundredThousandRandomCardsEndInDataOrAnError() {
        var whole = 0
        for seed in 0..<100_000 {
            let channel = RandomChannel(seed: UInt64(seed))
            if Self.reads(channel) != nil { whole += 1 }
            guard channel.count <= SocialCard.exchangeLimit else {
                Issue.record("seed \(seed)")
                return
            }
        }
        #expect(whole > 0)
    }
}
