import Foundation
import NIOCore

/// Reads server-sent events off a raw connection.
///
/// Every event is one chunk of the response, so that the chunks' own lines never stand within one.
struct TestEvents {
    /// One event.
    struct Event: Sendable {
        var name: String
        var data: String
        /// When it came.
        var at: ContinuousClock.Instant

        /// A member of the data.
        func value(_ key: String) -> Any? {
            (try? JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any])?[key]
        }

        /// A text of the data; empty when there is none.
        func text(_ key: String) -> String { value(key) as? String ?? "" }
    }

    private var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var bytes: [UInt8] = []

    init(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator) {
        self.inbound = inbound
    }

    /// The next event, or nil at the end of the connection.
    mutating func next() async throws -> Event? {
        while true {
            if let event = take() { return event }
            guard let buffer = try await inbound.next(isolation: #isolation) else { return nil }
            bytes += buffer.readableBytesView
        }
    }

    /// The next event of a name; others are skipped.
    mutating func next(_ name: String) async throws -> Event {
        while let event = try await next() {
            if event.name == name { return event }
        }
        throw TestFailure("the stream ended before \(name)")
    }

    /// The next screen of a kind; others are skipped.
    mutating func screen(_ kind: String) async throws -> Event {
        while true {
            let event = try await next("screen")
            if event.text("screen") == kind { return event }
        }
    }

    private mutating func take() -> Event? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let match = text.firstMatch(of: /event: (\w+)\ndata: (.*)\n\n/) else { return nil }
        bytes = Array(text[match.range.upperBound...].utf8)
        return Event(name: String(match.1), data: String(match.2), at: .now)
    }
}
