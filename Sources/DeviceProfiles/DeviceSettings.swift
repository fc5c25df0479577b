/// What belongs to the protocol of a device.
public enum DeviceSettings: Hashable, Sendable {
    /// A card reader.
    case ccid(CardReaderSettings)
    /// A reader of ID documents.
    case samV(IDReaderSettings)
    /// A receipt printer.
    case escPOS(PrinterSettings)
    /// A scanner that types.
    case hidKeyboard(ScannerFraming, RetrySettings)
    /// A scanner with reports of its own.
    case hidPOS(ScannerReport, RetrySettings)
    /// A scanner on a serial line.
    case serialText(ScannerFraming, RetrySettings)
    /// A PIN pad in a card reader.
    case part10(PINEntryLimits, PINEntryTimings, RetrySettings)
    /// A PIN pad on a serial line.
    case serialFrame(SerialPINPadSettings)
    /// Keys on the screen.
    case onScreen(PINEntryLimits, PINEntryTimings)

    /// The protocol, without what goes with it.
    public var deviceProtocol: DeviceProtocol {
        switch self {
        case .ccid: .ccid
        case .samV: .samV
        case .escPOS: .escPOS
        case .hidKeyboard: .hidKeyboard
        case .hidPOS: .hidPOS
        case .serialText: .serialText
        case .part10: .part10
        case .serialFrame: .serialFrame
        case .onScreen: .onScreen
        }
    }
}
