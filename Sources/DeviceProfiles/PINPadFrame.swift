/// The frame of a PIN pad on a serial line: `start [length] body [checksum] [end] [checksum]`.
public struct PINPadFrame: Hashable, Sendable {
    /// The length field after the start, which counts the bytes of the body.
    public enum Length: String, Hashable, Sendable, CaseIterable {
        /// There is none.
        case none
        /// One byte.
        case one = "one-byte"
        /// Two bytes, the high one first.
        case twoBigEndian = "two-bytes-big-endian"
        /// Two bytes, the low one first.
        case twoLittleEndian = "two-bytes-little-endian"
    }

    /// A checksum of one byte.
    public struct Checksum: Hashable, Sendable {
        /// How the bytes are put together.
        public enum Method: String, Hashable, Sendable, CaseIterable {
            /// Exclusive or.
            case xor
            /// The low byte of the sum.
            case sum
        }

        /// Where the checksum stands.
        public enum Place: String, Hashable, Sendable, CaseIterable {
            /// Before the end; it covers length and body.
            case beforeEnd = "before-end"
            /// After the end; it covers length, body and end.
            case afterEnd = "after-end"
        }

        /// How the bytes are put together.
        public var method: Method
        /// Where the checksum stands.
        public var place: Place

        /// Makes a checksum.
        ///
        /// - Parameters:
        ///   - method: How the bytes are put together.
        ///   - place: Where the checksum stands.
        public init(method: Method, place: Place) {
            self.method = method
            self.place = place
        }
    }

    /// The bodies of the commands.
    public struct Commands: Hashable, Sendable {
        /// Starts an entry: the pad sends keys.
        public var startEntry: [UInt8]
        /// Ends an entry.
        public var endEntry: [UInt8]

        /// Makes commands.
        ///
        /// - Parameters:
        ///   - startEntry: Starts an entry.
        ///   - endEntry: Ends an entry.
        public init(startEntry: [UInt8], endEntry: [UInt8]) {
            self.startEntry = startEntry
            self.endEntry = endEntry
        }
    }

    /// The codes of the keys, one byte each and all different.
    public struct Keys: Hashable, Sendable {
        /// The ten digits, from 0.
        public var digits: [UInt8]
        /// Ends the entry.
        public var enter: UInt8
        /// Takes back all digits.
        public var clear: UInt8
        /// Gives up.
        public var cancel: UInt8

        /// Makes codes.
        ///
        /// - Parameters:
        ///   - digits: The ten digits, from 0.
        ///   - enter: Ends the entry.
        ///   - clear: Takes back all digits.
        ///   - cancel: Gives up.
        public init(digits: [UInt8], enter: UInt8, clear: UInt8, cancel: UInt8) {
            self.digits = digits
            self.enter = enter
            self.clear = clear
            self.cancel = cancel
        }

        /// All codes.
        public var all: [UInt8] { digits + [enter, clear, cancel] }
    }

    /// How a control byte stands in a body.
    public struct Escape: Hashable, Sendable {
        /// What stands before a byte that would be taken for start, end or itself.
        public var byte: UInt8
        /// What that byte is combined with by exclusive or; 00 leaves it as it is.
        public var mask: UInt8

        /// Makes an escape.
        ///
        /// - Parameters:
        ///   - byte: What stands before a control byte.
        ///   - mask: What that byte is combined with.
        public init(byte: UInt8, mask: UInt8) {
            self.byte = byte
            self.mask = mask
        }
    }

    /// Bytes of a command's body.
    public static let commandBytesMax = 32

    /// The byte that begins a frame.
    public var start: UInt8
    /// The byte that ends it, or nil when the length alone does.
    public var end: UInt8?
    /// How a control byte stands in a body; nil when the pad does not escape.
    public var escape: Escape?
    /// The length field.
    public var length: Length
    /// The checksum, or nil for none.
    public var checksum: Checksum?
    /// The commands.
    public var commands: Commands
    /// The keys.
    public var keys: Keys

    /// Makes a frame.
    ///
    /// - Parameters:
    ///   - start: The byte that begins a frame.
    ///   - end: The byte that ends it.
    ///   - escape: How a control byte stands in a body.
    ///   - length: The length field.
    ///   - checksum: The checksum.
    ///   - commands: The commands.
    ///   - keys: The keys.
    public init(
        start: UInt8,
        end: UInt8?,
        escape: Escape?,
        length: Length,
        checksum: Checksum?,
        commands: Commands,
        keys: Keys
    ) {
        self.start = start
        self.end = end
        self.escape = escape
        self.length = length
        self.checksum = checksum
        self.commands = commands
        self.keys = keys
    }

    /// The bytes that only the frame itself uses: start, end and escape.
    public var controlBytes: [UInt8] { [start, end, escape?.byte].compactMap(\.self) }

    /// The bytes that a body must not hold, since nothing would tell them from the frame itself.
    ///
    /// A frame with a length field or an escape byte has none.
    public var forbiddenInBody: [UInt8] { length == .none && escape == nil ? controlBytes : [] }
}
