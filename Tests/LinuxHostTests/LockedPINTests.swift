import SocialCard
import Station
import Testing

@testable import LinuxHost

@Suite struct LockedPINTests {
    @Test func digitsAreLentInOrderAndGoneAfterAWipe() {
        let pin = LockedPIN()
        for digit in "135790".utf8 { #expect(pin.append(digit)) }
        pin.deleteLast()
        #expect(pin.withDigits { Array($0) } == Array("13579".utf8))
        pin.wipe()
        #expect(pin.count == 0)
        #expect(pin.withDigits { $0.isEmpty })
    }

    @Test func onlyDigitsAndNoMoreThanSixteen() {
        let pin = LockedPIN()
        #expect(!pin.append(UInt8(ascii: "a")))
        for _ in 0..<16 { #expect(pin.append(UInt8(ascii: "7"))) }
        #expect(!pin.append(UInt8(ascii: "7")))
        #expect(pin.count == 16)
    }

    @Test func takenDigitsAreGoneFromHereAndTheNextPersonCanType() {
        let pad = LockedPIN()
        for digit in "24680".utf8 { _ = pad.append(digit) }
        let taken = pad.take()
        #expect(pad.count == 0 && pad.withDigits { $0.isEmpty })
        taken.withDigits { digits in
            #expect(Array(digits) == Array("24680".utf8))
            #expect(pad.append(UInt8(ascii: "1")), "a card that is silent blocks no pad")
            pad.wipe()
        }
        #expect(taken.count == 5)
        taken.wipe()
        #expect(taken.count == 0 && taken.withDigits { $0.isEmpty })
    }

    @Test func aWipeDuringAReadingWaitsForItsEndAndLeavesNothing() {
        let pin = LockedPIN()
        for digit in "24680".utf8 { _ = pin.append(digit) }
        let seen = pin.withDigits { digits in
            pin.wipe()
            #expect(pin.count == 0)
            #expect(!pin.append(UInt8(ascii: "1")))
            #expect(pin.withDigits { $0.isEmpty }, "no second reader")
            return Array(digits)
        }
        #expect(seen == Array("24680".utf8), "no half-wiped PIN")
        #expect(pin.withDigits { $0.isEmpty })
    }
}
