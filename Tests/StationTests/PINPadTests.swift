import Testing

@testable import Station

@Suite struct PINPadTests {
    @Test func everyDrawingHasItsOwnTokensAndEachIsGoodOnce() throws {
        var pad = PINPad(isShuffled: false)
        let random = seededRandom(1)
        pad.renew(random)
        let first = pad.keys
        #expect(Set(first.map(\.token)).count == 13)
        let five = try #require(first.first { $0.label == "5" })
        #expect(pad.use(five.token) == .digit(UInt8(ascii: "5")))
        #expect(pad.use(five.token) == nil)
        pad.renew(random)
        #expect(Set(first.map(\.token)).isDisjoint(with: pad.keys.map(\.token)))
        #expect(pad.use(five.token) == nil)
    }

    @Test func theOrderIsThatOfATelephoneUnlessRandomOrderIsAskedFor() {
        var plain = PINPad(isShuffled: false)
        plain.renew(seededRandom(1))
        #expect(plain.keys.prefix(10).map(\.label) == ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"])
        var shuffled = PINPad(isShuffled: true)
        shuffled.renew(seededRandom(1))
        let order = shuffled.keys.prefix(10).map(\.label)
        #expect(Set(order).count == 10)
        #expect(order != plain.keys.prefix(10).map(\.label))
        shuffled.renew(seededRandom(2))
        #expect(shuffled.keys.prefix(10).map(\.label) == order, "the order stays while the pad stands")
    }
}
