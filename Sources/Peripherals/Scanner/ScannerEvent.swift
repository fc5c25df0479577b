/// What comes out of a scanner's line.
public enum ScannerEvent: Hashable, Sendable {
    /// A code was read.
    case code(ScannedCode)
    /// Something was read that is no whole code: `scanner.too-long`, `scanner.torn`, `scanner.garbled` or
    /// `scanner.malformed`. The person scans once more.
    case failure(PeripheralError.Code)
}
