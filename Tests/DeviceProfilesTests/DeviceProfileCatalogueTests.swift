import DeviceProfiles
import SeededRandom
import Testing

@Suite
struct DeviceProfileCatalogueTests {
    private static let catalogue = DeviceProfileCatalogue([
        Profiles.profile("usb-class", Profiles.usb(Profiles.rule(nil, nil, Profiles.printerClass))),
        Profiles.profile("usb-vendor", Profiles.usb(Profiles.rule(0x04B8, nil))),
        Profiles.profile("usb-vendor-class", Profiles.usb(Profiles.rule(0x04B8, nil, Profiles.printerClass))),
        Profiles.profile("usb-product", Profiles.usb(Profiles.rule(0x04B8, 0x0E15))),
        Profiles.profile("usb-endpoints", Profiles.usb(Profiles.rule(0x04B8, 0x0E15, nil, [0x02, 0x81]))),
        Profiles.profile(
            "usb-named",
            Profiles.usb(Profiles.rule(nil, nil, USBRule.Interface(code: 3, subclass: 1, protocolCode: 1))),
            claim: .named
        ),
    ])

    private static func id(_ choice: DeviceProfileChoice) -> String? { choice.match?.profile.id.rawValue }

    @Test(arguments: [
        (Profiles.device(0x1234, 0x0001, [0x07, 0x01, 0x02]), "usb-class"),
        (Profiles.device(0x1234, 0x0001, [0x07, 0x02, 0x02]), nil),
        (Profiles.device(0x04B8, 0x0001), "usb-vendor"),
        (Profiles.device(0x04B8, 0x0001, [0x07, 0x01, 0x01]), "usb-vendor-class"),
        (Profiles.device(0x04B8, 0x0E15, [0x07, 0x01, 0x01]), "usb-product"),
        (Profiles.device(0x04B8, 0x0E15, [0x07, 0x01, 0x01], [0x81, 0x02]), "usb-endpoints"),
        (Profiles.device(0x1234, 0x0001, [0x03, 0x01, 0x01]), nil),
        (USBIdentity(vendor: 0x1234, product: 1, interfaces: []), nil),
    ])
    func mostSpecificRuleWins(_ device: USBIdentity, _ expected: String?) {
        #expect(Self.id(Self.catalogue.match(usb: device)) == expected)
        let reversed = DeviceProfileCatalogue(Self.catalogue.profiles.reversed())
        #expect(Self.id(reversed.match(usb: device)) == expected)
    }

    @Test
    func interfaceOfTheRuleIsTold() {
        let printer = Profiles.device(0x1234, 1, [0x07, 0x01, 0x02])
        #expect(Self.catalogue.match(usb: printer).match?.usbInterface == 3)
        #expect(Self.catalogue.match(usb: Profiles.device(0x04B8, 1)).match?.usbInterface == nil)
    }

    @Test
    func endpointsMustStandInTheInterfaceOfTheClass() {
        var device = Profiles.device(0x1234, 1, [0x07, 0x01, 0x02], [0x81])
        device.interfaces += Profiles.device(0, 0, [0xFF, 0, 0], [0x02]).interfaces
        let rule = Profiles.rule(nil, nil, Profiles.printerClass, [0x02, 0x81])
        let catalogue = DeviceProfileCatalogue([Profiles.profile("a-b", Profiles.usb(rule))])
        #expect(catalogue.match(usb: device) == .none)
        device.interfaces[0].endpoints = [0x02, 0x81]
        #expect(Self.id(catalogue.match(usb: device)) == "a-b")
    }

    @Test
    func keyboardIsTakenOnlyWhenItIsNamed() {
        let keyboard = Profiles.device(0x1234, 1, [0x03, 0x01, 0x01])
        #expect(Self.catalogue.match(usb: keyboard) == .none)
        #expect(Self.id(Self.catalogue.match(usb: keyboard, isNamed: true)) == "usb-named")
        #expect(Self.catalogue.match(usb: keyboard, kind: .scanner, isNamed: true) == .none)
    }

    @Test
    func equalRulesAreAmbiguous() {
        let catalogue = DeviceProfileCatalogue(
            ["b-b", "a-a"].map { Profiles.profile($0, Profiles.usb(Profiles.rule(0x04B8, 0x0E15))) }
        )
        guard case .ambiguous(let matches) = catalogue.match(usb: Profiles.device(0x04B8, 0x0E15)) else {
            Issue.record("not ambiguous")
            return
        }
        #expect(matches.map(\.profile.id.rawValue) == ["a-a", "b-b"])
    }

    @Test
    func profileThatNeedsNoNamingWinsAmongEqualOnes() {
        let names = DeviceConnection.pcsc(names: [.glob("*")])
        let catalogue = DeviceProfileCatalogue([
            Profiles.profile("a-named", names, Profiles.reader((.user, "*")), claim: .named),
            Profiles.profile("b-automatic", names, Profiles.reader((.user, "*"))),
        ])
        #expect(Self.id(catalogue.match(pcscName: "Reader 00 00", isNamed: true)) == "b-automatic")
    }

    @Test
    func readerNamesGiveProfileAndSlot() {
        let catalogue = DeviceProfileCatalogue([
            Profiles.profile("any-reader", .pcsc(names: [.glob("*")]), Profiles.reader((.user, "*"))),
            Profiles.profile(
                "sam-reader",
                .pcsc(names: [.prefix("ACME"), .contains("Two-in-one Reader")]),
                Profiles.reader((.user, "* 00"), (.sam1, "* 01"), (.sam2, "* 02"))
            ),
            Profiles.profile("pin-reader", .pcsc(names: [.contains("PINPad Pro")]), Profiles.pinPad),
        ])
        let expected: [(String, String?, CardReaderSettings.SlotUse?)] = [
            ("Other 00 00", "any-reader", .user), ("ACME 00 00", "sam-reader", .user),
            ("ACME 00 02", "sam-reader", .sam2), ("Big Two-in-one Reader 00 01", "sam-reader", .sam1),
            ("ACME 00 05", "any-reader", .user), ("A PINPad Pro 00 00", "pin-reader", nil),
        ]
        for (name, id, slot) in expected {
            let match = catalogue.match(pcscName: name).match
            #expect(match?.profile.id.rawValue == id, "\(name)")
            #expect(match?.slot == slot, "\(name)")
        }
        #expect(Self.id(catalogue.match(pcscName: "A PINPad Pro 00 00", kind: .cardReader)) == "any-reader")
    }

    @Test
    func pathsAreMatchedForOneKind() {
        let lines = DeviceConnection.serial(paths: [.glob("/dev/ttyACM*"), .prefix("/dev/serial/")], baud: 115_200)
        let catalogue = DeviceProfileCatalogue([
            Profiles.profile("line-scanner", lines, Profiles.scanner, claim: .named),
            Profiles.profile("file-printer", .deviceFile(paths: [.glob("/dev/usb/lp*")])),
            Profiles.profile("line-printer", .serial(paths: [.prefix("/dev/")], baud: 9_600)),
        ])
        #expect(Self.id(catalogue.match(path: "/dev/ttyACM0", kind: .scanner)) == "line-scanner")
        #expect(Self.id(catalogue.match(path: "/dev/ttyACM0", kind: .printer)) == "line-printer")
        #expect(Self.id(catalogue.match(path: "/dev/usb/lp1", kind: .printer)) == "file-printer")
        #expect(catalogue.match(path: "/dev/ttyACM0", kind: .pinPad) == .none)
        #expect(catalogue.match(path: "/srv/ttyACM0", kind: .scanner) == .none)
    }

    @Test
    func serialLineAndDeviceFileThatFitAlikeAreAmbiguous() {
        let catalogue = DeviceProfileCatalogue([
            Profiles.profile("file-printer", .deviceFile(paths: [.prefix("/dev/x")])),
            Profiles.profile("line-printer", .serial(paths: [.prefix("/dev/x")], baud: 9_600)),
        ])
        let choice = catalogue.match(path: "/dev/x1", kind: .printer)
        #expect(choice.all.map(\.profile.id.rawValue) == ["file-printer", "line-printer"])
        #expect(choice.match == nil)
    }

    @Test
    func firstOfTwoProfilesWithOneIdIsKept() throws {
        let first = Profiles.profile("a-b", Profiles.usb(Profiles.rule(1, 1)))
        let second = Profiles.profile("a-b", Profiles.usb(Profiles.rule(2, 2)))
        let catalogue = DeviceProfileCatalogue([first, second])
        #expect(catalogue.profiles == [first])
        #expect(catalogue.profile(first.id) == first)
        #expect(catalogue.profile(try #require(DeviceProfileID(rawValue: "no-such"))) == nil)
    }

    @Test
    func explanationNamesTheProfileAndWhyOthersWereNotTaken() {
        let device = DeviceIdentity.usb(Profiles.device(0x04B8, 0x0E16, [0x07, 0x01, 0x02]))
        #expect(
            Self.catalogue.explain(device) == """
                usb:04b8:0e16:070102@0182
                profile usb-vendor-class: ids 04b8:*, class 07/01/*, interface 3
                  Device (设备): Generic model, printer, esc-pos over usb
                  Notes.
                  说明。
                  source: Manual, 1
                not taken:
                  usb-class: fits too, but says less: class 07/01/*
                  usb-endpoints: the same vendor, but product 0e16 is not 0e15
                  usb-product: the same vendor, but product 0e16 is not 0e15
                  usb-vendor: fits too, but says less: ids 04b8:*
                """
        )
    }

    @Test
    func explanationTellsWhyNothingFits() {
        let keyboard = DeviceIdentity.usb(Profiles.device(0x04B7, 1, [0x03, 0x01, 0x01]))
        #expect(
            Self.catalogue.explain(keyboard, kind: .printer) == """
                usb:04b7:0001:030101@0182
                no profile of kind printer
                not taken:
                  usb-named: fits, but only a device that station.yaml names
                """
        )
        let scanner = DeviceIdentity.usb(Profiles.device(0x04B8, 0x0E15))
        let lines = Self.catalogue.explain(scanner, kind: .scanner)
        #expect(lines.contains("usb-product: fits, but is a printer"))
        #expect(lines.contains("usb-endpoints: no interface has the endpoints 02 81"))
        #expect(lines.contains("usb-vendor-class: the ids fit, but no interface has the class 07/01/*"))
    }

    @Test
    func explanationTellsOfUpperAndLowerCase() {
        let catalogue = DeviceProfileCatalogue([
            Profiles.profile("sam-reader", .pcsc(names: [.prefix("ACME")]), Profiles.reader((.user, "*")))
        ])
        let text = catalogue.explain(.reader("Acme 00 00"))
        #expect(text.contains("sam-reader: prefix `ACME` differs in upper and lower case"))
        #expect(catalogue.explain(.reader("Other 00 00")) == "pcsc:Other 00 00\nno profile")
        #expect(catalogue.explain(.reader("\u{1B}[31mOther\n00")) == "pcsc:?[31mOther?00\nno profile")
    }

    @Test
    func explanationListsAmbiguousProfiles() {
        let catalogue = DeviceProfileCatalogue(
            ["b-b", "a-a"].map { Profiles.profile($0, Profiles.usb(Profiles.rule(1, 2))) }
        )
        #expect(
            catalogue.explain(.usb(USBIdentity(vendor: 1, product: 2, interfaces: []))) == """
                usb:0001:0002
                ambiguous: name one of these in station.yaml
                  a-a: ids 0001:0002
                  b-b: ids 0001:0002
                """
        )
    }

    @Test
    func choiceIsTheSameInAnyOrderOfProfiles() {
        var random = SplitMix64(seed: 0x9A77_0002)
        var decided = 0
        for _ in 0..<2_000 {
            let profiles = (0..<6).map { number in
                let vendor = random.below(3) == 0 ? nil : UInt16(random.below(2))
                let product = vendor == nil || random.below(2) == 0 ? nil : UInt16(random.below(2))
                let interface = USBRule.Interface(
                    code: UInt8(random.below(2)),
                    subclass: random.below(2) == 0 ? nil : UInt8(random.below(2)),
                    protocolCode: nil
                )
                let rule = Profiles.rule(vendor, product, vendor == nil || random.below(2) == 0 ? interface : nil)
                let claim: DeviceClaim = random.below(3) == 0 ? .named : .automatic
                return Profiles.profile("p-\(number)", Profiles.usb(rule), claim: claim)
            }
            let device = Profiles.device(
                UInt16(random.below(2)),
                UInt16(random.below(2)),
                [UInt8(random.below(2)), UInt8(random.below(2)), 0]
            )
            let choice = DeviceProfileCatalogue(profiles).match(usb: device, isNamed: true)
            let shuffled = DeviceProfileCatalogue(profiles.shuffled(using: &random))
            #expect(choice == shuffled.match(usb: device, isNamed: true))
            decided += choice.match == nil ? 0 : 1
        }
        #expect(decided > 500)
    }
}
