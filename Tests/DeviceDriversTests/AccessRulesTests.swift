import DeviceProfiles
import Foundation
import Testing
import YAMLFiles

@Suite
struct AccessRulesTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private let rules: String
    private let profiles = DeviceProfileFiles.read("\(root.path)/DeviceProfiles").catalogue.profiles

    init() throws {
        rules = try String(
            contentsOf: Self.root.appendingPathComponent("Packaging/udev/60-onecard.rules"),
            encoding: .utf8
        )
    }

    private func hexadecimal(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }

    @Test func everyDeviceThatAProfileNamesByItsIdsHasARule() {
        var named = 0
        for profile in profiles where !profile.isSimulated {
            guard case .usb(let usbRules, _) = profile.connection else { continue }
            for case (let vendor?, let product?) in usbRules.map({ ($0.vendor, $0.product) }) {
                let ids = #"ATTR{idVendor}=="\#(hexadecimal(vendor))", ATTR{idProduct}=="\#(hexadecimal(product))""#
                #expect(rules.contains(ids), "\(profile.id)")
                named += 1
            }
        }
        #expect(named >= 4)
    }

    @Test func noRuleOpensEveryKeyboard() {
        let active = rules.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(!active.contains { $0.contains(":03") || $0.contains("hidraw") })
    }

    @Test func modemManagerIsKeptFromSerialDevices() {
        #expect(
            rules.contains(
                #"KERNEL=="ttyUSB[0-9]*|ttyACM[0-9]*", GROUP="onecard", MODE="0660", ENV{ID_MM_DEVICE_IGNORE}="1""#
            )
        )
    }
}
