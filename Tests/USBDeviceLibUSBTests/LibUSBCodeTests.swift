import CLibUSB
import DeviceIO
import Testing

@testable import USBDeviceLibUSB

@Suite struct LibUSBCodeTests {
    @Test func namesEveryCodeAsTheLibraryDoes() throws {
        #expect(LibUSBCode.named.count == Int(LIBUSB_ERROR_COUNT))
        for code in LibUSBCode.named {
            let name = try #require(libusb_error_name(code.rawValue))
            // The name of 0 goes on with that of a transfer that ended well.
            #expect(String(cString: name).prefix { $0 != " " } == code.name ?? "")
        }
    }

    @Test func keepsUnknownCodesAndTakesCountsAsSuccess() {
        #expect(LibUSBCode(rawValue: -50).description == "-50")
        #expect(LibUSBCode(rawValue: 18) == .success)
        #expect(LibUSBCode.pipe.description == "LIBUSB_ERROR_PIPE (-9)")
        #expect(LibUSBTransferStatus(rawValue: 50).description == "50")
        #expect(LibUSBTransferStatus.stall.description == "LIBUSB_TRANSFER_STALL (4)")
    }

    @Test(arguments: [
        (LibUSBCode.access, LibUSBStep.open, DeviceError.Code.accessDenied),
        (.access, .start, .accessDenied),
        (.other, .start, .unsupported),
        (.notSupported, .start, .unsupported),
        (.noDevice, .open, .unplugged),
        (.noDevice, .transfer, .unplugged),
        (.notFound, .claim, .unsupported),
        (.notFound, .reset, .unplugged),
        (.notFound, .transfer, .inputOutput),
        (.busy, .claim, .busy),
        (.timeout, .transfer, .timeout),
        (.overflow, .transfer, .overflow),
        (.pipe, .transfer, .stalled),
        (.invalidParameter, .transfer, .unsupported),
        (.interrupted, .transfer, .inputOutput),
        (.noMemory, .transfer, .inputOutput),
        (.inputOutput, .transfer, .inputOutput),
        (.other, .claim, .inputOutput),
        (LibUSBCode(rawValue: -50), .open, .inputOutput),
    ])
    func hasOneFailureCodeAtEachStep(code: LibUSBCode, step: LibUSBStep, expected: DeviceError.Code) {
        #expect(code.errorCode(at: step) == expected)
    }

    @Test(arguments: [
        (LibUSBTransferStatus.completed, nil), (.error, DeviceError.Code.inputOutput), (.timedOut, .timeout),
        (.cancelled, .cancelled), (.stall, .stalled), (.noDevice, .unplugged), (.overflow, .overflow),
        (LibUSBTransferStatus(rawValue: 50), .inputOutput),
    ])
    func hasOneFailureCodeForEachEnd(status: LibUSBTransferStatus, expected: DeviceError.Code?) {
        #expect(status.errorCode == expected)
    }

    @Test(arguments: [
        (Duration.zero, 1 as UInt32), (.milliseconds(-5), 1), (.microseconds(1), 1), (.milliseconds(1), 1),
        (.microseconds(1_001), 2), (.seconds(2), 2_000), (.seconds(Int64.max / 2), 2_147_483_647),
    ])
    func roundsDurationsUpToMilliseconds(duration: Duration, expected: UInt32) {
        #expect(duration.milliseconds == expected)
    }
}
