import BlockCipher
import SmartCard
import Testing

@testable import SocialCard

@Suite
struct SocialCardPINTests {
    /// Keeps a copy of the command and where it lay, then answers or fails.
    final class ProbeChannel: CardChannel {
        private let result: Result<[UInt8], SmartCardError>
        private(set) var commands: [[UInt8]] = []
        private(set) var address: UnsafeRawPointer?

        init(_ result: Result<[UInt8], SmartCardError>) {
            self.result = result
        }

        convenience init(_ answer: String) {
            self.init(.success(hex(answer)))
        }

        var answerToReset: AnswerToReset? { nil }

        func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
            commands.append(Array(command))
            address = command.baseAddress
            return try result.get()
        }
    }

    @Test(arguments: [
        ("123456", "00 20 00 00 03 123456"),
        ("1234", "00 20 00 00 02 1234"),
        ("12345", "00 20 00 00 03 12345F"),
        ("1234567890123456", "00 20 00 00 08 1234567890123456"),
    ])
    func verifyPacksDigits(_ pin: String, _ command: String) throws {
        let channel = ProbeChannel("9000")
        #expect(try SocialCard.verifyPIN(channel, pin: Digits(pin)) == .accepted)
        #expect(channel.commands == [hex(command)])
    }

    @Test(arguments: [
        ("123456", "654321", "80 5E 01 00 07 123456 FF 654321"),
        ("12345", "4321", "80 5E 01 00 06 12345F FF 4321"),
        ("1234567890123456", "12345", "80 5E 01 00 0C 1234567890123456 FF 12345F"),
    ])
    func changePacksBoth(_ old: String, _ new: String, _ command: String) throws {
        let channel = ProbeChannel("9000")
        #expect(try SocialCard.changePIN(channel, old: Digits(old), new: Digits(new)) == .accepted)
        #expect(channel.commands == [hex(command)])
    }

    @Test(
        arguments: [
            ("9000", .accepted), ("63C2", .wrong(triesLeft: 2)), ("63C1", .wrong(triesLeft: 1)),
            ("63CF", .wrong(triesLeft: 15)), ("6300", .wrong(triesLeft: nil)), ("63C0", .blocked), ("6983", .blocked),
        ] as [(String, PINVerification)]
    )
    func statusWordsAreOutcomes(_ answer: String, _ outcome: PINVerification) throws {
        #expect(try SocialCard.verifyPIN(ProbeChannel(answer), pin: Digits("123456")) == outcome)
        #expect(
            try SocialCard.changePIN(ProbeChannel(answer), old: Digits("123456"), new: Digits("654321")) == outcome
        )
    }

    @Test(
        arguments: [
            ("6D00", .pinUnsupported), ("6E00", .pinUnsupported), ("6A81", .pinUnsupported), ("6A88", .pinUnsupported),
            ("6982", .refused), ("6985", .refused), ("6301", .refused), ("6C03", .refused), ("6102", .refused),
            ("6F00", .refused), ("6700", .refused),
        ] as [(String, SocialCardError.Code)]
    )
    func otherStatusWordsAreErrorsAndNothingIsSentTwice(_ answer: String, _ code: SocialCardError.Code) {
        let channel = ProbeChannel(answer)
        let error = #expect(throws: SocialCardError.self) {
            try SocialCard.verifyPIN(channel, pin: Digits("123456"))
        }
        #expect(error?.code == code)
        #expect(channel.commands.count == 1)
        #expect(error?.message.contains("1234") == false)
    }

    @Test(arguments: ["", "1", "123", "12345678901234567", "12a4", "１２３４"])
    func nothingIsSentForAPINOfAnotherLength(_ pin: String) {
        let channel = ProbeChannel("9000")
        let verifyError = #expect(throws: SocialCardError.self) {
            try SocialCard.verifyPIN(channel, pin: Digits(pin))
        }
        #expect(verifyError?.code == .pinLength)
        for (old, new) in [(pin, "123456"), ("123456", pin)] {
            let changeError = #expect(throws: SocialCardError.self) {
                try SocialCard.changePIN(channel, old: Digits(old), new: Digits(new))
            }
            #expect(changeError?.code == .pinLength)
        }
        #expect(channel.commands.isEmpty)
    }

    @Test
    func anAnswerWithoutStatusWordIsMalformed() {
        let error = #expect(throws: SmartCardError.self) {
            try SocialCard.verifyPIN(ProbeChannel("90"), pin: Digits("123456"))
        }
        #expect(error?.code == .apduMalformed)
    }

    @Test(
        arguments: [
            .success(hex("9000")), .success(hex("63C1")), .success(hex("6F00")), .success(hex("")),
            .failure(SmartCardError(.cardRemoved, "the card is torn out")),
        ] as [Result<[UInt8], SmartCardError>]
    )
    func commandsAreWipedHoweverTheExchangeEnds(_ result: Result<[UInt8], SmartCardError>) {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 13, alignment: 1)
        defer { memory.deallocate() }

        let verify = ProbeChannel(result)
        let verifyCommand = UnsafeMutableRawBufferPointer(rebasing: memory[..<8])
        verifyCommand.copyBytes(from: Array(repeating: 0xAA, count: 8))
        Digits("123456").withDigits { digits in
            _ = try? SocialCard.verify(verify, digits: digits, command: verifyCommand)
        }
        #expect(verify.commands == [hex("00 20 00 00 03 123456")])
        #expect(verify.address == UnsafeRawPointer(verifyCommand.baseAddress))
        #expect(verifyCommand.allSatisfy { $0 == 0 })

        let change = ProbeChannel(result)
        let changeCommand = UnsafeMutableRawBufferPointer(rebasing: memory[..<12])
        changeCommand.copyBytes(from: Array(repeating: 0xAA, count: 12))
        Digits("123456").withDigits { old in
            Digits("654321").withDigits { new in
                _ = try? SocialCard.change(change, old: old, new: new, command: changeCommand)
            }
        }
        #expect(change.commands == [hex("80 5E 01 00 07 123456 FF 654321")])
        #expect(change.address == UnsafeRawPointer(changeCommand.baseAddress))
        #expect(changeCommand.allSatisfy { $0 == 0 })
    }

    @Test
    func wipingOverwritesEveryByteOfAnyLength() {
        for count in 0..<40 {
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
            defer { memory.deallocate() }
            memory.copyBytes(from: Array(repeating: 0xAA, count: count))
            WipedMemory.wipe(memory)
            #expect(memory.allSatisfy { $0 == 0 })
        }
    }
}
