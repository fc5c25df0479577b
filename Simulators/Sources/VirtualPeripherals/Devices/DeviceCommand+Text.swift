extension DeviceCommand {
    /// The longest command, bytes.
    package static let lengthMax = 4_096
    private static let timesMax = 1_000_000

    /// Reads a command from its line.
    ///
    /// `state`, `plug`, `unplug`, `serial TEXT`, `mute [TIMES]`, `slow MS`, `checksum [TIMES]`, `answer HEX [TIMES]`,
    /// `duplicate [TIMES]`, `torn BYTES`, `remove-at BYTES [in|out]`, `stall ENDPOINT [TIMES]`, `clear`, `place NAME`,
    /// `lift`, `paper full|near|out`, `paper-after LINES`, `cover open|closed`, `cutter ok|broken`, `printed`,
    /// `tear-off`, `scan TEXT`. Endpoints and status bytes are hexadecimal; without TIMES a fault stays until `clear`.
    ///
    /// - Parameters:
    ///   - line: the command without its line end.
    ///   - document: finds the document of a name.
    /// - Throws: ``PeripheralFailure``.
    package init(_ line: String, document: (String) -> VirtualDocument?) throws(PeripheralFailure) {
        guard line.utf8.count <= Self.lengthMax else {
            throw PeripheralFailure("a command has at most \(Self.lengthMax) bytes")
        }
        let parts = line.split(separator: " ", maxSplits: 1)
        guard let verb = parts.first else { throw PeripheralFailure("a command is missing") }
        let rest = parts.count > 1 ? String(parts[1]) : ""
        if let command = try Self.plain(verb, rest, document) {
            self = command
        } else if let fault = try Self.fault(verb, rest.split(separator: " ").map(String.init)) {
            self = .fault(fault)
        } else {
            throw PeripheralFailure("\(verb) is no command")
        }
    }

    private static func plain(
        _ verb: Substring,
        _ rest: String,
        _ document: (String) -> VirtualDocument?
    ) throws(PeripheralFailure) -> DeviceCommand? {
        switch verb {
        case "state": return .state
        case "plug": return .plug
        case "unplug": return .unplug
        case "serial":
            guard !rest.isEmpty, USBDescription.isText(rest) else {
                throw PeripheralFailure("a serial number is printable ASCII")
            }
            return .replace(serial: rest)
        case "clear": return .clearFaults
        case "place":
            guard let found = document(rest) else { throw PeripheralFailure("no document of that name") }
            return .place(found)
        case "lift": return .lift
        case "paper":
            guard let paper = Paper(rawValue: rest) else { throw PeripheralFailure("paper is full, near or out") }
            return .paper(paper)
        case "paper-after": return .paperAfter(lines: try number(rest, in: 0...timesMax))
        case "cover": return .cover(isOpen: try choice(rest, ["closed", "open"]) == 1)
        case "cutter": return .cutter(isBroken: try choice(rest, ["ok", "broken"]) == 1)
        case "printed": return .printed
        case "tear-off": return .tearOff
        case "scan":
            guard !rest.isEmpty else { throw PeripheralFailure("a text to scan is missing") }
            return .scan(rest)
        default: return nil
        }
    }

    private static func fault(_ verb: Substring, _ words: [String]) throws(PeripheralFailure) -> Fault? {
        switch verb {
        case "mute": return .mute(times: try times(words.first))
        case "slow": return .slow(milliseconds: try number(words.first, in: 0...PeripheralFaults.slowMillisecondsMax))
        case "checksum": return .wrongChecksum(times: try times(words.first))
        case "duplicate": return .duplicate(times: try times(words.first))
        case "torn": return .torn(bytes: try number(words.first, in: 1...64))
        case "answer":
            guard let first = words.first, let status = hexadecimal(first), (1...3).contains(status.count) else {
                throw PeripheralFailure("a status has one to three bytes in hex")
            }
            return .wrongStatus(status, times: try times(words.dropFirst().first))
        case "remove-at":
            let isSending = words.count < 2 ? true : try choice(words[1], ["out", "in"]) == 1
            return .remove(
                PeripheralFaults.Removal(
                    afterBytes: try number(words.first, in: 0...timesMax),
                    isSending: isSending
                )
            )
        case "stall":
            guard let endpoint = words.first.flatMap(hexadecimal)?.first else {
                throw PeripheralFailure("an endpoint has two digits in hex")
            }
            return .stall(endpoint: endpoint, times: try times(words.dropFirst().first))
        default: return nil
        }
    }

    // MARK: - Words

    private static func times(_ word: String?) throws(PeripheralFailure) -> Int {
        guard let word else { return Int.max }
        return try number(word, in: 1...timesMax)
    }

    private static func number(_ word: String?, in range: ClosedRange<Int>) throws(PeripheralFailure) -> Int {
        guard let word, let value = Int(word), range.contains(value) else {
            throw PeripheralFailure("expected a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    private static func choice(_ word: String, _ words: [String]) throws(PeripheralFailure) -> Int {
        guard let index = words.firstIndex(of: word) else {
            throw PeripheralFailure("expected \(words.joined(separator: " or "))")
        }
        return index
    }

    private static func hexadecimal(_ text: String) -> [UInt8]? {
        let letters = Array(text)
        guard !letters.isEmpty, letters.count.isMultiple(of: 2) else { return nil }
        let bytes = stride(from: 0, to: letters.count, by: 2).compactMap {
            UInt8(String(letters[$0...($0 + 1)]), radix: 16)
        }
        return bytes.count * 2 == letters.count ? bytes : nil
    }
}
