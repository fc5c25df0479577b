/// The algorithm environment that a card announces when its application is selected (PROTOCOLS.md 1.1).
public enum CardAlgorithm: Hashable, Sendable {
    /// Triple DES, announced as 01; also meant when the card announces nothing.
    case tripleDES
    /// SSF33, announced as 02; by inference, no source shows it.
    case ssf33
    /// SM4, announced as 03.
    case sm4
    /// A value without a known meaning.
    case other(UInt8)

    /// Takes the byte of the announcement.
    ///
    /// - Parameter environment: The value of tag 86 in 9F0C.
    public init(environment: UInt8) {
        switch environment {
        case 0x01: self = .tripleDES
        case 0x02: self = .ssf33
        case 0x03: self = .sm4
        default: self = .other(environment)
        }
    }

    /// The byte of the announcement.
    public var environment: UInt8 {
        switch self {
        case .tripleDES: 0x01
        case .ssf33: 0x02
        case .sm4: 0x03
        case .other(let value): value
        }
    }
}
