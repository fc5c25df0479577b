import Station
import Synchronization

/// The event streams that stand, and which one of each service point is live.
final class LivePages: Sendable {
    private struct Stream: Sendable {
        var page: PageID
        var feed: PageFeed
    }

    private struct State: Sendable {
        var streams: [ServicePointID: [Stream]] = [:]
        var live: [ServicePointID: PageID] = [:]
        var isStopping = false
    }

    private let state = Mutex(State())
    private let streamsMax: Int

    init(streamsOfPoint: Int) {
        streamsMax = streamsOfPoint
    }

    /// Throws when no further stream may be opened now.
    func admit(_ point: ServicePointID) throws(KioskError) {
        let (count, isStopping) = state.withLock { ($0.streams[point]?.count ?? 0, $0.isStopping) }
        guard !isStopping else { throw KioskError(.stopping, "the service is about to stop") }
        guard count < streamsMax else { throw KioskError(.tooManyStreams, "\(count) event streams of \(point) stand") }
    }

    /// Makes a page the live one.
    ///
    /// The one before is ended, so that nothing more is shown there, before this returns.
    ///
    /// - Returns: false when there are too many streams, or the server stops.
    func open(_ page: PageID, at point: ServicePointID, _ feed: PageFeed) -> Bool {
        let before = state.withLock { state -> [Stream]? in
            let streams = state.streams[point] ?? []
            guard !state.isStopping, streams.count < streamsMax else { return nil }
            state.streams[point] = streams + [Stream(page: page, feed: feed)]
            state.live[point] = page
            return streams
        }
        for stream in before ?? [] { stream.feed.end(.superseded) }
        return before != nil
    }

    /// Forgets a stream that has ended.
    func close(_ page: PageID, at point: ServicePointID) {
        state.withLock { state in
            state.streams[point]?.removeAll { $0.page == page }
            if state.live[point] == page { state.live[point] = nil }
        }
    }

    /// The live page that an action comes from, with its feed.
    ///
    /// - Parameters:
    ///   - identifier: what the page says that its stream is.
    ///   - point: the service point.
    /// - Returns: the page and what its stream sends next.
    /// - Throws: ``KioskError`` with `kiosk.superseded` when that is not the live one.
    func live(_ identifier: String?, at point: ServicePointID) throws(KioskError) -> (page: PageID, feed: PageFeed) {
        let found = state.withLock { state -> Stream? in
            guard let page = state.live[point] else { return nil }
            return state.streams[point]?.first { $0.page == page }
        }
        guard let found, found.page.wireName == identifier else {
            throw KioskError(.superseded, "the action comes from a page that is not the live one of \(point)")
        }
        return (found.page, found.feed)
    }

    /// Ends every stream and lets no other begin.
    func stop() {
        let all = state.withLock { state in
            state.isStopping = true
            return state.streams.values.flatMap { $0 }
        }
        for stream in all { stream.feed.end(.stopped) }
    }
}

extension PageID {
    /// How the page names its stream in a header: 16 hexadecimal digits.
    var wireName: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
