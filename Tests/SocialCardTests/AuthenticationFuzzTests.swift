import SeededRandom
import SmartCard
import Testing

@testable import SocialCard

/// Hostile cards and modules: each of 100,000 authentications ends, within the limits, in data or in an error of ours.
@Suite
struct AuthenticationFuzzTests {
    /// Changes some of the answers of a card or module.
    final class HostileChannel: CardChannel {
        private let inner: any CardChannel
        private var random: SplitMix64
        private(set) var count = 0

        init(_ inner: any CardChannel, seed: UInt64) {
            self.inner = inner
            random = SplitMix64(seed: seed)
        }

        var answerToReset: AnswerToReset? { inner.answerToReset }

        func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
            count += 1
            let answer = try inner.transmit(command)
            switch random.below(24) {
            case 0: return random.mutation(of: answer)
            case 1: return random.bytes(upTo: 24) + [0x90, 0x00]
            case 2: return [[0x63, 0x69, 0x6A, 0x61, 0x6C][random.below(5)], UInt8(random.below(256))]
            default: return answer
            }
        }
    }

    /// Takes every command; results are the ends of the data.
    final class WillingModule: CardChannel {
        var answerToReset: AnswerToReset? { nil }

        func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
            command[1] == 0xFA ? Array(command.suffix(8)) + [0x90, 0x00] : [0x90, 0x00]
        }
    }

    @Test
    func hundredThousandHostileCardsAndModulesEndInDataOrAnError() throws {
        var dialect = PSAMDialect.cla801a
        dialect.internalKey = PSAMDialect.Key(type: 8, identifier: 0x0B)
        let template = try Samples.thirdGeneration()
        var proved = 0
        for seed in 0..<100_000 {
            let inner = CardDouble(issuer: template.issuer, holder: template.holder)
            inner.fileControlInformation = template.fileControlInformation
            inner.answerToReset = template.answerToReset
            inner.isClosed = true
            // The willing module gives back the source: the second random number but one.
            inner.internalResult = [UInt8](repeating: 1, count: 8)
            let card = HostileChannel(inner, seed: UInt64(seed))
            let module = HostileChannel(WillingModule(), seed: UInt64(seed) << 20)
            do {
                guard case .closed(let data, let challenge) = try SocialCard.open(card) else { continue }
                let answer = try PSAM(module, dialect: dialect).answer(challenge)
                let whole = try SocialCard.complete(
                    card,
                    data,
                    challenge: challenge,
                    answer: answer,
                    proof: .psam
                )
                if whole.proof == .psam { proved += 1 }
            } catch is SmartCardError {
            } catch is SocialCardError {
            } catch {
                Issue.record("seed \(seed): \(type(of: error))")
                return
            }
            guard card.count <= 2 * SocialCard.exchangeLimit, module.count <= PSAM.exchangeLimit else {
                Issue.record("seed \(seed)")
                return
            }
        }
        #expect(proved > 1_000)
    }
}
