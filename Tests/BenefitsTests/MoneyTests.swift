import Benefits
import SeededRandom
import Testing

@Suite
struct MoneyTests {
    @Test(
        arguments: [
            ("0", 0), ("1", 100), ("1234.5", 123_450), ("1234.56", 123_456), ("0.05", 5), ("-0.05", -5),
            ("-12", -1_200),
            ("92233720368547758.07", Int64.max),
        ] as [(String, Int64)]
    )
    func yuanAreRead(_ text: String, _ fen: Int64) {
        #expect(Money(yuan: text)?.fen == fen)
    }

    @Test(arguments: [
        "", "-", ".", "1.", ".5", "1.234", "1,234", "1 ", "+1", "--1", "1.2.3", "1e5", "１", "92233720368547758.08",
        "999999999999999999999999",
    ])
    func otherTextIsRefused(_ text: String) {
        #expect(Money(yuan: text) == nil)
    }

    @Test(
        arguments: [
            (0, "0.00"), (5, "0.05"), (-5, "-0.05"), (123_456, "1234.56"), (-100, "-1.00"),
            (Int64.min, "-92233720368547758.08"),
        ] as [(Int64, String)]
    )
    func amountIsWrittenWithTwoDigits(_ fen: Int64, _ text: String) {
        #expect(Money(fen: fen).description == text)
    }

    @Test
    func arithmeticIsChecked() {
        #expect(Money(fen: 2).adding(Money(fen: 3)) == Money(fen: 5))
        #expect(Money(fen: .max).adding(Money(fen: 1)) == nil)
        #expect(Money(fen: 2).subtracting(Money(fen: 3)) == Money(fen: -1))
        #expect(Money(fen: .min).subtracting(Money(fen: 1)) == nil)
        #expect(Money(fen: 22_000).multiplied(by: 3) == Money(fen: 66_000))
        #expect(Money(fen: .max).multiplied(by: 2) == nil)
        #expect(Money.zero < Money(fen: 1))
    }

    @Test
    func randomTextIsRefusedOrReadBack() {
        var random = SplitMix64(seed: 0x40EE_0001)
        let alphabet = Array("0123456789.-".utf8)
        for _ in 0..<100_000 {
            let bytes = (0..<random.below(22)).map { _ in alphabet[random.below(alphabet.count)] }
            guard let money = Money(yuan: String(decoding: bytes, as: UTF8.self)) else { continue }
            #expect(Money(yuan: money.description) == money)
        }
    }
}
