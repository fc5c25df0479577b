import CReaderLink

/// Letters and limits of the reader link, as Swift numbers; their meaning stands in `reader_link.h`.
package enum ReaderFrame: Sendable {
    package static let hello = UInt8(ONECARD_FRAME_HELLO)
    package static let status = UInt8(ONECARD_FRAME_STATUS)
    package static let powerUp = UInt8(ONECARD_FRAME_POWER_UP)
    package static let reset = UInt8(ONECARD_FRAME_RESET)
    package static let powerDown = UInt8(ONECARD_FRAME_POWER_DOWN)
    package static let transmit = UInt8(ONECARD_FRAME_TRANSMIT)
    package static let answerToReset = UInt8(ONECARD_FRAME_ATR)
    package static let absent = UInt8(ONECARD_FRAME_ABSENT)
    package static let mute = UInt8(ONECARD_FRAME_MUTE)
    package static let wait = UInt8(ONECARD_FRAME_WAIT)
    package static let trouble = UInt8(ONECARD_FRAME_TROUBLE)
    package static let done = UInt8(ONECARD_FRAME_DONE)
    package static let event = UInt8(ONECARD_FRAME_EVENT)
    package static let commandRole = UInt8(ONECARD_ROLE_COMMAND)
    package static let eventRole = UInt8(ONECARD_ROLE_EVENT)
    package static let version = UInt8(ONECARD_LINK_VERSION)
    /// The longest frame, bytes.
    package static let bytesMax = Int(ONECARD_FRAME_BYTES_MAX)
    /// Interval of WAIT frames while a card is silent, milliseconds.
    package static let waitMilliseconds = Int64(ONECARD_WAIT_INTERVAL_MS)
}
