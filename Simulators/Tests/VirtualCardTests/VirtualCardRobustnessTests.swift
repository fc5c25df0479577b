import SimulatorTestKit
import Testing
import VirtualCard

@Suite
struct VirtualCardRobustnessTests {
    private static let commandCount = 100_000

    private static let samples: [[UInt8]] = [
        SampleCard.selectEnvironment,
        [0x00, 0xA4, 0x00, 0x00, 0x02, 0xEF, 0x06],
        [0x00, 0xB2, 0x08, 0x34, 0x14],
        [0x00, 0xC0, 0x00, 0x00, 0x00],
        [0x00, 0x20, 0x00, 0x00, 0x03, 0x24, 0x68, 0x13],
        [0x80, 0x5E, 0x01, 0x00, 0x07, 0x24, 0x68, 0x13, 0xFF, 0x24, 0x68, 0x13],
        [0x00, 0x84, 0x00, 0x00, 0x08],
    ]

    @Test
    func everyCommandHasAnAnswerWithinBounds() {
        var random = SplitMix64(seed: 20_260_101)
        var card = SampleCard.selected()
        for _ in 0..<Self.commandCount {
            let answer = card.respond(to: Self.command(&random))
            #expect((2...258).contains(answer.count))
            if random.next() % 1_000 == 0 {
                card = SampleCard.selected()
            }
        }
    }

    /// Random bytes, or a usual command with changes.
    private static func command(_ random: inout SplitMix64) -> [UInt8] {
        guard random.next() % 4 > 0 else { return random.bytes(Int(random.next() % 40)) }
        var command = samples[Int(random.next() % UInt64(samples.count))]
        for _ in 0..<random.next() % 3 {
            command[Int(random.next() % UInt64(command.count))] = UInt8(truncatingIfNeeded: random.next())
        }
        if random.next() % 8 == 0 {
            command.removeLast(Int(random.next() % 3))
        }
        return command
    }

    @Test
    func descriptionsTellNothingAboutThePerson() {
        let card = SampleCard.selected()
        for text in ["\(card)", "\(card.image)", "\(card.image.holder)", String(reflecting: card)] {
            #expect(!text.contains("999999") && !text.contains("贾") && !text.contains("246813"))
        }
        var dumped = ""
        dump(card, to: &dumped)
        #expect(!dumped.contains("999999") && !dumped.contains("贾"))
    }
}
