/// How a device wants its data; a device profile fills it in.
public struct USBPipeSettings: Hashable, Sendable {
    /// How many bytes are written as one transfer, 1 to ``USBTransferLimits/bytesMax``; nil for the packet size.
    public var chunkSize: Int?

    /// How many packets one transfer may bring.
    ///
    /// More than 1 is faster for devices that end each answer with a packet that is not full; with others the transfer
    /// would wait for its time to be up.
    public var packetsPerRead: Int

    /// Whether a write that ends with a full packet is followed by one without data.
    public var endsWithShortPacket: Bool

    /// How often a halt is cleared, in one write or read, before the device counts as stalled.
    public var haltsMax: Int

    /// How long ``USBPipe/discardInput()`` waits for the next packet of a late answer; libusb counts in milliseconds.
    public var drainWait: Duration

    /// Makes settings; each is brought into its bounds.
    ///
    /// - Parameters:
    ///   - chunkSize: How many bytes are written as one transfer; nil for the packet size.
    ///   - packetsPerRead: How many packets one transfer may bring, 1 to 256.
    ///   - endsWithShortPacket: Whether a full last packet is followed by one without data.
    ///   - haltsMax: How often a halt is cleared, 0 to 8.
    ///   - drainWait: How long to wait for the next packet of a late answer, 1 ms to 1 s.
    public init(
        chunkSize: Int? = nil,
        packetsPerRead: Int = 1,
        endsWithShortPacket: Bool = false,
        haltsMax: Int = 2,
        drainWait: Duration = .milliseconds(1)
    ) {
        self.chunkSize = chunkSize.map { min(max($0, 1), USBTransferLimits.bytesMax) }
        self.packetsPerRead = min(max(packetsPerRead, 1), 256)
        self.endsWithShortPacket = endsWithShortPacket
        self.haltsMax = min(max(haltsMax, 0), 8)
        self.drainWait = min(max(drainWait, .milliseconds(1)), .seconds(1))
    }
}
