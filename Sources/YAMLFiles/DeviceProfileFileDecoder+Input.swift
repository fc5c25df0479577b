import DeviceProfiles

/// Scanners and PIN pads.
extension DeviceProfileFileDecoder {
    static func framedScanner(_ top: YAMLMapping) -> (ScannerFraming, RetrySettings)? {
        let entry = top.mapping("framing")
        let prefix = entry?.hexBytesOrNone("prefix", countMax: ScannerFraming.prefixMax)
        let suffix = entry?.choice("suffix", of: ScannerFraming.Suffix.self)
        let idle = entry?.milliseconds("idleMilliseconds", in: ScannerFraming.idleRange)
        let length = entry?.integer("lengthMax", in: ScannerFraming.lengthRange)
        let retries = retries(top)
        guard let prefix, let suffix, let idle, let length, let retries else { return nil }
        let framing = ScannerFraming(prefix: prefix, suffix: suffix, idle: idle, lengthMax: length)
        if !framing.isConsistent { entry?.note("expected fewer bytes than `lengthMax`, no 0d and no 0a", at: "prefix") }
        return (framing, retries.settings)
    }

    static func reportingScanner(_ top: YAMLMapping) -> DeviceSettings? {
        let offsets = 0...ScannerReport.bytesRange.upperBound - 1
        let entry = top.mapping("report")
        let id = entry?.hexBytesOrNone("id", countMax: 1)
        let bytes = entry?.integer("bytes", in: ScannerReport.bytesRange)
        let length = entry?.integer("lengthOffset", in: offsets)
        let symbology = entry?.either(
            "symbology",
            texts: ["none"],
            fromText: { _ in Int?.none },
            fromMapping: { $0.integer("offset", in: offsets).map(Optional.some) }
        )
        let data = entry?.integer("dataOffset", in: offsets)
        let dataBytes = entry?.integer("dataBytes", in: 1...ScannerReport.bytesRange.upperBound)
        let continuation = entry?.either(
            "continuation",
            texts: ["none"],
            fromText: { _ in ScannerReport.Continuation?.none },
            fromMapping: { Self.continuation($0, offsets).map(Optional.some) }
        )
        let lengthMax = entry?.integer("lengthMax", in: ScannerFraming.lengthRange)
        let retries = retries(top)
        guard let id, let bytes, let length, let symbology, let data, let dataBytes, let continuation, let lengthMax,
            let retries
        else {
            return nil
        }
        let report = ScannerReport(
            reportID: id.first,
            bytes: bytes,
            lengthOffset: length,
            symbologyOffset: symbology,
            dataOffset: data,
            dataBytes: dataBytes,
            continuation: continuation,
            lengthMax: lengthMax
        )
        guard report.isConsistent else {
            top.note("expected fields inside the report of which no two share a byte", at: "report")
            return nil
        }
        return .hidPOS(report, retries.settings)
    }

    private static func continuation(
        _ entry: YAMLMapping,
        _ offsets: ClosedRange<Int>
    ) -> ScannerReport.Continuation? {
        let offset = entry.integer("offset", in: offsets)
        let bit = entry.integer("bit", in: 0...7)
        guard let offset, let bit else { return nil }
        return ScannerReport.Continuation(offset: offset, bit: bit)
    }

    static func cardReaderPINPad(_ top: YAMLMapping) -> DeviceSettings? {
        let limits = top.mapping("pin").flatMap(pinLimits)
        let timings = top.mapping("timings").flatMap(pinTimings)
        let retries = retries(top)
        guard let limits, let timings, let retries else { return nil }
        return .part10(limits, timings, retries.settings)
    }

    static func serialPINPad(_ top: YAMLMapping) -> DeviceSettings? {
        let limits = top.mapping("pin").flatMap(pinLimits)
        let frame = top.mapping("frame").flatMap(frame)
        let entry = top.mapping("timings")
        let timings = entry.flatMap(pinTimings)
        let answer = entry?.milliseconds("answer", in: SerialPINPadSettings.answerRange)
        let retries = retries(top, beside: "exchange")
        guard let limits, let frame, let timings, let answer, let retries else { return nil }
        return .serialFrame(
            SerialPINPadSettings(
                limits: limits,
                frame: frame,
                timings: timings,
                answer: answer,
                retries: retries.settings,
                exchangeRetries: retries.count
            )
        )
    }

    static func onScreenPINPad(_ top: YAMLMapping) -> DeviceSettings? {
        let limits = top.mapping("pin").flatMap(pinLimits)
        let timings = top.mapping("timings").flatMap(pinTimings)
        guard let limits, let timings else { return nil }
        return .onScreen(limits, timings)
    }

    private static func pinLimits(_ entry: YAMLMapping) -> PINEntryLimits? {
        let fewest = entry.integer("digitsMin", in: PINEntryLimits.digitsRange)
        let most = entry.integer("digitsMax", in: PINEntryLimits.digitsRange)
        guard let fewest, let most else { return nil }
        guard most >= fewest else {
            entry.note("expected no less than `digitsMin`", at: "digitsMax")
            return nil
        }
        return PINEntryLimits(digitsMin: fewest, digitsMax: most)
    }

    private static func pinTimings(_ entry: YAMLMapping) -> PINEntryTimings? {
        let first = entry.milliseconds("firstKey", in: PINEntryTimings.range)
        let next = entry.milliseconds("nextKey", in: PINEntryTimings.range)
        guard let first, let next else { return nil }
        return PINEntryTimings(firstKey: first, nextKey: next)
    }

    private static func frame(_ entry: YAMLMapping) -> PINPadFrame? {
        let start = entry.hex("start", as: UInt8.self)
        let end = entry.hexBytesOrNone("end", countMax: 1)
        let escape = entry.either(
            "escape",
            texts: ["none"],
            fromText: { _ in PINPadFrame.Escape?.none },
            fromMapping: { Self.escape($0).map(Optional.some) }
        )
        let length = entry.choice("length", of: PINPadFrame.Length.self)
        let checksum = entry.either(
            "checksum",
            texts: ["none"],
            fromText: { _ in PINPadFrame.Checksum?.none },
            fromMapping: { Self.checksum($0).map(Optional.some) }
        )
        let commands = entry.mapping("commands").flatMap(commands)
        let keys = entry.mapping("keys").flatMap(keys)
        guard let start, let end, let escape, let length, let checksum, let commands, let keys else { return nil }
        let frame = PINPadFrame(
            start: start,
            end: end.first,
            escape: escape,
            length: length,
            checksum: checksum,
            commands: commands,
            keys: keys
        )
        checkControlBytes(entry, frame)
        return frame
    }

    private static func checkControlBytes(_ entry: YAMLMapping, _ frame: PINPadFrame) {
        let control = frame.controlBytes
        if frame.end == nil, frame.length == .none {
            entry.note("expected a byte, since there is no length to end the frame", at: "end")
        }
        if frame.end == nil, frame.checksum?.place == .afterEnd {
            entry.note("expected a checksum `before-end`, since there is no end byte", at: "checksum")
        }
        if Set(control).count != control.count {
            entry.note("expected other bytes for start, end and escape each", at: "end")
        }
        if let mask = frame.escape?.mask, mask != 0, control.contains(where: { control.contains($0 ^ mask) }) {
            entry.note("expected a mask after which no control byte is left", at: "escape")
        }
        let bodies = frame.commands.startEntry + frame.commands.endEntry
        if bodies.contains(where: frame.forbiddenInBody.contains) {
            entry.note("expected no start or end byte: the frame has neither length nor escape", at: "commands")
        }
        if frame.keys.all.contains(where: frame.forbiddenInBody.contains) {
            entry.note("expected no start or end byte: the frame has neither length nor escape", at: "keys")
        }
    }

    private static func escape(_ entry: YAMLMapping) -> PINPadFrame.Escape? {
        let byte = entry.hex("byte", as: UInt8.self)
        let mask = entry.hex("mask", as: UInt8.self)
        guard let byte, let mask else { return nil }
        return PINPadFrame.Escape(byte: byte, mask: mask)
    }

    private static func checksum(_ entry: YAMLMapping) -> PINPadFrame.Checksum? {
        let method = entry.choice("method", of: PINPadFrame.Checksum.Method.self)
        let place = entry.choice("place", of: PINPadFrame.Checksum.Place.self)
        guard let method, let place else { return nil }
        return PINPadFrame.Checksum(method: method, place: place)
    }

    private static func commands(_ entry: YAMLMapping) -> PINPadFrame.Commands? {
        let start = entry.hexBytes("startEntry", count: 1...PINPadFrame.commandBytesMax)
        let end = entry.hexBytes("endEntry", count: 1...PINPadFrame.commandBytesMax)
        guard let start, let end else { return nil }
        return PINPadFrame.Commands(startEntry: start, endEntry: end)
    }

    private static func keys(_ entry: YAMLMapping) -> PINPadFrame.Keys? {
        let digits = entry.hexBytes("digits", count: 10...10)
        let enter = entry.hex("enter", as: UInt8.self)
        let clear = entry.hex("clear", as: UInt8.self)
        let cancel = entry.hex("cancel", as: UInt8.self)
        guard let digits, let enter, let clear, let cancel else { return nil }
        let keys = PINPadFrame.Keys(digits: digits, enter: enter, clear: clear, cancel: cancel)
        guard Set(keys.all).count == keys.all.count else {
            entry.note("expected another code for each key")
            return nil
        }
        return keys
    }
}
