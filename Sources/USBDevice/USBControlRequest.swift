/// The set-up of a control transfer (USB 2.0, 9.3); its length is that of the data.
public struct USBControlRequest: Hashable, Sendable {
    /// The most data of one control transfer: what Linux takes at a time, one page.
    public static let dataMax = 4096

    /// Direction, kind and recipient: `bmRequestType`.
    public var requestType: UInt8

    /// What is asked: `bRequest`.
    public var request: UInt8

    /// `wValue`.
    public var value: UInt16

    /// `wIndex`.
    public var index: UInt16

    /// Makes a set-up.
    ///
    /// - Parameters:
    ///   - requestType: Direction, kind and recipient.
    ///   - request: What is asked.
    ///   - value: `wValue`.
    ///   - index: `wIndex`.
    public init(requestType: UInt8, request: UInt8, value: UInt16 = 0, index: UInt16 = 0) {
        self.requestType = requestType
        self.request = request
        self.value = value
        self.index = index
    }

    /// Which way the data goes.
    public var direction: USBDirection { requestType & 0x80 == 0 ? .out : .in }
}
