import DeviceProfiles
import Foundation
import Testing
import YAMLFiles

@Suite
struct DeviceProfileFileTests {
    static func profile(_ file: String) throws -> DeviceProfile {
        try DeviceProfileFile.decode(DeviceProfileSheet.text(file), file: file)
    }

    static func mistakes(_ text: String, _ file: String) -> [YAMLMistake] {
        do throws(YAMLMistakes) {
            _ = try DeviceProfileFile.decode(text, file: file)
            return []
        } catch {
            return error.mistakes
        }
    }

    @Test
    func profilesOfEveryDeviceOfAStationAreShipped() {
        let ids = DeviceProfileSheet.files.map { $0.split(separator: "/")[1].dropLast(".yaml".count) }.map(String.init)
        let wanted = [
            "generic-ccid-contact", "generic-ccid-contactless", "generic-ccid-sam-slots", "generic-sam-v-usb",
            "generic-sam-v-usb-split", "generic-sam-v-serial", "generic-escpos-usb", "generic-escpos-file",
            "generic-hid-keyboard", "generic-hid-pos", "generic-cdc-acm", "generic-part10", "generic-serial-pin-pad",
            "generic-on-screen",
        ]
        for id in wanted { #expect(ids.contains(id)) }
    }

    @Test(arguments: DeviceProfileSheet.files)
    func everyShippedFileIsDecoded(_ file: String) throws {
        let profile = try Self.profile(file)
        #expect(file == "\(profile.kind.rawValue)/\(profile.id).yaml")
        #expect(profile.isSimulated == profile.id.rawValue.hasPrefix("onecard-simulator"))
        #expect(profile.isSimulated == (profile.vendor == "OneCard"))
        #expect(profile.notes.chinese.unicodeScalars.contains { $0.value > 0x3000 })
        let path = DeviceProfileSheet.folder.appendingPathComponent(file).path
        #expect(try DeviceProfileFile.read(path) == profile)
    }

    @Test
    func allProtocolsAndTransportsHaveAProfile() throws {
        let profiles = try DeviceProfileSheet.files.map(Self.profile)
        #expect(Set(profiles.map(\.settings.deviceProtocol)) == Set(DeviceProtocol.allCases))
        #expect(Set(profiles.map(\.connection.transport)) == Set(DeviceTransport.allCases))
        #expect(Set(profiles.map(\.kind)) == Set(DeviceKind.allCases))
    }

    @Test
    func idReadersHaveTheTimesThatShippingDriversAllow() throws {
        for file in DeviceProfileSheet.files where file.hasPrefix("id-reader/") {
            guard case .samV(let reader) = try Self.profile(file).settings else {
                Issue.record("\(file) is no ID reader")
                continue
            }
            #expect(reader.timings[.find] == .milliseconds(800))
            #expect(reader.timings[.read] == .milliseconds(2_000))
            #expect(reader.timings[.readFingerprint] == .milliseconds(3_000))
            #expect(reader.mode == (file.contains("split") ? .splitPipes : .singleFrame))
        }
    }

    @Test
    func securityModulesAreSpokenToInBothDialects() throws {
        let profile = try Self.profile("card-reader/generic-ccid-sam-slots.yaml")
        guard case .ccid(let reader) = profile.settings else {
            Issue.record("no card reader")
            return
        }
        #expect(reader.slots.map(\.use) == [.user, .sam1, .sam2, .sam3, .sam4])
        #expect(reader.securityModules.map(\.commands) == [.bfde, .init801A])
        #expect(reader.securityModules.allSatisfy { $0.directory == [0xDF, 0x01] && $0.levels == 2 })
        #expect(reader.securityModules.allSatisfy { $0.pinUnlockKey.identifier == 0x10 && $0.internalKey == nil })
    }

    /// One change of a shipped file and what is said about it.
    struct Change: Sendable {
        var file: String
        var from: String
        var to: String
        var message: String
    }

    private static func changes(_ file: String, _ changes: (String, String, String)...) -> [Change] {
        changes.map { Change(file: "\(file).yaml", from: $0.0, to: $0.1, message: $0.2) }
    }

    static let wrong: [Change] = [
        changes(
            "card-reader/generic-ccid-contact",
            ("id: generic-ccid-contact", "id: generic-other", "belongs into `generic-other.yaml`"),
            ("id: generic-ccid-contact", "id: Generic", "<vendor>-<model>"),
            ("kind: card-reader", "kind: card-raeder", "did you mean `card-reader`?"),
            ("kind: card-reader", "kind: printer", "expected one of `esc-pos`"),
            ("transport: pcsc", "transport: usb", "expected one of `pcsc`"),
            ("timings:", "endpoints: find\ntimings:", "does not belong to `ccid` over `pcsc`"),
            ("cannot: [contactless,", "cannot: [", "expected a list with `contactless`"),
            ("cannot: [", "cannot: [contact, ", "expected a list without `contact`"),
            ("cannot: [", "cannot: [cut, ", "expected one of"),
            ("quirks: []", "quirks: [lift-first]", "expected one of `no-autosuspend`"),
            ("quirks: []", "quirks: [polled-presence, polled-presence]", "more than once"),
            ("    - { glob: '*' }", "    - { glob: '*', prefix: a }", "exactly one of"),
            ("    - { glob: '*' }", "    - { prefix: OneCard Simulator }", "no simulated device"),
            ("model: CCID", "model: \"\\e[31mCCID\" #", "without control characters")
        ),
        changes(
            "card-reader/onecard-simulator-usb",
            ("'OneCard Simulator USB '", "'Simulator USB '", "only simulated devices")
        ),
        changes(
            "card-reader/generic-ccid-sam-slots",
            ("- slot: sam2", "- slot: sam1", "a slot stands more than once"),
            ("levels: 2", "levels: 4", "1...3"),
            ("directory: df01", "directory: df0102", "2 bytes or an application's name"),
            ("internalKey: none", "internalKey: null", "expected `none` or a mapping")
        ),
        changes(
            "card-reader/onecard-simulator-sam",
            ("slot: sam1", "slot: user", "and none without")
        ),
        changes(
            "id-reader/generic-sam-v-usb",
            ("vendor: '0400'", "vendor: 0400", "put a text into quotes"),
            ("vendor: '0400'", "vendor: any", "since the vendor is `any`"),
            ("product: c35a", "product: C35A", "4 hexadecimal digits in lower case"),
            ("endpoints: []", "endpoints: ['80']", "`81` to `8f`"),
            ("find: 800", "find: 49", "50...10000"),
            ("vendor: '0400'\n      product: c35a", "vendor: '1209'\n      product: '0002'", "no simulated")
        ),
        changes(
            "id-reader/generic-sam-v-usb-split",
            ("mode: split-pipes", "mode: single-frame", "`out` is missing"),
            ("bodyOut: '06'", "bodyOut: '02'", "four different endpoints"),
            ("headIn: '81'", "headIn: '01'", "an endpoint `81` to `8f`")
        ),
        changes(
            "id-reader/generic-sam-v-serial",
            ("line:", "mode: single-frame\nline:", "does not belong to `sam-v` over `serial`"),
            ("baud: 115200", "baud: 115201", "9600...115200"),
            ("baud: 115200", "baud: 9601", "expected one of 9600, 19200"),
            ("format: 8N1", "format: 8N2", "expected one of `8N1`")
        ),
        changes(
            "id-reader/onecard-simulator-sam-v",
            ("product: '0002'", "product: any", "only simulated devices")
        ),
        changes(
            "printer/generic-escpos-usb",
            ("cutter: partial", "cutter: none", "expected a list with `cut`"),
            ("endBits: '60'", "endBits: '68'", "not among `nearEndBits`"),
            ("endBits: '60'", "endBits: '00'", "at least one"),
            ("nearEndBits: 0c", "nearEndBits: '00'", "with `paper-near-end`"),
            ("        class: '07'\n", "        clas: '07'\n", "did you mean `class`?")
        ),
        changes(
            "scanner/generic-hid-pos",
            ("dataBytes: 56", "dataBytes: 59", "no two share a byte"),
            ("bytes: 64", "bytes: 63", "inside the report"),
            ("symbology:\n    offset: 2", "symbology: none", "expected a list with `symbology`")
        ),
        changes(
            "scanner/generic-hid-keyboard",
            ("prefix: none", "prefix: '0'", "expected `none` or 1...8 bytes")
        ),
        changes(
            "scanner/generic-cdc-acm",
            ("suffix: cr", "suffix: idle", "with `certain-end`"),
            ("prefix: none", "prefix: 0d", "no 0d and no 0a")
        ),
        changes(
            "pin-pad/generic-part10",
            ("digitsMax: 16", "digitsMax: 3", "4...16"),
            ("digitsMin: 4\n  digitsMax: 16", "digitsMin: 8\n  digitsMax: 6", "no less than `digitsMin`")
        ),
        changes(
            "pin-pad/generic-serial-pin-pad",
            ("end: '03'", "end: '02'", "other bytes for start, end and escape"),
            ("startEntry: '53'", "startEntry: '5302'", "neither length nor escape"),
            ("enter: 0d", "enter: '03'", "neither length nor escape"),
            ("enter: 0d", "enter: '30'", "another code for each key"),
            ("digits: '3031", "digits: '31", "10...10 bytes"),
            ("end: '03'", "end: none", "no length to end the frame"),
            (
                "end: '03'\n  escape: none\n  length: none", "end: none\n  escape: none\n  length: one-byte",
                "since there is no end byte"
            ),
            ("escape: none", "escape: { byte: '10', mask: '01' }", "after which no control byte is left")
        ),
        changes(
            "pin-pad/generic-on-screen",
            ("pin:", "match: {}\npin:", "does not belong to `on-screen` over `screen`")
        ),
    ].flatMap(\.self)

    @Test(arguments: wrong.indices)
    func wrongProfileIsRefusedWithItsReason(_ index: Int) throws {
        let change = Self.wrong[index]
        let text = try DeviceProfileSheet.text(change.file)
        let range = try #require(text.range(of: change.from))
        let found = Self.mistakes(text.replacingCharacters(in: range, with: change.to), change.file)
        #expect(found.contains { $0.message.contains(change.message) && $0.line > 0 }, "\(change): \(found)")
    }

    @Test
    func fileOfAnotherFolderIsRefused() throws {
        let text = try DeviceProfileSheet.text("printer/generic-escpos-usb.yaml")
        let found = Self.mistakes(text, "/profiles/scanner/generic-escpos-usb.yaml")
        #expect(found.map(\.message) == ["expected the name of the folder: this file belongs into `printer`"])
        #expect(Self.mistakes(text, "generic-escpos-usb.yaml").isEmpty)
    }

    @Test
    func wrongProtocolDoesNotMakeEveryOtherKeyAMistake() throws {
        let text = try DeviceProfileSheet.text("printer/generic-escpos-usb.yaml")
        let found = Self.mistakes(
            text.replacingOccurrences(of: "protocol: esc-pos", with: "protocol: escpos"),
            "generic-escpos-usb.yaml"
        )
        #expect(found.map(\.message) == ["expected one of `esc-pos`; did you mean `esc-pos`?"])
    }
}
