/// The frame of a serial PIN pad, described by values: there is no open standard, each model has its own (PROTOCOLS.md
/// 7.3).
///
/// On the line: start, length if there is one, payload, checksum if there is one, end. Length, payload and checksum are
/// escaped, if the model escapes; length and checksum count the bytes before escaping.
public struct SerialPINPadFrame: Hashable, Sendable {
    /// The field that tells the length of the payload.
    public enum LengthField: String, Sendable, CaseIterable {
        /// There is none.
        case none
        /// One byte.
        case oneByte = "one-byte"
        /// Two bytes, the high one first.
        case twoBytesBigEndian = "two-bytes-big-endian"
        /// Two bytes, the low one first.
        case twoBytesLittleEndian = "two-bytes-little-endian"

        /// The bytes of the field.
        var byteCount: Int {
            switch self {
            case .none: 0
            case .oneByte: 1
            case .twoBytesBigEndian, .twoBytesLittleEndian: 2
            }
        }
    }

    /// The checksum over length and payload.
    public enum Checksum: String, Sendable, CaseIterable {
        /// There is none.
        case none
        /// The exclusive or of the bytes.
        case xor
        /// The sum of the bytes modulo 256.
        case sum

        /// The bytes of the field.
        var byteCount: Int { self == .none ? 0 : 1 }

        /// The checksum with one more byte.
        func adding(_ byte: UInt8, to checksum: UInt8) -> UInt8 {
            switch self {
            case .none: 0
            case .xor: checksum ^ byte
            case .sum: checksum &+ byte
            }
        }
    }

    /// What the frame begins with.
    public let start: UInt8
    /// What it ends with; nil when the length alone ends it.
    public let end: UInt8?
    /// What stands before a byte that would be taken for start, end or itself; nil when the model does not escape.
    public let escape: UInt8?
    /// What an escaped byte is combined with by exclusive or; 00 leaves it as it is.
    public let escapeMask: UInt8
    /// How the length is told.
    public let lengthField: LengthField
    /// How the frame is checked.
    public let checksum: Checksum
    /// Whether the checksum stands behind the end and counts it too, as the LRC of many models does.
    public let checksumFollowsEnd: Bool

    /// The most bytes of a payload: commands and answers of a PIN pad have less than a hundred.
    public static let payloadBytesMax = 256

    /// Makes a description.
    ///
    /// - Parameters:
    ///   - start: What the frame begins with.
    ///   - end: What it ends with, if it does.
    ///   - escape: The escape byte, if there is one.
    ///   - escapeMask: What an escaped byte is combined with.
    ///   - lengthField: How the length is told.
    ///   - checksum: How the frame is checked.
    ///   - checksumFollowsEnd: Whether the checksum stands behind the end.
    /// - Throws: ``PeripheralError`` with `pinpad.profile` when neither end nor length would end a frame, the special
    ///   bytes are not distinct, a mask would make a special byte of an escaped one, or a checksum is to follow an end
    ///   that is not there.
    public init(
        start: UInt8,
        end: UInt8?,
        escape: UInt8? = nil,
        escapeMask: UInt8 = 0,
        lengthField: LengthField = .none,
        checksum: Checksum = .none,
        checksumFollowsEnd: Bool = false
    ) throws(PeripheralError) {
        guard end != nil || lengthField != .none else {
            throw PeripheralError(.pinpadProfile, "a frame ends by an end byte or by its length")
        }
        let special = [start, end, escape].compactMap(\.self)
        guard Set(special).count == special.count else {
            throw PeripheralError(.pinpadProfile, "start, end and escape are different bytes")
        }
        guard escapeMask == 0 || (escape != nil && special.allSatisfy { !special.contains($0 ^ escapeMask) }) else {
            throw PeripheralError(.pinpadProfile, "an escaped byte is none of start, end and escape")
        }
        guard !checksumFollowsEnd || (end != nil && checksum != .none) else {
            throw PeripheralError(.pinpadProfile, "a checksum that follows the end needs both")
        }
        self.start = start
        self.end = end
        self.escape = escape
        self.escapeMask = escapeMask
        self.lengthField = lengthField
        self.checksum = checksum
        self.checksumFollowsEnd = checksumFollowsEnd
    }

    /// Puts a command into a frame.
    ///
    /// - Parameter payload: The command, from the profile: no digit of a PIN.
    /// - Returns: The bytes for the line.
    /// - Throws: ``PeripheralError`` with `pinpad.profile` for more than ``payloadBytesMax`` bytes or than the length
    ///   field can tell, and for a byte that the frame cannot carry: the end, when neither a length nor an escape
    ///   covers it.
    public func encode(_ payload: [UInt8]) throws(PeripheralError) -> [UInt8] {
        guard payload.count <= Self.payloadBytesMax, lengthField != .oneByte || payload.count <= 0xFF else {
            throw PeripheralError(.pinpadProfile, "a command has at most \(Self.payloadBytesMax) bytes, or 255")
        }
        let body = lengthBytes(payload.count) + payload
        var sum = body.reduce(0) { checksum.adding($1, to: $0) }
        let inner = body + (checksum == .none || checksumFollowsEnd ? [] : [sum])
        if escape == nil, lengthField == .none, let end, inner.contains(end) {
            throw PeripheralError(.pinpadProfile, "the frame cannot carry its own end byte")
        }
        var frame = [start] + inner.flatMap(escaped)
        if let end {
            frame.append(end)
            sum = checksum.adding(end, to: sum)
        }
        if checksumFollowsEnd { frame.append(sum) }
        return frame
    }

    private func lengthBytes(_ count: Int) -> [UInt8] {
        let low = UInt8(truncatingIfNeeded: count)
        let high = UInt8(truncatingIfNeeded: count >> 8)
        return switch lengthField {
        case .none: []
        case .oneByte: [low]
        case .twoBytesBigEndian: [high, low]
        case .twoBytesLittleEndian: [low, high]
        }
    }

    private func escaped(_ byte: UInt8) -> [UInt8] {
        guard let escape, byte == start || byte == end || byte == escape else { return [byte] }
        return [escape, byte ^ escapeMask]
    }
}
