/// A receipt printer that speaks ESC/POS (PROTOCOLS.md 7).
package struct VirtualPrinter: Peripheral {
    /// What a printer keeps while it cannot print, bytes; then the host has to wait.
    package static let bufferBytes = 4_096
    private static let dataLinkEscape: UInt8 = 0x10

    private var paper = DeviceCommand.Paper.full
    private var isCoverOpen = false
    private var isCutterBroken = false
    /// Lines until the paper ends; nil for never.
    private var linesLeft: Int?
    private var isChinese = true
    private var printed = PrintedPaper()
    private var buffer: [UInt8] = []
    /// The beginning of a real-time command whose rest has not come.
    private var realTime: [UInt8] = []
    private var unknownCommands = 0

    package var kind: String { "printer" }

    /// Makes a printer with paper.
    package init() {}

    /// Whether it prints; otherwise it only answers real-time commands.
    private var isOnline: Bool { paper != .out && !isCoverOpen && !isCutterBroken }

    package var takesBytes: Bool { isOnline || buffer.count < Self.bufferBytes }

    package mutating func restart(afterPower: Bool) {
        realTime.removeAll()
        guard afterPower else { return }
        buffer.removeAll()
        printed.forgetLine()
        isChinese = true
    }

    package mutating func receive(
        _ bytes: [UInt8],
        on pipe: Pipe,
        faults: inout PeripheralFaults
    ) -> [PeripheralOutput] {
        var answers: [UInt8] = []
        for byte in bytes {
            answers += takeRealTime(byte)
        }
        answers += work()
        if !answers.isEmpty, faults.wrongStatus.strikes() {
            answers = faults.status
        }
        return answers.map { PeripheralOutput([$0]) }
    }

    /// DLE EOT n is answered when it is received, wherever it stands; all other bytes go to the buffer.
    private mutating func takeRealTime(_ byte: UInt8) -> [UInt8] {
        realTime.append(byte)
        switch realTime.count {
        case 1 where byte == Self.dataLinkEscape, 2 where byte == 0x04 || byte == 0x05:
            return []
        case 3 where realTime[1] == 0x05:
            realTime.removeAll()
            return []
        case 3 where (1...4).contains(byte):
            realTime.removeAll()
            return [status(byte)]
        default:
            // The last byte may begin a command itself.
            let isBeginning = realTime.count > 1 && byte == Self.dataLinkEscape
            buffer += isBeginning ? realTime.dropLast() : realTime[...]
            realTime = isBeginning ? [byte] : []
            return []
        }
    }

    /// One byte of real-time status; bits 1 and 4 are always set.
    private func status(_ number: UInt8) -> UInt8 {
        let fixed: UInt8 = 0x12
        switch number {
        case 1: return fixed | (isOnline ? 0 : 0x08)
        case 2:
            return fixed | (isCoverOpen ? 0x04 : 0) | (paper == .out ? 0x20 : 0) | (isCutterBroken ? 0x40 : 0)
        case 3: return fixed | (isCutterBroken ? 0x08 : 0)
        default: return fixed | (paper == .full ? 0 : 0x0C) | (paper == .out ? 0x60 : 0)
        }
    }

    /// Prints what is in the buffer, as far as the printer can.
    ///
    /// - Returns: answers to status requests between the data.
    private mutating func work() -> [UInt8] {
        var answers: [UInt8] = []
        var start = 0
        while isOnline, let (command, length) = PrintCommand.next(buffer[start...]) {
            start += length
            switch command {
            case .text(let byte):
                printed.type(byte)
                if printed.isLineFull {
                    endLine()
                }
            case .lineFeed: endLine()
            case .feed(let count):
                for _ in 0..<max(count, printed.isInLine ? 1 : 0) {
                    endLine()
                }
            case .initialise:
                printed.forgetLine()
                isChinese = true
            case .chinese(let isOn): isChinese = isOn
            case .cut:
                if printed.isInLine {
                    endLine()
                }
                printed.cut()
            case .status(let number):
                let paperStatus: UInt8 = paper == .full ? 0 : 0x03
                answers.append(number == 1 || number == 49 ? paperStatus : 0)
            case .mark(let text):
                printed.put(text)
            case .other: break
            case .unknown: unknownCommands += 1
            }
        }
        buffer.removeFirst(start)
        return answers
    }

    private mutating func endLine() {
        printed.endLine(isChinese: isChinese)
        guard let left = linesLeft else { return }
        linesLeft = max(left - 1, 0)
        if left <= 1 {
            linesLeft = nil
            paper = .out
        }
    }

    // MARK: - Printer class requests (PROTOCOLS.md 7.2)

    package mutating func control(
        _ setup: SetupPacket,
        _ data: [UInt8],
        faults: inout PeripheralFaults
    ) -> ControlAnswer? {
        switch (setup.requestType, setup.request) {
        case (0xA1, 0):
            let text = Array("MFG:OneCard Simulator;CMD:ESC/POS;MDL:Receipt printer (simulated);CLS:PRINTER;".utf8)
            let count = text.count + 2
            return .data([UInt8(count >> 8), UInt8(count & 0xFF)] + text)
        case (0xA1, 1):
            if faults.wrongStatus.strikes() {
                return .data(Array(faults.status.prefix(1)))
            }
            let fine: UInt8 = 0x08
            return .data([0x10 | (paper == .out ? 0x20 : 0) | (isOnline ? fine : 0)])
        case (0x21, 2), (0x23, 2):
            restart(afterPower: true)
            return .accepted
        default:
            return nil
        }
    }

    // MARK: - Hands

    package mutating func perform(_ command: DeviceCommand) throws(PeripheralFailure) -> HandResult {
        switch command {
        case .paper(let paper):
            self.paper = paper
            linesLeft = nil
        case .paperAfter(let lines):
            linesLeft = lines
            if lines == 0 {
                linesLeft = nil
                paper = .out
            }
        case .cover(let isOpen): isCoverOpen = isOpen
        case .cutter(let isBroken): isCutterBroken = isBroken
        case .printed: return HandResult(text: printed.lines.joined(separator: "\n"))
        case .tearOff: printed.tearOff()
        default: throw PeripheralFailure("a printer cannot do that")
        }
        // The repaired printer goes on with what it kept.
        return HandResult(outputs: work().map { PeripheralOutput([$0]) })
    }

    package var state: [String: String] {
        [
            "paper": paper.rawValue,
            "cover": isCoverOpen ? "open" : "closed",
            "cutter": isCutterBroken ? "broken" : "ok",
            "lines": String(printed.lineCount),
            "buffered": String(buffer.count),
            "unknown": String(unknownCommands),
        ]
    }
}
