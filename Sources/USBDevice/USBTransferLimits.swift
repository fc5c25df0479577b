/// Bounds of single transfers.
public enum USBTransferLimits: Sendable {
    /// The most bytes of one bulk or interrupt transfer: what Linux carries as one request, so that a transfer that is
    /// cancelled is cancelled whole.
    public static let bytesMax = 16 * 1024
}
