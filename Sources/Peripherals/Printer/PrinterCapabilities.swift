/// What a model of ESC/POS printer can do: the values of a device profile (PROTOCOLS.md 7.1, 7.2).
public struct PrinterCapabilities: Hashable, Sendable {
    /// What the cutter does; many printers cut only partially.
    public enum Cutter: String, Sendable, CaseIterable {
        /// The slip falls off.
        case full
        /// The slip hangs by a bridge.
        case partial
        /// The person tears the slip off.
        case none
    }

    /// Columns of the normal size: 32 on paper of 58 mm, 42 or 48 on 80 mm.
    public let columns: Int
    /// Which characters the printer has.
    public let charset: PrinterCharset
    /// What is printed for characters that it lacks.
    public let missingCharacterSign: MissingCharacterSign
    /// How it makes Chinese characters larger.
    public let chineseSize: ChineseSizeCommand
    /// What its cutter does.
    public let cutter: Cutter
    /// Lines that are fed before the cut, so that the last line clears the cutter.
    public let feedLinesBeforeCut: Int
    /// Whether it draws QR codes (`GS ( k`).
    public let printsCodes: Bool
    /// Whether it answers real-time status requests (`DLE EOT`).
    public let reportsRealTime: Bool
    /// Whether it answers `GS r 1` in order, behind the data: the one proof that a slip was printed.
    public let confirmsInOrder: Bool
    /// The bits of the answer to `DLE EOT 4` that say that the paper is out.
    public let paperEndBits: UInt8
    /// The bits of the answer to `DLE EOT 4` that say that the paper is near its end.
    public let paperNearEndBits: UInt8
    /// The most bytes of one write; a longer command is a write of its own.
    public let chunkBytes: Int

    /// The columns that a printer can have.
    public static let columnsRange = 16...96
    /// The lines that can be fed before a cut.
    public static let feedLinesRange = 0...20
    /// The bytes that one write can have.
    public static let chunkBytesRange = 16...4_096
    /// The bits of a real-time answer that have a meaning; the others are fixed.
    public static let realTimeBits: UInt8 = 0x6C

    /// Makes a description.
    ///
    /// - Parameters:
    ///   - columns: Columns of the normal size, within ``columnsRange``.
    ///   - charset: Which characters the printer has.
    ///   - missingCharacterSign: What is printed for characters that it lacks.
    ///   - chineseSize: How it makes Chinese characters larger.
    ///   - cutter: What its cutter does.
    ///   - feedLinesBeforeCut: Lines that are fed before the cut, within ``feedLinesRange``.
    ///   - printsCodes: Whether it draws QR codes.
    ///   - reportsRealTime: Whether it answers `DLE EOT`.
    ///   - confirmsInOrder: Whether it answers `GS r 1` behind the data.
    ///   - paperEndBits: Normally 60; on the Citizen PPU-231, where bit 6 means the presenter, 20.
    ///   - paperNearEndBits: Normally 0C; 00 for a printer without that sensor.
    ///   - chunkBytes: The most bytes of one write, within ``chunkBytesRange``.
    /// - Throws: ``PeripheralError`` with `printer.profile` for a value out of its bounds.
    public init(
        columns: Int,
        charset: PrinterCharset = .gb18030,
        missingCharacterSign: MissingCharacterSign = .geta,
        chineseSize: ChineseSizeCommand = .bits2And3,
        cutter: Cutter = .partial,
        feedLinesBeforeCut: Int = 4,
        printsCodes: Bool = false,
        reportsRealTime: Bool = true,
        confirmsInOrder: Bool = true,
        paperEndBits: UInt8 = 0x60,
        paperNearEndBits: UInt8 = 0x0C,
        chunkBytes: Int = 512
    ) throws(PeripheralError) {
        guard Self.columnsRange.contains(columns) else { throw Self.invalid("columns", Self.columnsRange) }
        guard Self.feedLinesRange.contains(feedLinesBeforeCut) else {
            throw Self.invalid("feed lines before the cut", Self.feedLinesRange)
        }
        guard Self.chunkBytesRange.contains(chunkBytes) else {
            throw Self.invalid("bytes of a write", Self.chunkBytesRange)
        }
        guard (paperEndBits | paperNearEndBits) & ~Self.realTimeBits == 0, paperEndBits & paperNearEndBits == 0,
            paperEndBits != 0
        else {
            throw PeripheralError(.printerProfile, "the bits of paper end and near end lie apart within 6C, end not 00")
        }
        self.columns = columns
        self.charset = charset
        self.missingCharacterSign = missingCharacterSign
        self.chineseSize = chineseSize
        self.cutter = cutter
        self.feedLinesBeforeCut = feedLinesBeforeCut
        self.printsCodes = printsCodes
        self.reportsRealTime = reportsRealTime
        self.confirmsInOrder = confirmsInOrder
        self.paperEndBits = paperEndBits
        self.paperNearEndBits = paperNearEndBits
        self.chunkBytes = chunkBytes
    }

    private static func invalid(_ what: String, _ range: ClosedRange<Int>) -> PeripheralError {
        PeripheralError(.printerProfile, "\(what) lie within \(range.lowerBound)...\(range.upperBound)")
    }

    /// The size in which the printer prints a line of this size.
    func nearestSize(_ size: ReceiptStyle.Size) -> ReceiptStyle.Size {
        chineseSize == .quadruple && size != .double ? .normal : size
    }
}
