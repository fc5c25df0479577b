import CivilIdentity

/// The other side of ``ESCPOSEncoder``: what a printer makes of bytes, for simulators and tests.
///
/// It is strict: whatever the encoder has no need of is refused, and the rest goes on. Any bytes give events in bounded
/// memory; it never fails. Real-time commands are recognised wherever they stand, also inside other commands, as in a
/// real printer.
public struct ESCPOSInterpreter: Sendable {
    private let printer: PrinterCapabilities

    /// A real-time command that has begun: `10`, or `10 04`, `10 05`.
    private var held: [UInt8] = []
    /// A command that has begun.
    private var command: [UInt8] = []
    /// A character of several bytes that has begun.
    private var character: [UInt8] = []

    private var line = ""
    private var lineColumns = 0
    private var lineSize: ReceiptStyle.Size?
    private var settings = Settings()
    private var storedCode: String?

    /// What commands set and `ESC @` resets.
    private struct Settings: Sendable {
        var alignment = ReceiptStyle.Alignment.left
        var isBold = false
        var asciiSize = ReceiptStyle.Size.normal
        var chineseSize = ReceiptStyle.Size.normal
        var isChinese = true
    }

    /// The most bytes of a command: the content of a QR code and its header.
    private static let commandBytesMax = 8 + Receipt.codeCharactersMax

    /// Makes a printer after power-up.
    ///
    /// - Parameter printer: Which model it is.
    public init(printer: PrinterCapabilities) {
        self.printer = printer
    }

    /// Takes bytes as they come, in any pieces.
    ///
    /// - Parameter bytes: What the printer gets.
    /// - Returns: What happens, in order; at most three events a byte.
    public mutating func take(_ bytes: some Sequence<UInt8>) -> [PrinterEvent] {
        var events: [PrinterEvent] = []
        for byte in bytes { take(byte, &events) }
        return events
    }

    /// Whether the printer waits for the rest of a command or character.
    public var isInsideCommand: Bool { !held.isEmpty || !command.isEmpty || !character.isEmpty }

    private mutating func take(_ byte: UInt8, _ events: inout [PrinterEvent]) {
        switch (held.count, byte) {
        case (0, ESCPOSCommand.dataLinkEscape):
            held = [byte]
        case (0, _):
            process(byte, &events)
        case (1, 0x04), (1, 0x05):
            held.append(byte)
        case (1, ESCPOSCommand.dataLinkEscape):
            process(byte, &events)
        case (1, _):
            held = []
            process(ESCPOSCommand.dataLinkEscape, &events)
            process(byte, &events)
        default:
            events.append(realTime(held[1], byte))
            held = []
        }
    }

    private mutating func realTime(_ function: UInt8, _ number: UInt8) -> PrinterEvent {
        if function == 0x04 {
            return PrinterStatus.realTimeNumbers.contains(number)
                ? .realTimeRequest(number) : .refused(.unknownCommand)
        }
        guard number == 1 || number == 2 else { return .refused(.unknownCommand) }
        if number == 2 { clear() }
        return .recoveryRequest(number)
    }

    private mutating func clear() {
        command = []
        character = []
        startLine()
    }

    private mutating func process(_ byte: UInt8, _ events: inout [PrinterEvent]) {
        if !command.isEmpty {
            takeCommand(byte, &events)
        } else if !character.isEmpty {
            takeCharacter(byte, &events)
        } else {
            switch byte {
            case ESCPOSCommand.lineFeed:
                endLine(&events)
            case ESCPOSCommand.escape, ESCPOSCommand.fileSeparator, ESCPOSCommand.groupSeparator:
                command = [byte]
            case 0x00..<0x20:
                events.append(.refused(.unknownCommand))
            default:
                takeCharacter(byte, &events)
            }
        }
    }
}

// MARK: Text

extension ESCPOSInterpreter {
    private mutating func takeCharacter(_ byte: UInt8, _ events: inout [PrinterEvent]) {
        character.append(byte)
        let length = settings.isChinese ? PrinterCharset.sequenceLength(character[...]) : 1
        guard character.count >= length else { return }
        let sequence = character
        character = []
        guard printer.charset.contains(sequence), let scalar = Self.scalar(of: sequence) else {
            events.append(.refused(.missingCharacter))
            return
        }
        put(scalar, &events)
    }

    private static func scalar(of sequence: [UInt8]) -> Unicode.Scalar? {
        if sequence.count == 1 { return Unicode.Scalar(sequence[0]) }
        return (try? GB18030.decode(sequence))?.unicodeScalars.first
    }

    private mutating func put(_ scalar: Unicode.Scalar, _ events: inout [PrinterEvent]) {
        let size = scalar.isASCII ? settings.asciiSize : settings.chineseSize
        guard lineSize == nil || lineSize == size else {
            events.append(.refused(.mixedSizes))
            return
        }
        let width = TextColumns.width(scalar) * size.widthFactor
        if lineColumns + width > printer.columns { endLine(&events) }
        line.unicodeScalars.append(scalar)
        lineColumns += width
        lineSize = size
    }

    private mutating func endLine(_ events: inout [PrinterEvent]) {
        let style = ReceiptStyle(
            alignment: settings.alignment,
            size: lineSize ?? settings.asciiSize,
            isBold: settings.isBold
        )
        events.append(.item(.line(line, style)))
        startLine()
    }

    private mutating func startLine() {
        line = ""
        lineColumns = 0
        lineSize = nil
    }
}

// MARK: Commands

extension ESCPOSInterpreter {
    private mutating func takeCommand(_ byte: UInt8, _ events: inout [PrinterEvent]) {
        command.append(byte)
        guard let length = Self.length(of: command), length <= Self.commandBytesMax else {
            command = []
            events.append(.refused(.unknownCommand))
            return
        }
        guard command.count == length else { return }
        let whole = command
        command = []
        run(whole, &events)
    }

    /// How long a command is, as far as its first bytes say; nil for one that is not known.
    private static func length(of command: [UInt8]) -> Int? {
        guard command.count >= 2 else { return 2 }
        switch (command[0], command[1]) {
        case (0x1B, 0x40), (0x1C, 0x26), (0x1C, 0x2E): return 2
        case (0x1B, 0x61), (0x1B, 0x45), (0x1B, 0x64), (0x1C, 0x21), (0x1C, 0x57), (0x1D, 0x21), (0x1D, 0x72):
            return 3
        case (0x1D, 0x56): return command.count >= 3 && (0x41...0x42).contains(command[2]) ? 4 : 3
        case (0x1D, 0x28):
            guard command.count >= 3 else { return 5 }
            guard command[2] == 0x6B else { return nil }
            return command.count < 5 ? 5 : 5 + Int(command[3]) + Int(command[4]) << 8
        default: return nil
        }
    }

    private mutating func run(_ command: [UInt8], _ events: inout [PrinterEvent]) {
        switch (command[0], command[1]) {
        case (0x1B, 0x40):
            settings = Settings()
            storedCode = nil
            clear()
            events.append(.initialized)
        case (0x1C, 0x26):
            settings.isChinese = true
        case (0x1C, 0x2E):
            settings.isChinese = false
        case (0x1D, 0x72):
            events.append(command[2] == 1 || command[2] == 0x31 ? .inOrderRequest : .refused(.unknownCommand))
        case (0x1B, 0x64):
            if !line.isEmpty { endLine(&events) }
            events.append(.feed(Int(command[2])))
        case _ where !line.isEmpty:
            events.append(.refused(.notAtLineStart))
        case (0x1D, 0x56):
            runCut(command, &events)
        case (0x1D, 0x28):
            runCode(command, &events)
        default:
            if !set(command[0], command[1], command[2]) { events.append(.refused(.unknownCommand)) }
        }
    }

    /// Alignment, weight and sizes.
    ///
    /// - Returns: False when the value, or the command on this model, is not known.
    private mutating func set(_ first: UInt8, _ second: UInt8, _ value: UInt8) -> Bool {
        switch (first, second, printer.chineseSize) {
        case (0x1B, 0x61, _):
            guard let alignment = ReceiptStyle.Alignment(rawValue: value) else { return false }
            settings.alignment = alignment
        case (0x1B, 0x45, _):
            guard value <= 1 else { return false }
            settings.isBold = value == 1
        case (0x1D, 0x21, let chinese):
            guard let size = Self.size(value, wide: 0x10, tall: 0x01) else { return false }
            settings.asciiSize = size
            if chinese == .shared { settings.chineseSize = size }
        case (0x1C, 0x21, .bits2And3), (0x1C, 0x21, .bits4And5):
            let (wide, tall): (UInt8, UInt8) = printer.chineseSize == .bits2And3 ? (0x04, 0x08) : (0x10, 0x20)
            guard let size = Self.size(value, wide: wide, tall: tall) else { return false }
            settings.chineseSize = size
        case (0x1C, 0x57, .quadruple):
            guard value <= 1 else { return false }
            settings.chineseSize = value == 1 ? .double : .normal
        default:
            return false
        }
        return true
    }

    private static func size(_ value: UInt8, wide: UInt8, tall: UInt8) -> ReceiptStyle.Size? {
        switch value {
        case 0: .normal
        case wide: .wide
        case tall: .tall
        case wide | tall: .double
        default: nil
        }
    }

    private func runCut(_ command: [UInt8], _ events: inout [PrinterEvent]) {
        let isPartial: Bool
        switch command[2] {
        case 0x00, 0x30, 0x41: isPartial = false
        case 0x01, 0x31, 0x42: isPartial = true
        default:
            events.append(.refused(.unknownCommand))
            return
        }
        guard printer.cutter == .full || (printer.cutter == .partial && isPartial) else {
            events.append(.refused(.unknownCommand))
            return
        }
        events.append(.cut(isPartial: isPartial))
    }

    private mutating func runCode(_ command: [UInt8], _ events: inout [PrinterEvent]) {
        guard printer.printsCodes, command.count >= 8, command[5] == 0x31 else {
            events.append(.refused(.unknownCommand))
            return
        }
        let parameters = command[7...]
        switch (command[6], parameters.count, parameters.first) {
        case (0x41, 2, 0x32), (0x43, 1, _), (0x45, 1, _):
            break
        case (0x50, 2..., 0x30):
            let content = parameters.dropFirst()
            let isASCII = content.allSatisfy { (0x20...0x7E).contains($0) }
            storedCode = isASCII ? String(decoding: content, as: UTF8.self) : nil
        case (0x51, 1, 0x30):
            events.append(storedCode.map { .item(.code($0)) } ?? .refused(.codeMissing))
        default:
            events.append(.refused(.unknownCommand))
        }
    }
}

extension ESCPOSInterpreter: PersonalContent {
    /// Nothing of what is printed.
    public var redacted: String { "printer of \(printer.columns) columns" }
}
