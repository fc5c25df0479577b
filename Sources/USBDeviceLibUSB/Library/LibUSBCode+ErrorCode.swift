import DeviceIO

/// What a call to libusb was for: the same result means different things at different steps.
enum LibUSBStep: Sendable, Hashable, CaseIterable {
    /// Starting the library and the watch for devices.
    case start
    /// Reading descriptors and opening.
    case open
    /// Claiming an interface and choosing its setting.
    case claim
    /// Handing in a transfer, or clearing a halt.
    case transfer
    /// Resetting the device.
    case reset
}

extension LibUSBCode {
    /// The failure code of this result at a step.
    ///
    /// - Parameter step: What the call was for.
    /// - Returns: The failure code; `device.input-output` for a result that has none of its own.
    func errorCode(at step: LibUSBStep) -> DeviceError.Code {
        switch self {
        case .access: .accessDenied
        // Without USB in the kernel, or without rights to its messages, the library names one thing or another.
        case _ where step == .start: .unsupported
        case .noDevice: .unplugged
        // The device came back from its reset with other descriptors, or not at all.
        case .notFound where step == .reset: .unplugged
        case .notFound where step == .claim, .invalidParameter, .notSupported: .unsupported
        case .busy: .busy
        case .timeout: .timeout
        case .overflow: .overflow
        case .pipe: .stalled
        default: .inputOutput
        }
    }
}

extension LibUSBTransferStatus {
    /// The failure code of a transfer that ended so; nil when it ended well.
    var errorCode: DeviceError.Code? {
        switch self {
        case .completed: nil
        case .timedOut: .timeout
        case .cancelled: .cancelled
        case .stall: .stalled
        case .noDevice: .unplugged
        case .overflow: .overflow
        default: .inputOutput
        }
    }
}

extension DeviceError {
    init(_ code: LibUSBCode, at step: LibUSBStep, _ attempt: String) {
        self.init(code.errorCode(at: step), attempt, cause: code)
    }
}
