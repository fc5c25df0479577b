/// What belongs to a receipt printer (PROTOCOLS.md 7.1 and 7.2).
public struct PrinterSettings: Hashable, Sendable {
    /// The characters that the printer has.
    public enum Charset: String, Hashable, Sendable, CaseIterable {
        /// All of GB 18030, also its characters of four bytes.
        case gb18030
        /// The characters of GB 18030 that have one or two bytes.
        case gb18030DoubleByte = "gb18030-double-byte"
        /// GB 2312, levels 1 and 2.
        case gb2312
    }

    /// What is printed for a character that the printer lacks.
    public enum MissingCharacter: String, Hashable, Sendable, CaseIterable {
        /// 〓.
        case geta
        /// `??`.
        case questionMarks = "question-marks"
    }

    /// How the printer makes Chinese characters larger.
    public enum ChineseSize: String, Hashable, Sendable, CaseIterable {
        /// `GS !` rules them too.
        case shared
        /// `FS !` with bits 2 and 3.
        case bits2And3 = "bits-2-3"
        /// `FS !` with bits 4 and 5.
        case bits4And5 = "bits-4-5"
        /// `FS W` alone.
        case quadruple
    }

    /// What the printer does at the end of a slip.
    public enum Cutter: String, Hashable, Sendable, CaseIterable {
        /// It cuts the paper through.
        case full
        /// It leaves a bridge.
        case partial
        /// It has no cutter.
        case none
    }

    /// How the printer answers `DLE EOT`.
    public struct Status: Hashable, Sendable {
        /// The bits of `DLE EOT 4` that say that the paper is near its end; none for a printer without that sensor.
        public var nearEndBits: UInt8
        /// The bits of `DLE EOT 4` that say that there is no paper.
        public var endBits: UInt8
        /// Whether it answers `GS r 1` behind the data, the proof that a slip was printed.
        public var confirmsInOrder: Bool

        /// Makes an answer.
        ///
        /// - Parameters:
        ///   - nearEndBits: The bits that say that the paper is near its end.
        ///   - endBits: The bits that say that there is no paper.
        ///   - confirmsInOrder: Whether it answers `GS r 1` behind the data.
        public init(nearEndBits: UInt8, endBits: UInt8, confirmsInOrder: Bool) {
            self.nearEndBits = nearEndBits
            self.endBits = endBits
            self.confirmsInOrder = confirmsInOrder
        }

        /// Whether the bits have a meaning in the answer (the others are fixed), lie apart, and paper end has one.
        public var isConsistent: Bool {
            (nearEndBits | endBits) & ~0x6C == 0 && nearEndBits & endBits == 0 && endBits != 0
        }
    }

    /// How long the steps of a slip may take.
    public struct Timings: Hashable, Sendable {
        /// One chunk; a printer takes nothing while its buffer is full.
        public var write: Duration
        /// One status answer.
        public var status: Duration
        /// The answer behind the data: what is in the buffer is printed first.
        public var confirmation: Duration
        /// The pause between two questions about recovery.
        public var recoveryPoll: Duration

        /// Makes timings.
        ///
        /// - Parameters:
        ///   - write: One chunk.
        ///   - status: One status answer.
        ///   - confirmation: The answer behind the data.
        ///   - recoveryPoll: The pause between two questions about recovery.
        public init(write: Duration, status: Duration, confirmation: Duration, recoveryPoll: Duration) {
            self.write = write
            self.status = status
            self.confirmation = confirmation
            self.recoveryPoll = recoveryPoll
        }
    }

    /// Columns of one line, in narrow characters: paper of 58 mm has 32, of 80 mm up to 48; 80 leaves room.
    public static let columnsRange = 24...80
    /// Lines that are fed before a cut.
    public static let feedRange = 0...20
    /// Bytes that are written at once.
    public static let chunkRange = 16...4_096
    /// A timing, in milliseconds.
    public static let timingRange = 50...120_000
    /// How often a slip that stopped in the middle is printed anew; more would only waste paper.
    public static let printRetriesRange = 0...4

    /// Columns of one line, in narrow characters; a Chinese character takes two.
    public var columns: Int
    /// The characters that the printer has.
    public var charset: Charset
    /// What is printed for a character that it lacks.
    public var missingCharacter: MissingCharacter
    /// How it makes Chinese characters larger.
    public var chineseSize: ChineseSize
    /// What it does at the end of a slip.
    public var cutter: Cutter
    /// Lines that are fed before a cut, so that the text is past the knife.
    public var feedLines: Int
    /// Whether it draws QR codes.
    public var printsCodes: Bool
    /// How it answers status requests, or nil when it does not.
    public var status: Status?
    /// Bytes that are written at once.
    public var chunkBytes: Int
    /// How long the steps may take.
    public var timings: Timings
    /// What is tried again.
    public var retries: RetrySettings
    /// How often a slip that stopped in the middle is printed anew.
    public var printRetries: Int

    /// Makes settings.
    ///
    /// - Parameters:
    ///   - columns: Columns of one line.
    ///   - charset: The characters that the printer has.
    ///   - missingCharacter: What is printed for a character that it lacks.
    ///   - chineseSize: How it makes Chinese characters larger.
    ///   - cutter: What it does at the end of a slip.
    ///   - feedLines: Lines that are fed before a cut.
    ///   - printsCodes: Whether it draws QR codes.
    ///   - status: How it answers status requests, or nil when it does not.
    ///   - chunkBytes: Bytes that are written at once.
    ///   - timings: How long the steps may take.
    ///   - retries: What is tried again.
    ///   - printRetries: How often a slip that stopped in the middle is printed anew.
    public init(
        columns: Int,
        charset: Charset,
        missingCharacter: MissingCharacter,
        chineseSize: ChineseSize,
        cutter: Cutter,
        feedLines: Int,
        printsCodes: Bool,
        status: Status?,
        chunkBytes: Int,
        timings: Timings,
        retries: RetrySettings,
        printRetries: Int
    ) {
        self.columns = columns
        self.charset = charset
        self.missingCharacter = missingCharacter
        self.chineseSize = chineseSize
        self.cutter = cutter
        self.feedLines = feedLines
        self.printsCodes = printsCodes
        self.status = status
        self.chunkBytes = chunkBytes
        self.timings = timings
        self.retries = retries
        self.printRetries = printRetries
    }
}
