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
        [0x00, 0x88, 0x00, 0x00, 0x10] + [UInt8](repeating: 1, count: 16),
        [0x00, 0x82, 0x00, 0x0A, 0x10] + [UInt8](repeating: 1, count: 16),
        [0x00, 0x82, 0x00, 0x06, 0x10] + [UInt8](repeating: 1, count: 16),
        [0x84, 0x24, 0x00, 0x00, 0x04, 1, 2, 3, 4],
        [0x84, 0x24, 0x00, 0x01, 0x14] + [UInt8](repeating: 1, count: 20),
        [0x00, 0xA4, 0x04, 0x00, 0x08, 0xA0, 0x00, 0x00, 0x03, 0x33, 0x01, 0x01, 0x01, 0x00],
        [0x80, 0xCA, 0x9F, 0x79, 0x00],
    ]

    /// A card of generation 3 that accepts any terminal and has a financial application: most code is reached.
    private static let open = SampleCard.image(
        generation: 3,
        cipher: .sm4,
        quirks: [.anyAuthenticationAccepted],
        payment: PaymentImage(
            account: "6217000000000003214",
            validFrom: "20200601",
            validTo: "20400531",
            balanceFen: 1,
            log: [PaymentImage.Entry(date: "20260108", time: "091530", amountFen: 200, merchant: "演示")]
        )
    )

    @Test(arguments: [SampleCard.image(), open])
    func everyCommandHasAnAnswerWithinBounds(_ image: CardImage) {
        var random = SplitMix64(seed: 20_260_101)
        var card = SampleCard.selected(image)
        for _ in 0..<Self.commandCount {
            let answer = card.respond(to: Self.command(&random))
            #expect((2...258).contains(answer.count))
            if random.next() % 1_000 == 0 {
                card = SampleCard.selected(image)
            }
        }
    }

    /// Random bytes, or a usual command with changes.
    private static func command(_ random: inout SplitMix64, _ samples: [[UInt8]] = samples) -> [UInt8] {
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

    @Test(arguments: SecurityModuleImage.Dialect.allCases)
    func everyCommandToAModuleHasAnAnswerWithinBounds(_ dialect: SecurityModuleImage.Dialect) {
        let samples: [[UInt8]] = [
            [0x00, 0xA4, 0x00, 0x00, 0x02, 0xDF, 0x01],
            [0xBF, 0xDE, 0x48, 0x0A, 0x18] + [UInt8](repeating: 1, count: 24),
            [0x80, 0x1A, 0x48, 0x09, 0x10] + [UInt8](repeating: 1, count: 16),
            [0x80, 0xFC, 0x00, 0x00, 0x08] + [UInt8](repeating: 1, count: 8),
            [0x80, 0xFA, 0x00, 0x00, 0x10] + [UInt8](repeating: 1, count: 16),
            [0x80, 0xFA, 0x05, 0x00, 0x20] + [UInt8](repeating: 1, count: 32),
            [0x00, 0xC0, 0x00, 0x00, 0x10],
        ]
        var random = SplitMix64(seed: 20_260_102)
        var module = VirtualPSAM(image: SecurityModuleImage(dialect: dialect, cipher: .sm4), seed: 1)
        _ = module.reset()
        var served = 0
        for _ in 0..<Self.commandCount {
            let answer = module.respond(to: Self.command(&random, samples))
            #expect((2...258).contains(answer.count))
            if answer.count > 2, answer.suffix(2) == [0x90, 0x00] { served += 1 }
        }
        #expect(served > 100)
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
