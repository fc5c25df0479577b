/// What is worth knowing about a slip that was printed.
public enum PrintWarning: Hashable, Sendable, CustomStringConvertible {
    /// The paper is near its end.
    case paperNearEnd
    /// So many characters were replaced since the printer lacks them.
    case charactersReplaced(Int)
    /// So many QR codes were left out since the printer draws none.
    case codesLeftOut(Int)
    /// A first attempt failed in the middle; the slip carries the mark of a reprint.
    case reprinted
    /// The slip is printed, and now the printer is in this condition.
    case condition(PrinterCondition)

    /// The stable text that logs and answers carry.
    public var description: String {
        switch self {
        case .paperNearEnd: "warning.printer.paper-near-end"
        case .charactersReplaced: "warning.printer.characters-replaced"
        case .codesLeftOut: "warning.printer.codes-left-out"
        case .reprinted: "warning.printer.reprinted"
        case .condition: "warning.printer.needs-attention"
        }
    }
}
