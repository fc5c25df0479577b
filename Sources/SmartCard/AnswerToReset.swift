/// A card's answer to reset, parsed (ISO 7816-3, 8.2; contact and contactless forms, PROTOCOLS.md 1.6).
///
/// On cards of the first two generations the historical bytes end with the serial of the card, so the description shows
/// the number of bytes only.
public struct AnswerToReset: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The least and the most bytes of an answer: TS and T0; TS and 32 more (ISO 7816-3, 8.2.1).
    public static let lengthRange = 2...33

    /// The whole answer from TS on, 2 to 33 bytes.
    public let bytes: [UInt8]

    /// The groups of interface bytes, in order: TA1, TB1, TC1, TD1; TA2 and so on.
    public let interfaceBytes: [InterfaceBytes]

    /// The historical bytes, at most 15.
    public let historicalBytes: [UInt8]

    /// The protocols that the TD bytes name; T=0 alone if there is no TD1.
    public let protocols: Set<TransmissionProtocol>

    /// Parses an answer strictly.
    ///
    /// - Parameter bytes: The whole answer, as PC/SC gives it (inverse convention already turned, TS then 3F).
    /// - Throws: ``SmartCardError`` with `atr.malformed` if the length is out of bounds, TS is neither 3B nor 3F, an
    ///   announced byte is missing, a byte is left over, or the check byte that a protocol other than T=0 demands is
    ///   wrong.
    public init(bytes: some Collection<UInt8>) throws(SmartCardError) {
        guard Self.lengthRange.contains(bytes.count) else {
            throw SmartCardError(.atrMalformed, "an answer to reset has \(bytes.count) bytes")
        }
        let bytes = Array(bytes)
        guard bytes[0] == 0x3B || bytes[0] == 0x3F else {
            throw SmartCardError(.atrMalformed, "an answer to reset begins with neither 3B nor 3F")
        }
        var cursor = Cursor(bytes: bytes, position: 1)
        let t0 = try cursor.next()
        var announced = t0 >> 4
        var groups: [InterfaceBytes] = []
        var protocolNumbers: Set<UInt8> = []
        while announced != 0 {
            let group = try cursor.nextGroup(announced: announced)
            groups.append(group)
            guard let td = group.td else { break }
            protocolNumbers.insert(td & 0x0F)
            announced = td >> 4
        }
        let historical = try cursor.next(count: Int(t0 & 0x0F))
        // TCK is there if and only if a protocol other than T=0 is named (ISO 7816-3, 8.2.5).
        if protocolNumbers.contains(where: { $0 != 0 }) {
            _ = try cursor.next()
            guard bytes.dropFirst().reduce(0, ^) == 0 else {
                throw SmartCardError(.atrMalformed, "the check byte of an answer to reset is wrong")
            }
        }
        guard cursor.position == bytes.count else {
            throw SmartCardError(.atrMalformed, "an answer to reset of \(bytes.count) bytes ends at \(cursor.position)")
        }
        self.bytes = bytes
        self.interfaceBytes = groups
        self.historicalBytes = historical
        self.protocols = Self.protocols(protocolNumbers)
    }

    /// The number of bytes; the bytes themselves can carry a serial.
    public var description: String { "answer to reset of \(bytes.count) bytes" }

    /// The same as ``description``.
    public var debugDescription: String { description }

    /// T=15 is no protocol: it announces global interface bytes.
    private static func protocols(_ numbers: Set<UInt8>) -> Set<TransmissionProtocol> {
        var protocols: Set<TransmissionProtocol> = []
        for number in numbers where number != 15 {
            switch number {
            case 0: protocols.insert(.t0)
            case 1: protocols.insert(.t1)
            default: protocols.insert(.other)
            }
        }
        return protocols.isEmpty ? [.t0] : protocols
    }
}

extension AnswerToReset {
    /// One group of interface bytes, each present or not.
    public struct InterfaceBytes: Hashable, Sendable {
        /// TAi.
        public let ta: UInt8?
        /// TBi.
        public let tb: UInt8?
        /// TCi.
        public let tc: UInt8?
        /// TDi: the next group's presence in the upper half, the protocol in the lower.
        public let td: UInt8?
    }

    private struct Cursor {
        let bytes: [UInt8]
        var position: Int

        mutating func next() throws(SmartCardError) -> UInt8 {
            guard position < bytes.count else {
                throw SmartCardError(.atrMalformed, "an answer to reset of \(bytes.count) bytes is cut")
            }
            defer { position += 1 }
            return bytes[position]
        }

        mutating func next(count: Int) throws(SmartCardError) -> [UInt8] {
            guard count <= bytes.count - position else {
                throw SmartCardError(.atrMalformed, "an answer to reset of \(bytes.count) bytes is cut")
            }
            defer { position += count }
            return Array(bytes[position..<(position + count)])
        }

        mutating func nextGroup(announced: UInt8) throws(SmartCardError) -> InterfaceBytes {
            InterfaceBytes(
                ta: announced & 1 == 0 ? nil : try next(),
                tb: announced & 2 == 0 ? nil : try next(),
                tc: announced & 4 == 0 ? nil : try next(),
                td: announced & 8 == 0 ? nil : try next()
            )
        }
    }
}
