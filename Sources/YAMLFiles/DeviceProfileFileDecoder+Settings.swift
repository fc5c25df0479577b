import DeviceProfiles

extension DeviceProfileFileDecoder {
    /// What belongs to the protocol.
    static func settings(
        _ top: YAMLMapping,
        _ spoken: DeviceProtocol,
        transport: DeviceTransport
    ) -> DeviceSettings? {
        switch spoken {
        case .ccid: cardReader(top)
        case .samV: idReader(top, transport)
        case .escPOS: printer(top)
        case .hidKeyboard: framedScanner(top).map { .hidKeyboard($0, $1) }
        case .serialText: framedScanner(top).map { .serialText($0, $1) }
        case .hidPOS: reportingScanner(top)
        case .part10: cardReaderPINPad(top)
        case .serialFrame: serialPINPad(top)
        case .onScreen: onScreenPINPad(top)
        }
    }

    /// What is tried again, with the count that one protocol has beside.
    static func retries(
        _ top: YAMLMapping,
        beside key: String? = nil,
        in range: ClosedRange<Int> = RetrySettings.repeatRange
    ) -> (settings: RetrySettings, count: Int)? {
        guard let entry = top.mapping("retries") else { return nil }
        let open = entry.integer("open", in: RetrySettings.openRange)
        let delay = entry.milliseconds("delayMilliseconds", in: RetrySettings.delayRange)
        let count = key.map { entry.integer($0, in: range) } ?? 0
        guard let open, let delay, let count else { return nil }
        return (RetrySettings(open: open, delay: delay), count)
    }

    private static func cardReader(_ top: YAMLMapping) -> DeviceSettings? {
        let slots = top.list("slots", count: 1...CardReaderSettings.SlotUse.allCases.count, slot)
        let modules = top.list(
            "securityModules",
            count: 0...CardReaderSettings.securityModulesMax,
            securityModule
        )
        let timings = top.mapping("timings")
        let connect = timings?.milliseconds("connect", in: CardReaderSettings.connectRange)
        let transmit = timings?.milliseconds("transmit", in: CardReaderSettings.transmitRange)
        let retries = retries(top)
        if let slots, Set(slots.map(\.use)).count != slots.count {
            top.note("a slot stands more than once", at: "slots")
        }
        if let slots, let modules, modules.isEmpty == slots.contains(where: \.use.isSecurityModule) {
            top.note("expected elements if there is a slot `sam1` to `sam4`, and none without", at: "securityModules")
        }
        guard let slots, let modules, let connect, let transmit, let retries else { return nil }
        return .ccid(
            CardReaderSettings(
                slots: slots,
                securityModules: modules,
                connect: connect,
                transmit: transmit,
                retries: retries.settings
            )
        )
    }

    private static func slot(_ entry: YAMLMapping) -> CardReaderSettings.Slot? {
        let use = entry.choice("slot", of: CardReaderSettings.SlotUse.self)
        let names = entry.list("names", count: 1...DeviceConnection.rulesMax, pattern)
        guard let use, let names else { return nil }
        return CardReaderSettings.Slot(use: use, names: names)
    }

    private static func securityModule(_ entry: YAMLMapping) -> SecurityModuleDialect? {
        let commands = entry.choice("commands", of: SecurityModuleDialect.Commands.self)
        let directory = entry.hexBytes("directory", count: SecurityModuleDialect.directoryRange)
        let levels = entry.integer("levels", in: SecurityModuleDialect.levelsRange)
        let holder = entry.mapping("holderKey").flatMap(moduleKey)
        let own = entry.either(
            "internalKey",
            texts: ["none"],
            fromText: { _ in SecurityModuleDialect.Key?.none },
            fromMapping: { moduleKey($0).map(Optional.some) }
        )
        let unlock = entry.mapping("pinUnlockKey").flatMap(moduleKey)
        let seal = entry.mapping("pinSealKey").flatMap(moduleKey)
        if let directory, (3...4).contains(directory.count) {
            entry.note("expected a file identifier of 2 bytes or an application's name of 5 to 16", at: "directory")
        }
        guard let commands, let directory, let levels, let holder, let own, let unlock, let seal else { return nil }
        return SecurityModuleDialect(
            commands: commands,
            directory: directory,
            levels: levels,
            holderKey: holder,
            internalKey: own,
            pinUnlockKey: unlock,
            pinSealKey: seal
        )
    }

    private static func moduleKey(_ entry: YAMLMapping) -> SecurityModuleDialect.Key? {
        let type = entry.integer("type", in: SecurityModuleDialect.Key.typeRange)
        let identifier = entry.hex("id", as: UInt8.self)
        guard let type, let identifier else { return nil }
        return SecurityModuleDialect.Key(type: UInt8(type), identifier: identifier)
    }

    private static func idReader(_ top: YAMLMapping, _ transport: DeviceTransport) -> DeviceSettings? {
        let mode = transport == .usb ? top.choice("mode", of: IDReaderSettings.Mode.self) : .singleFrame
        let entry = top.mapping("timings")
        var timings: [IDReaderSettings.Step: Duration] = [:]
        for step in IDReaderSettings.Step.allCases {
            timings[step] = entry?.milliseconds(step.rawValue, in: IDReaderSettings.timingRange)
        }
        let retries = retries(top, beside: "exchange")
        guard let mode, timings.count == IDReaderSettings.Step.allCases.count, let retries else { return nil }
        return .samV(
            IDReaderSettings(
                mode: mode,
                timings: timings,
                retries: retries.settings,
                exchangeRetries: retries.count
            )
        )
    }

    private static func printer(_ top: YAMLMapping) -> DeviceSettings? {
        let entry = top.mapping("printer")
        let columns = entry?.integer("columns", in: PrinterSettings.columnsRange)
        let charset = entry?.choice("charset", of: PrinterSettings.Charset.self)
        let missing = entry?.choice("missingCharacter", of: PrinterSettings.MissingCharacter.self)
        let size = entry?.choice("chineseSize", of: PrinterSettings.ChineseSize.self)
        let cutter = entry?.choice("cutter", of: PrinterSettings.Cutter.self)
        let feed = entry?.integer("feedLines", in: PrinterSettings.feedRange)
        let printsCodes = entry?.boolean("printsCodes")
        let status = entry?.either(
            "status",
            texts: ["none"],
            fromText: { _ in PrinterSettings.Status?.none },
            fromMapping: { printerStatus($0).map(Optional.some) }
        )
        let chunk = entry?.integer("chunkBytes", in: PrinterSettings.chunkRange)
        let timings = top.mapping("timings").flatMap(printerTimings)
        let retries = retries(top, beside: "print", in: PrinterSettings.printRetriesRange)
        guard let columns, let charset, let missing, let size, let cutter, let feed, let printsCodes, let status,
            let chunk, let timings, let retries
        else {
            return nil
        }
        return .escPOS(
            PrinterSettings(
                columns: columns,
                charset: charset,
                missingCharacter: missing,
                chineseSize: size,
                cutter: cutter,
                feedLines: feed,
                printsCodes: printsCodes,
                status: status,
                chunkBytes: chunk,
                timings: timings,
                retries: retries.settings,
                printRetries: retries.count
            )
        )
    }

    private static func printerStatus(_ entry: YAMLMapping) -> PrinterSettings.Status? {
        let nearEnd = entry.hex("nearEndBits", as: UInt8.self)
        let end = entry.hex("endBits", as: UInt8.self)
        let confirms = entry.boolean("confirmsInOrder")
        guard let nearEnd, let end, let confirms else { return nil }
        let status = PrinterSettings.Status(nearEndBits: nearEnd, endBits: end, confirmsInOrder: confirms)
        guard status.isConsistent else {
            entry.note("expected bits within `6c` that are not among `nearEndBits`, at least one", at: "endBits")
            return nil
        }
        return status
    }

    private static func printerTimings(_ entry: YAMLMapping) -> PrinterSettings.Timings? {
        let write = entry.milliseconds("write", in: PrinterSettings.timingRange)
        let status = entry.milliseconds("status", in: PrinterSettings.timingRange)
        let confirmation = entry.milliseconds("confirmation", in: PrinterSettings.timingRange)
        let poll = entry.milliseconds("recoveryPoll", in: PrinterSettings.timingRange)
        guard let write, let status, let confirmation, let poll else { return nil }
        return PrinterSettings.Timings(write: write, status: status, confirmation: confirmation, recoveryPoll: poll)
    }
}
