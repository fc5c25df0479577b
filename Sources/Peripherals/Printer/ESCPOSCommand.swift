/// The commands of ESC/POS that this library sends (PROTOCOLS.md 7.1; `ESC a`, `ESC E`, `ESC d`, `GS r` and `GS ( k` by
/// the public reference of Epson).
enum ESCPOSCommand {
    static let lineFeed: UInt8 = 0x0A
    static let dataLinkEscape: UInt8 = 0x10
    static let escape: UInt8 = 0x1B
    static let fileSeparator: UInt8 = 0x1C
    static let groupSeparator: UInt8 = 0x1D

    /// `ESC @`: buffers and settings as after power-up.
    static let initialize: [UInt8] = [escape, 0x40]
    /// `FS &`: bytes from 81 on begin Chinese characters.
    static let chineseMode: [UInt8] = [fileSeparator, 0x26]
    /// `GS r 1`: the paper sensor, answered when all before it has been processed.
    static let inOrderStatus: [UInt8] = [groupSeparator, 0x72, 0x01]

    /// `DLE EOT n`: one of the four real-time answers, given at once.
    static func realTimeStatus(_ number: UInt8) -> [UInt8] { [dataLinkEscape, 0x04, number] }

    /// `ESC a n`.
    static func alignment(_ alignment: ReceiptStyle.Alignment) -> [UInt8] { [escape, 0x61, alignment.rawValue] }

    /// `ESC E n`.
    static func bold(_ isOn: Bool) -> [UInt8] { [escape, 0x45, isOn ? 1 : 0] }

    /// `ESC d n`: prints the line and feeds.
    static func feed(lines: Int) -> [UInt8] { [escape, 0x64, UInt8(clamping: lines)] }

    /// `GS V`: cuts at the beginning of a line; nothing without a cutter.
    static func cut(_ cutter: PrinterCapabilities.Cutter) -> [UInt8] {
        switch cutter {
        case .full: [groupSeparator, 0x56, 0x00]
        case .partial: [groupSeparator, 0x56, 0x01]
        case .none: []
        }
    }

    /// `GS !` for all characters or ASCII alone, and what the model needs for Chinese characters.
    static func size(_ size: ReceiptStyle.Size, chinese: ChineseSizeCommand) -> [[UInt8]] {
        let isWide = size.widthFactor == 2
        let isTall = size.heightFactor == 2
        let all: [UInt8] = [groupSeparator, 0x21, (isWide ? 0x10 : 0) | (isTall ? 0x01 : 0)]
        switch chinese {
        case .shared:
            return [all]
        case .bits2And3:
            return [all, [fileSeparator, 0x21, (isWide ? 0x04 : 0) | (isTall ? 0x08 : 0)]]
        case .bits4And5:
            return [all, [fileSeparator, 0x21, (isWide ? 0x10 : 0) | (isTall ? 0x20 : 0)]]
        case .quadruple:
            return [all, [fileSeparator, 0x57, size == .double ? 1 : 0]]
        }
    }

    /// `GS ( k`: model 2, six dots a module, correction level M, the content, print.
    static func code(_ content: String) -> [[UInt8]] {
        let data = Array(content.utf8)
        return [
            codeFunction(0x41, [0x32, 0x00]),
            codeFunction(0x43, [0x06]),
            codeFunction(0x45, [0x31]),
            codeFunction(0x50, [0x30] + data),
            codeFunction(0x51, [0x30]),
        ]
    }

    private static func codeFunction(_ function: UInt8, _ parameters: [UInt8]) -> [UInt8] {
        let length = parameters.count + 2
        return [
            groupSeparator, 0x28, 0x6B, UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8),
            0x31, function,
        ] + parameters
    }
}
