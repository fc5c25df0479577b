/// How a print job ended; it never claims more than is known.
public enum PrintResult: Hashable, Sendable {
    /// The printer confirmed that it had worked through the slip.
    case printed
    /// As ``printed``, with something to know.
    case printedWithWarnings([PrintWarning])
    /// No byte of the slip reached the printer in this job: trying again prints nothing twice.
    case notPrinted(PeripheralError.Code)
    /// Bytes reached the printer, and it did not confirm: the slip may be printed, in part, or not at all.
    case uncertain(PeripheralError.Code)
}
