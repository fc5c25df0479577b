import SmartCard

/// A card that behaves like one: an application with two files of records, and the oddities of cards in the field; its
/// keys are canned answers.
final class CardDouble: CardChannel {
    /// Records of EF05 and EF06 in the order of their numbers; nil is a record that the card refuses.
    var issuer: [[UInt8]?]
    var holder: [[UInt8]?]
    var fileControlInformation = hex("6F 16", "84 0F 7378312E73682E C9E7BBE1B1A3D5CF", "A5 03 88011E")
    /// The forms of P1 and P2 that SELECT by file identifier takes.
    var selectionForms: [[UInt8]] = [[0, 0], [2, 0], [2, 2]]
    var knowsTags = true
    var knowsNumbers = true
    /// T=0: answers are announced with 61xx, other lengths refused with 6Cxx.
    var isByteOriented = false
    /// Le other than the exact one or 00 is refused with 6700.
    var refusesOtherLengths = false
    /// Answers 6282 to an Le beyond the end of the record.
    var saysEndOfFile = false
    /// The status word for a refused record.
    var recordRefusal = StatusWord.recordNotFound
    /// The exchange at which the card is torn out, from 0.
    var tornAt: Int?

    /// What INTERNAL AUTHENTICATE gives; nil refuses it.
    var internalResult: [UInt8]? = hex("A1A2A3A4A5A6A7A8")
    /// The answer to EXTERNAL AUTHENTICATE.
    var externalAnswer = hex("9000")
    /// Whether the holder's file waits for EXTERNAL AUTHENTICATE.
    var isClosed = false
    /// The answer to PIN UNBLOCK.
    var resetAnswer = hex("9000")
    var answerToReset: AnswerToReset?

    private(set) var commands: [[UInt8]] = []
    private var randomNumbers = 0
    private var isApplicationSelected = false
    private var selected: [[UInt8]?]?
    private var announced: [UInt8] = []

    init(issuer: [[UInt8]?], holder: [[UInt8]?] = []) {
        self.issuer = issuer
        self.holder = holder
    }

    func transmit(_ bytes: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
        guard commands.count != tornAt else { throw SmartCardError(.cardRemoved, "the card is torn out") }
        commands.append(Array(bytes))
        let command = try CommandAPDU(bytes: bytes)
        switch command.ins {
        case 0xA4: return select(command)
        case 0xB2: return readRecord(command)
        case 0xC0:
            guard command.expectedLength == announced.count else { return [0x6C, UInt8(announced.count)] }
            return announced + [0x90, 0x00]
        case 0x84:
            randomNumbers += 1
            return [UInt8](repeating: UInt8(randomNumbers), count: 8) + [0x90, 0x00]
        case 0x88:
            return internalResult.map { $0 + [0x90, 0x00] } ?? hex("6A88")
        case 0x82:
            if externalAnswer == hex("9000") { isClosed = false }
            return externalAnswer
        case 0x24: return resetAnswer
        default: return hex("6D00")
        }
    }

    /// Loses power: selections and random numbers are gone.
    func loseState() {
        isApplicationSelected = false
        selected = nil
        externalAnswer = hex("6985")
    }

    private func select(_ command: CommandAPDU) -> [UInt8] {
        if command.p1 == 0x04 {
            isApplicationSelected = true
            announced = fileControlInformation
            guard isByteOriented else { return fileControlInformation + [0x90, 0x00] }
            return [0x61, UInt8(announced.count)]
        }
        guard selectionForms.contains([command.p1, command.p2]) else { return hex("6A86") }
        guard isApplicationSelected else { return hex("6A82") }
        switch command.data {
        case [0xEF, 0x05]: selected = issuer
        case [0xEF, 0x06]: selected = isClosed ? holder.map { _ in nil } : holder
        default: return hex("6A82")
        }
        return hex("9000")
    }

    private func readRecord(_ command: CommandAPDU) -> [UInt8] {
        guard let selected else { return hex("6986") }
        let record: [UInt8]?
        switch command.p2 {
        case 0x00 where knowsTags:
            record = selected.compactMap(\.self).first { $0.first == command.p1 }
        case 0x04 where knowsNumbers:
            let index = Int(command.p1) - 1
            guard selected.indices.contains(index) else { return hex("6A83") }
            record = selected[index]
        default: return hex("6A81")
        }
        guard let record else { return [recordRefusal.sw1, recordRefusal.sw2] }
        let isExact = command.expectedLength == record.count
        if isByteOriented, !isExact { return [0x6C, UInt8(record.count)] }
        if refusesOtherLengths, !isExact, command.expectedLength != 256 { return hex("6700") }
        let expectedLength = command.expectedLength ?? 0
        let statusWord = saysEndOfFile && expectedLength > record.count ? StatusWord.endOfFile : .success
        return record.prefix(expectedLength) + [statusWord.sw1, statusWord.sw2]
    }
}
