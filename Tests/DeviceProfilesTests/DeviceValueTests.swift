import DeviceProfiles
import SeededRandom
import Testing

@Suite
struct DeviceValueTests {
    @Test(arguments: [
        ("generic-ccid-contact", true), ("a-1", true), ("generic", false), ("", false), ("-a", false), ("a-", false),
        ("a--b", false), ("A-b", false), ("a_b", false), ("a-b.yaml", false), ("../a-b", false),
        ("a-" + String(repeating: "b", count: 62), true), ("a-" + String(repeating: "b", count: 63), false),
    ])
    func profileIDsAreWordsWithSingleHyphens(_ text: String, _ isRight: Bool) {
        #expect((DeviceProfileID(rawValue: text) != nil) == isRight)
    }

    @Test
    func everyQuirkHasAProtocolAndAnExplanation() {
        for quirk in DeviceQuirk.allCases {
            #expect(!quirk.protocols.isEmpty)
            #expect(quirk.explanation.hasSuffix("."))
        }
        #expect(Set(DeviceQuirk.allCases.map(\.explanation)).count == DeviceQuirk.allCases.count)
    }

    @Test
    func everyCapabilityHasAnExplanationOfItsOwn() {
        #expect(DeviceCapability.allCases.allSatisfy { $0.explanation.hasSuffix(".") })
        #expect(Set(DeviceCapability.allCases.map(\.explanation)).count == DeviceCapability.allCases.count)
        #expect(Set(DeviceCapability.allCases.map(\.kind)) == Set(DeviceKind.allCases))
    }

    @Test
    func everyProtocolHasAWay() {
        #expect(DeviceProtocol.allCases.allSatisfy { !$0.transports.isEmpty })
        #expect(Set(DeviceProtocol.allCases.flatMap(\.transports)) == Set(DeviceTransport.allCases))
    }

    @Test(arguments: [
        (UInt8(0x81), true, true), (0x01, false, true), (0x81, false, false), (0x01, true, false), (0x80, true, false),
        (0x00, false, false), (0x91, true, false), (0x8F, true, true), (0x0F, false, true),
    ])
    func endpointAddressesHaveANumberAndADirection(_ address: UInt8, _ isInput: Bool, _ isRight: Bool) {
        #expect(USBEndpoints.isAddress(address, isInput: isInput) == isRight)
    }

    @Test(arguments: [
        (UInt8(0x0C), UInt8(0x60), true), (0x0C, 0x20, true), (0x00, 0x60, true), (0x0C, 0x00, false),
        (0x0C, 0x68, false), (0x80, 0x60, false), (0x0C, 0x12, false),
    ])
    func paperBitsLieApartAmongThoseWithAMeaning(_ nearEnd: UInt8, _ end: UInt8, _ isRight: Bool) {
        let status = PrinterSettings.Status(nearEndBits: nearEnd, endBits: end, confirmsInOrder: true)
        #expect(status.isConsistent == isRight)
    }

    @Test(arguments: [
        (1, 2, 5, 56, 63, true), (1, 2, 5, 59, 63, false), (1, 2, 5, 59, 4, false), (5, 2, 5, 50, 63, false),
        (1, 61, 2, 59, 63, false), (63, 60, 2, 58, 1, true), (0, 2, 5, 56, 63, false), (1, 2, 5, 60, 62, false),
    ])
    func fieldsOfAReportLieApart(
        _ length: Int,
        _ symbology: Int,
        _ data: Int,
        _ dataBytes: Int,
        _ continuation: Int,
        _ isRight: Bool
    ) {
        let report = ScannerReport(
            reportID: 2,
            bytes: 64,
            lengthOffset: length,
            symbologyOffset: symbology,
            dataOffset: data,
            dataBytes: dataBytes,
            continuation: ScannerReport.Continuation(offset: continuation, bit: 0),
            lengthMax: 100
        )
        #expect(report.isConsistent == isRight)
    }

    @Test
    func reportsMayLackNumberSymbologyAndContinuation() {
        var report = ScannerReport(
            reportID: nil,
            bytes: 8,
            lengthOffset: 0,
            symbologyOffset: nil,
            dataOffset: 1,
            dataBytes: 7,
            continuation: nil,
            lengthMax: 100
        )
        #expect(report.isConsistent)
        report.reportID = 1
        #expect(!report.isConsistent)
    }

    @Test(arguments: [
        ([UInt8](), 1, true), ([0x02], 1, false), ([0x02], 2, true), ([0x0D], 9, false), ([0x0A], 9, false),
    ])
    func prefixOfACodeIsShorterThanTheCode(_ prefix: [UInt8], _ lengthMax: Int, _ isRight: Bool) {
        let framing = ScannerFraming(prefix: prefix, suffix: .lineFeed, idle: .seconds(1), lengthMax: lengthMax)
        #expect(framing.isConsistent == isRight)
    }

    @Test(arguments: [
        "usb:0400:c35a", "usb:0400:c35a:ff0000", "usb:0400:c35a:ff0000@02068185:030101@81", "pcsc:A Reader: 00 00",
        "serial:/dev/ttyS0", "file:/dev/usb/lp0",
    ])
    func devicesAreWrittenAsTheyAreRead(_ text: String) {
        #expect(DeviceIdentity(text)?.description == text)
    }

    @Test(arguments: [
        "", "usb", "usb:", "usb:0400", "usb:400:c35a", "usb:0400:c35g", "usb:0400:c35a:ff00", "usb:0400:c35a:ff0000@0",
        "usb:0400:c35a:ff0000@01@02", "usb:0400:c35a:", "bus:1", "pcsc:", "serial:", "file:",
        "usb:0400:c35a" + String(repeating: ":ff0000", count: 33),
        "usb:0400:c35a:ff0000@" + String(repeating: "81", count: 31),
    ])
    func otherTextsAreNoDevices(_ text: String) {
        #expect(DeviceIdentity(text) == nil)
    }

    @Test
    func randomTextsAreDevicesOrNot() {
        let valid = Array("usb:0400:c35a:ff0000@02068185:030101@81".utf8)
        var random = SplitMix64(seed: 0x9A77_0003)
        for _ in 0..<50_000 {
            var bytes = valid
            for _ in 0...random.below(3) { bytes[random.below(bytes.count)] = UInt8(random.below(128)) }
            let text = String(decoding: bytes.prefix(random.below(bytes.count + 1)), as: UTF8.self)
            guard let device = DeviceIdentity(text) else { continue }
            #expect(DeviceIdentity(device.description) == device)
        }
    }
}
