/// Limits of the page's server, each with its reason.
package struct KioskLimits: Sendable {
    /// Between two signs of life in a session: below the 500 ms that the page may expect, with room for a busy machine.
    package var heartbeatInSession: Duration = .milliseconds(400)
    /// Between two signs of life outside a session: seldom enough to cost nothing.
    package var heartbeatOutside: Duration = .seconds(5)
    /// How long one write may wait for a reader that does not read; the page has been blank for long by then.
    package var writeStall: Duration = .seconds(2)
    /// How long the other language stands on an idle page before it goes back to Chinese.
    package var idleLanguage: Duration = .seconds(60)
    /// Event streams of one service point at a time: the live one, those that are about to end, and one in reserve.
    package var streamsOfPoint = 4

    /// Bytes of an action: the longest is a programme code or a key's token.
    static let bodyBytesMax = 2_048
    /// Bytes of one header field; browsers send less than 1 KiB here.
    static let headerFieldBytesMax = 8_192
    /// Bytes of all header fields.
    static let headerBytesMax = 16_384
    /// Number of header fields.
    static let headerFieldsMax = 64
    /// Connections at a time: a browser opens six, and a station has a few pages.
    static let connectionsMax = 64
    /// Seconds that a connection without a request is kept.
    static let connectionIdleSeconds: Int64 = 30
    /// Characters of a key's token.
    static let keyTokenLengthMax = 64

    package init() {}
}
