import DeviceDrivers
import Testing

@Suite
struct DeviceAddressTests {
    @Test(arguments: ["usb:1-2", "usb:1-2.4.1", "serial:/dev/ttyUSB0", "file:/dev/usb/lp0"])
    func textOfAnAddressLeadsBackToIt(text: String) {
        #expect(DeviceAddress(text)?.description == text)
    }

    @Test(arguments: [
        "", "usb", "usb:", "usb:1", "usb:0-1", "usb:1-0.2", "serial:", "serial:ttyUSB0", "file:lp0", "pcsc:Reader",
        "serial:/dev/tty\u{0}", "USB:1-2",
    ])
    func anythingElseIsNoAddress(text: String) {
        #expect(DeviceAddress(text) == nil)
    }

    @Test func aPathHasALimit() {
        let longest = "serial:/" + String(repeating: "a", count: DeviceAddress.pathBytesMax - 1)
        #expect(DeviceAddress(longest) != nil)
        #expect(DeviceAddress(longest + "a") == nil)
    }
}
