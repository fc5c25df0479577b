import DeviceProfiles

/// Profiles of which only what matching asks for is of interest.
enum Profiles {
    static let retries = RetrySettings(open: 1, delay: .milliseconds(100))

    static func profile(
        _ id: String,
        _ connection: DeviceConnection,
        _ settings: DeviceSettings = printer,
        claim: DeviceClaim = .automatic,
        isSimulated: Bool = false
    ) -> DeviceProfile {
        DeviceProfile(
            id: DeviceProfileID(rawValue: id) ?? unnamed,
            title: ProfileText(chinese: "设备", english: "Device"),
            vendor: "Generic",
            model: "model",
            notes: ProfileText(chinese: "说明。", english: "Notes."),
            sources: [ProfileSource(document: "Manual", section: "1")],
            isSimulated: isSimulated,
            claim: claim,
            connection: connection,
            settings: settings,
            quirks: [],
            cannot: []
        )
    }

    static func usb(_ rules: USBRule...) -> DeviceConnection { .usb(rules: rules, endpoints: .find) }

    static func rule(
        _ vendor: UInt16?,
        _ product: UInt16?,
        _ interface: USBRule.Interface? = nil,
        _ endpoints: [UInt8] = []
    ) -> USBRule {
        USBRule(vendor: vendor, product: product, interface: interface, endpoints: endpoints)
    }

    static let printerClass = USBRule.Interface(code: 0x07, subclass: 0x01, protocolCode: nil)

    static func device(
        _ vendor: UInt16,
        _ product: UInt16,
        _ classes: [UInt8] = [0xFF, 0, 0],
        _ endpoints: [UInt8] = [0x01, 0x82]
    ) -> USBIdentity {
        let interface = USBIdentity.Interface(
            number: 3,
            code: classes[0],
            subclass: classes[1],
            protocolCode: classes[2],
            endpoints: endpoints
        )
        return USBIdentity(vendor: vendor, product: product, interfaces: [interface])
    }

    static let scanner = DeviceSettings.serialText(
        ScannerFraming(prefix: [], suffix: .carriageReturn, idle: .milliseconds(50), lengthMax: 100),
        retries
    )

    static let pinPad = DeviceSettings.part10(
        PINEntryLimits(digitsMin: 4, digitsMax: 16),
        PINEntryTimings(firstKey: .seconds(30), nextKey: .seconds(10)),
        retries
    )

    static let printer = DeviceSettings.escPOS(
        PrinterSettings(
            columns: 32,
            charset: .gb18030,
            missingCharacter: .geta,
            chineseSize: .shared,
            cutter: .partial,
            feedLines: 4,
            printsCodes: false,
            status: nil,
            chunkBytes: 512,
            timings: PrinterSettings.Timings(
                write: .seconds(5),
                status: .milliseconds(500),
                confirmation: .seconds(10),
                recoveryPoll: .seconds(2)
            ),
            retries: retries,
            printRetries: 1
        )
    )

    static func reader(_ slots: (CardReaderSettings.SlotUse, String)...) -> DeviceSettings {
        .ccid(
            CardReaderSettings(
                slots: slots.map { CardReaderSettings.Slot(use: $0.0, names: [.glob($0.1)]) },
                securityModules: [],
                connect: .seconds(2),
                transmit: .seconds(5),
                retries: retries
            )
        )
    }

    private static var unnamed: DeviceProfileID {
        guard let id = DeviceProfileID(rawValue: "wrong-id") else { preconditionFailure("a right name is refused") }
        return id
    }
}
