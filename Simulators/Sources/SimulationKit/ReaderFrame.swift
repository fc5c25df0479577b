import CReaderLink

/// Letters and limits of the reader link, as Swift numbers; their meaning stands in `reader_link.h`.
enum ReaderFrame: Sendable {
    static let hello = UInt8(ONECARD_FRAME_HELLO)
    static let status = UInt8(ONECARD_FRAME_STATUS)
    static let powerUp = UInt8(ONECARD_FRAME_POWER_UP)
    static let reset = UInt8(ONECARD_FRAME_RESET)
    static let powerDown = UInt8(ONECARD_FRAME_POWER_DOWN)
    static let transmit = UInt8(ONECARD_FRAME_TRANSMIT)
    static let answerToReset = UInt8(ONECARD_FRAME_ATR)
    static let absent = UInt8(ONECARD_FRAME_ABSENT)
    static let mute = UInt8(ONECARD_FRAME_MUTE)
    static let wait = UInt8(ONECARD_FRAME_WAIT)
    static let trouble = UInt8(ONECARD_FRAME_TROUBLE)
    static let done = UInt8(ONECARD_FRAME_DONE)
    static let event = UInt8(ONECARD_FRAME_EVENT)
    static let commandRole = UInt8(ONECARD_ROLE_COMMAND)
    static let eventRole = UInt8(ONECARD_ROLE_EVENT)
    static let version = UInt8(ONECARD_LINK_VERSION)
    /// The longest frame, bytes.
    static let bytesMax = Int(ONECARD_FRAME_BYTES_MAX)
    /// Interval of WAIT frames while a card is silent, milliseconds.
    static let waitMilliseconds = Int64(ONECARD_WAIT_INTERVAL_MS)
}
