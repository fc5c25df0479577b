import NIOPosix
import Station
import Testing

@testable import KioskServer

@Suite
struct LivePagesTests {
    private let point: ServicePointID
    private let pages = LivePages(streamsOfPoint: 2)

    init() throws {
        point = try #require(ServicePointID(rawValue: "kiosk-1"))
    }

    private func feed() -> PageFeed {
        PageFeed(limits: KioskLimits(), eventLoop: MultiThreadedEventLoopGroup.singleton.next())
    }

    @Test
    func theLastOpenedPageIsTheLiveOne() async throws {
        let first = feed()
        #expect(pages.open(PageID(rawValue: 1), at: point, first))
        #expect(try pages.live("0000000000000001", at: point).page == PageID(rawValue: 1))
        #expect(pages.open(PageID(rawValue: 0xABC), at: point, feed()))
        #expect(await first.next() == .send(.end(.superseded)))
        #expect(throws: KioskError.self) { try pages.live("0000000000000001", at: point) }
        #expect(try pages.live("0000000000000abc", at: point).page == PageID(rawValue: 0xABC))
    }

    @Test
    func theEndOfAnOlderStreamDoesNotTouchTheLiveOne() throws {
        #expect(pages.open(PageID(rawValue: 1), at: point, feed()))
        #expect(pages.open(PageID(rawValue: 2), at: point, feed()))
        pages.close(PageID(rawValue: 1), at: point)
        #expect(try pages.live("0000000000000002", at: point).page == PageID(rawValue: 2))
        pages.close(PageID(rawValue: 2), at: point)
        #expect(throws: KioskError.self) { try pages.live("0000000000000002", at: point) }
    }

    @Test
    func streamsAreCountedForEachPoint() throws {
        let other = try #require(ServicePointID(rawValue: "desk-1"))
        #expect(pages.open(PageID(rawValue: 1), at: point, feed()))
        #expect(pages.open(PageID(rawValue: 2), at: point, feed()))
        #expect(!pages.open(PageID(rawValue: 3), at: point, feed()))
        #expect { try pages.admit(point) } throws: { ($0 as? KioskError)?.code == .tooManyStreams }
        #expect(pages.open(PageID(rawValue: 4), at: other, feed()))
        pages.close(PageID(rawValue: 1), at: point)
        try pages.admit(point)
    }

    @Test
    func stoppingEndsAllAndAdmitsNone() async throws {
        let feed = feed()
        #expect(pages.open(PageID(rawValue: 1), at: point, feed))
        pages.stop()
        #expect(await feed.next() == .send(.end(.stopped)))
        #expect(!pages.open(PageID(rawValue: 2), at: point, self.feed()))
        #expect { try pages.admit(point) } throws: { ($0 as? KioskError)?.code == .stopping }
    }
}
