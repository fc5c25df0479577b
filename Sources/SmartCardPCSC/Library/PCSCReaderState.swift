/// The state word of a reader: flags below, the counter of insertions and removals in the upper 16 bits (PROTOCOLS.md 3.2).
struct PCSCReaderState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    var rawValue: UInt32

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    init(_ flags: Flags, counter: UInt16 = 0) {
        rawValue = UInt32(flags.rawValue) | UInt32(counter) << 16
    }

    /// The caller knows nothing yet: a wait returns at once with the state.
    static let unaware = PCSCReaderState(rawValue: 0)

    var flags: Flags { Flags(rawValue: UInt16(truncatingIfNeeded: rawValue)) }

    /// How many insertions and removals the service has seen at this reader, modulo 65,536.
    var counter: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 16) }

    /// The state to wait from: without the mark of a change and without other programs' use of the reader, so that their
    /// connecting and disconnecting wakes nobody.
    var known: PCSCReaderState {
        PCSCReaderState(flags.subtracting([.changed, .inUse, .exclusive]), counter: counter)
    }

    var description: String { "0x" + String(rawValue, radix: 16) }

    /// The lower 16 bits of a state word.
    struct Flags: OptionSet, Hashable, Sendable {
        let rawValue: UInt16

        /// `SCARD_STATE_IGNORE`.
        static let ignore = Flags(rawValue: 0x0001)
        /// `SCARD_STATE_CHANGED`.
        static let changed = Flags(rawValue: 0x0002)
        /// `SCARD_STATE_UNKNOWN`: there is no such reader any more.
        static let unknown = Flags(rawValue: 0x0004)
        /// `SCARD_STATE_UNAVAILABLE`: the reader's driver reports errors, or the reader is gone.
        static let unavailable = Flags(rawValue: 0x0008)
        /// `SCARD_STATE_EMPTY`.
        static let empty = Flags(rawValue: 0x0010)
        /// `SCARD_STATE_PRESENT`.
        static let present = Flags(rawValue: 0x0020)
        /// `SCARD_STATE_EXCLUSIVE`.
        static let exclusive = Flags(rawValue: 0x0080)
        /// `SCARD_STATE_INUSE`.
        static let inUse = Flags(rawValue: 0x0100)
        /// `SCARD_STATE_MUTE`: a card that does not answer to reset.
        static let mute = Flags(rawValue: 0x0200)
    }
}
