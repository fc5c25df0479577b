/// Something that a printer says about itself, the worst first.
public enum PrinterCondition: String, Sendable, CaseIterable {
    /// An error that it cannot recover from.
    case unrecoverable
    /// The cutter is jammed.
    case cutterError = "cutter-error"
    /// The cover is open.
    case coverOpen = "cover-open"
    /// The paper is out.
    case paperEnd = "paper-end"
    /// The head is too hot, or another state that ends by itself.
    case overheated
    /// It prints nothing and does not say why.
    case offline
    /// It does not answer, or not in the form of a status.
    case unknown
    /// The paper is near its end; it still prints.
    case paperNearEnd = "paper-near-end"

    /// The failure that this condition is for a slip; nil when the printer still prints.
    public var code: PeripheralError.Code? {
        switch self {
        case .unrecoverable: .printerBroken
        case .cutterError: .printerCutter
        case .coverOpen: .printerCoverOpen
        case .paperEnd: .printerPaperEnd
        case .overheated: .printerOverheated
        case .offline: .printerOffline
        case .unknown: .printerNotResponding
        case .paperNearEnd: nil
        }
    }
}
