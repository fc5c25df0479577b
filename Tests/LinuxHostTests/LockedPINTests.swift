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
