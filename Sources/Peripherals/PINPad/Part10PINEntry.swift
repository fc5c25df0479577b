/// The entry of a social-security PIN at a reader with a PIN pad: the structures of PC/SC part 10 (PROTOCOLS.md 1.7,
/// 3.5).
///
/// The PIN is packed decimal and its command has just the bytes of its digits, so that the length must be known before:
/// six digits as a rule. The reader puts the digits into the command; no digit comes to this program.
public struct Part10PINEntry: Hashable, Sendable {
    /// The number of digits.
    public let digits: Int
    /// How long the person may wait before the first key, seconds; 0 leaves it to the reader.
    public let firstKeySeconds: UInt8
    /// How long the person may wait after a key, seconds; 0 leaves it to the reader.
    public let nextKeySeconds: UInt8

    /// The numbers of digits that a PIN can have (PROTOCOLS.md 1.7).
    public static let digitsRange = 4...16

    /// System units are bytes, the PIN begins at the first byte, left-justified, packed decimal.
    ///
    /// From memory of part 10; the public example for ASCII is 82.
    private static let formatString: UInt8 = 0x81
    /// The entry ends when Enter is pressed.
    private static let entryValidation: UInt8 = 0x02
    /// Chinese as in the People's Republic, low byte first.
    private static let languageID: [UInt8] = [0x04, 0x08]
    /// Padding that stands where the reader puts the digits.
    private static let filler: UInt8 = 0xFF

    /// Makes an entry.
    ///
    /// - Parameters:
    ///   - digits: The number of digits, within ``digitsRange``.
    ///   - firstKeySeconds: How long the person may wait before the first key.
    ///   - nextKeySeconds: How long the person may wait after a key.
    /// - Throws: ``PeripheralError`` with `pinpad.length`.
    public init(digits: Int, firstKeySeconds: UInt8 = 30, nextKeySeconds: UInt8 = 15) throws(PeripheralError) {
        guard Self.digitsRange.contains(digits) else {
            throw PeripheralError(.pinpadLength, "a PIN has 4 to 16 digits")
        }
        self.digits = digits
        self.firstKeySeconds = firstKeySeconds
        self.nextKeySeconds = nextKeySeconds
    }

    private var packedBytes: Int { (digits + 1) / 2 }

    /// Offset of the block's length in the high half (none), its bytes in the low.
    private var blockString: UInt8 { UInt8(packedBytes) }

    /// Least and most digits; the number 0xXXYY stands with its low byte, the most, first.
    private var digitBounds: [UInt8] { [UInt8(digits), UInt8(digits)] }

    private var fillers: [UInt8] { Array(repeating: Self.filler, count: packedBytes) }

    /// `PIN_VERIFY_STRUCTURE` with VERIFY `00 20 00 00`.
    public var verifyStructure: [UInt8] {
        let command: [UInt8] = [0x00, 0x20, 0x00, 0x00, UInt8(packedBytes)] + fillers
        var bytes: [UInt8] = [firstKeySeconds, nextKeySeconds, Self.formatString, blockString]
        bytes.append(0x00)  // bmPINLengthFormat: the command carries no length of the PIN
        bytes += digitBounds
        bytes.append(Self.entryValidation)
        bytes.append(0x01)  // bNumberMessage: one prompt
        bytes += Self.languageID
        bytes.append(0x00)  // bMsgIndex: the prompt for a PIN
        bytes += [0x00, 0x00, 0x00]  // bTeoPrologue
        return bytes + Self.littleEndian(command.count) + command
    }

    /// `PIN_MODIFY_STRUCTURE` with CHANGE PIN `80 5E 01 00`.
    ///
    /// The data are the old digits, FF and the new digits. The reader asks for the old PIN and twice for the new one.
    public var modifyStructure: [UInt8] {
        let data = fillers + [0xFF] + fillers
        let command: [UInt8] = [0x80, 0x5E, 0x01, 0x00, UInt8(data.count)] + data
        var bytes: [UInt8] = [firstKeySeconds, nextKeySeconds, Self.formatString, blockString]
        bytes.append(0x00)  // bmPINLengthFormat
        bytes += [0x00, UInt8(packedBytes + 1)]  // bInsertionOffsetOld, bInsertionOffsetNew
        bytes += digitBounds
        bytes.append(0x03)  // bConfirmPIN: the new PIN twice, the old one too
        bytes.append(Self.entryValidation)
        bytes.append(0x03)  // bNumberMessage: three prompts
        bytes += Self.languageID
        bytes += [0x00, 0x01, 0x02]  // bMsgIndex1…3: old PIN, new PIN, new PIN again
        bytes += [0x00, 0x00, 0x00]  // bTeoPrologue
        return bytes + Self.littleEndian(command.count) + command
    }

    private static func littleEndian(_ count: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: count), UInt8(truncatingIfNeeded: count >> 8), 0, 0]
    }
}
