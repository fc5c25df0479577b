import Foundation
import NIOCore
import Station

/// What the server sends on the event stream of a page.
enum ServerSentEvent: Sendable {
    /// The stream stands; names it.
    case hello(PageID)
    /// A screen for the page to show.
    case screen(ScreenMessage)
    /// A sign of life.
    case heartbeat
    /// Another page took over.
    case superseded

    /// The data of `screen`.
    struct ScreenMessage: Sendable, Encodable {
        /// Grows with each change of the service point.
        var sequence: UInt64
        /// The kind of screen.
        var screen: String
        /// The fragment to show.
        var html: String
        /// Until the session ends by itself.
        var secondsLeft: Int?
        /// Whether data of a person may stand in it.
        var personal: Bool
        /// Whether signs of life come at the short interval.
        var inSession: Bool
        /// `zh-Hans` or `en`.
        var language: String
        /// For a screen reader.
        var announcement: String

        init(_ presentation: Presentation, _ page: RenderedPage, _ language: PageLanguage) {
            sequence = presentation.sequence
            screen = page.screen
            html = page.html
            secondsLeft = presentation.secondsLeft
            personal = presentation.screen.isPersonal
            inSession = presentation.inSession
            self.language = language.rawValue
            announcement = page.announcement
        }
    }

    /// The bytes of the event: name and one line of data.
    func encoded() throws -> ByteBuffer {
        switch self {
        case .hello(let page): ByteBuffer(string: "event: hello\ndata: {\"page\":\"\(page.wireName)\"}\n\n")
        case .screen(let message): try Self.encoded(message)
        case .heartbeat: ByteBuffer(string: "event: heartbeat\ndata: {}\n\n")
        case .superseded: ByteBuffer(string: "event: superseded\ndata: {}\n\n")
        }
    }

    private static func encoded(_ message: ScreenMessage) throws -> ByteBuffer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json = try encoder.encode(message)
        var buffer = ByteBuffer()
        buffer.reserveCapacity(json.count + 32)
        buffer.writeString("event: screen\ndata: ")
        buffer.writeBytes(json)
        buffer.writeString("\n\n")
        return buffer
    }
}
