import Hummingbird
import Logging
import NIOCore
import Station

/// One event stream, from its opening to its end.
struct PageStream: Sendable {
    let point: ServicePointID
    let page: PageID
    let host: any KioskSessionHost
    let renderer: PageRenderer
    let pages: LivePages
    let limits: KioskLimits
    let channel: any Channel
    let logger: Logger

    /// Sends screens and signs of life until the browser, the server or another page ends the stream.
    ///
    /// Whatever ends it, the session host is told once that the page is gone.
    @concurrent
    func run(_ request: Request, _ writer: inout any ResponseBodyWriter) async throws {
        let feed = PageFeed(limits: limits, eventLoop: channel.eventLoop)
        guard pages.open(page, at: point, feed) else { return try await writer.finish(nil) }
        logger.info("page opened", metadata: metadata)
        let presentations = await host.pageOpened(page)
        do {
            try await withTaskCancellationHandler {
                try await request.body.consumeWithInboundCloseHandler { _ in
                    try await pump(presentations, feed, &writer)
                } onInboundClosed: {
                    feed.end(.lost)
                }
            } onCancel: {
                feed.end(.lost)
            }
        } catch {
            // A write that failed is the usual way to learn that the browser is gone.
            logger.debug("page stream broke", metadata: metadata)
        }
        feed.end(.lost)
        pages.close(page, at: point)
        await host.pageLost(page)
        logger.info("page closed", metadata: metadata)
        try await writer.finish(nil)
    }

    private var metadata: Logger.Metadata {
        ["kiosk.point": .string(point.rawValue), "kiosk.page": .string(page.wireName)]
    }

    /// Moves presentations into the feed and what the feed gives to the browser, until the stream ends.
    @concurrent
    private func pump(
        _ presentations: AsyncStream<Presentation>,
        _ feed: PageFeed,
        _ writer: inout any ResponseBodyWriter
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await presentation in presentations { feed.offer(presentation) }
                feed.end(.stopped)
            }
            defer { group.cancelAll() }
            try await write(.hello(page), &writer)
            while try await step(feed, &writer) {}
        }
    }

    /// - Returns: false when the stream has ended.
    @concurrent
    private func step(_ feed: PageFeed, _ writer: inout any ResponseBodyWriter) async throws -> Bool {
        switch await feed.next() {
        case .heartbeat:
            try await write(.heartbeat, &writer)
        case .send(.screen(let presentation, let language)):
            let rendered = renderer.page(presentation, language)
            try await write(.screen(.init(presentation, rendered, language)), &writer)
        case .send(.end(.superseded)):
            try await write(.superseded, &writer)
            return false
        case .send(.end):
            return false
        }
        return true
    }

    /// Writes one event.
    ///
    /// A reader that takes nothing for too long loses its connection.
    @concurrent
    private func write(_ event: ServerSentEvent, _ writer: inout any ResponseBodyWriter) async throws {
        let channel = channel
        let stall = channel.eventLoop.scheduleTask(in: TimeAmount(limits.writeStall)) { channel.close(promise: nil) }
        defer { stall.cancel() }
        try await writer.write(try event.encoded())
    }
}
