/// How an endpoint transfers; the raw values are those of `bmAttributes` (USB 2.0, 9.6.6).
public enum USBTransferKind: UInt8, Hashable, Sendable, CaseIterable {
    /// Commands and answers on one endpoint.
    case control = 0
    /// Streams without repetition; no device of a station is driven so.
    case isochronous = 1
    /// Data that arrives whole, in order and whenever there is room.
    case bulk = 2
    /// Small data within a bounded time.
    case interrupt = 3
}
