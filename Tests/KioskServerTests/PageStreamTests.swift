import ServiceLifecycle
import Station
import Testing

@testable import KioskServer

/// Takes calls off a fake host one by one.
struct Calls {
    private var iterator: AsyncStream<FakeHost.Call>.Iterator

    init(_ host: FakeHost) {
        iterator = host.calls.makeAsyncIterator()
    }

    mutating func next() async throws -> FakeHost.Call {
        guard let call = await iterator.next(isolation: #isolation) else {
            throw TestFailure("the host was not called")
        }
        return call
    }
}

@Suite(.timeLimit(.minutes(1)))
struct PageStreamTests {
    private let idle = Fixtures.presentation(.idle(IdleScreen()))
    private let personal = Fixtures.presentation(Fixtures.pad(entered: 2), secondsLeft: 45)

    @Test
    func firstComesTheNameOfTheStreamThenThePresentScreen() async throws {
        let host = FakeHost(showing: personal)
        try await TestServer.run(host) { server in
            try await server.events { events in
                let hello = try #require(try await events.next())
                #expect(hello.name == "hello")
                #expect(hello.text("page").wholeMatch(of: /[0-9a-f]{16}/) != nil)
                let screen = try #require(try await events.next())
                #expect(screen.name == "screen")
                #expect(screen.text("screen") == "pinPad")
                #expect(screen.text("html").contains("token-1-2"))
                #expect(screen.value("secondsLeft") as? Int == 45)
                #expect(screen.value("personal") as? Bool == true)
                #expect(screen.value("inSession") as? Bool == true)
                #expect(screen.value("sequence") as? Int == 7)
                #expect(screen.text("language") == "zh-Hans")
            }
        }
    }

    @Test
    func signsOfLifeComeInASessionBeforeThePageWouldBlankItself() async throws {
        let host = FakeHost(showing: personal)
        try await TestServer.run(host) { server in
            try await server.events { events in
                var last = try await events.next("screen").at
                for _ in 0..<4 {
                    let beat = try await events.next("heartbeat")
                    #expect(beat.at - last > .milliseconds(200))
                    #expect(beat.at - last < .milliseconds(900))
                    last = beat.at
                }
            }
        }
    }

    @Test
    func theShortIntervalHoldsAtOnceWhenASessionBegins() async throws {
        let host = FakeHost(showing: idle)
        try await TestServer.run(host) { server in
            try await server.events { events in
                _ = try await events.screen("idle")
                host.show(personal)
                let begin = try await events.screen("pinPad").at
                let pause = try await events.next("heartbeat").at - begin
                #expect(pause < .milliseconds(900))
            }
        }
    }

    @Test
    func aSecondPageBlanksTheFirst() async throws {
        let host = FakeHost(showing: personal)
        try await TestServer.run(host) { server in
            var calls = Calls(host)
            try await server.events { first in
                let firstName = try await first.next("hello").text("page")
                _ = try await first.screen("pinPad")
                try await server.events { second in
                    let secondName = try await second.next("hello").text("page")
                    #expect(firstName != secondName)
                    _ = try await second.screen("pinPad")
                    _ = try await first.next("superseded")
                    let end = try await first.next()
                    #expect(end == nil, "the first stream ends")
                    let refused = try await server.action(#"{"action":"help"}"#, stream: firstName)
                    #expect(refused.status == 409)
                    #expect(refused.code == "kiosk.superseded")
                    let accepted = try await server.action(#"{"action":"help"}"#, stream: secondName)
                    #expect(accepted.status == 204)
                }
            }
            guard case .opened(let firstPage) = try await calls.next() else { throw TestFailure("not opened") }
            var lost: [PageID] = []
            var seen: [FakeHost.Call] = []
            while lost.count < 2 {
                let call = try await calls.next()
                if case .lost(let page) = call { lost.append(page) }
                seen.append(call)
            }
            #expect(lost.first == firstPage)
            #expect(lost.last != firstPage)
            #expect(seen.contains { if case .input(.help, let page) = $0 { page == lost.last } else { false } })
        }
    }

    @Test
    func theHostIsToldOnceWhenTheBrowserIsGone() async throws {
        let host = FakeHost(showing: personal)
        try await TestServer.run(host) { server in
            var calls = Calls(host)
            try await server.events { events in _ = try await events.screen("pinPad") }
            guard case .opened(let page) = try await calls.next() else { throw TestFailure("not opened") }
            let call = try await calls.next()
            #expect(call == .lost(page))
            try await server.events { events in _ = try await events.screen("pinPad") }
            guard case .opened(let next) = try await calls.next() else { throw TestFailure("told twice") }
            #expect(next != page)
        }
    }

    @Test
    func theStreamEndsWhenTheHostEndsIt() async throws {
        let host = FakeHost(showing: personal)
        try await TestServer.run(host) { server in
            try await server.events { events in
                _ = try await events.screen("pinPad")
                host.endStream()
                while try await events.next() != nil {}
            }
        }
    }

    @Test
    func theStreamEndsWithinASecondOfShutdown() async throws {
        let host = FakeHost(showing: personal)
        try await TestServer.run(host) { server in
            try await server.events { events in
                _ = try await events.screen("pinPad")
                let begin = ContinuousClock.now
                await server.group.triggerGracefulShutdown()
                while try await events.next() != nil {}
                #expect(ContinuousClock.now - begin < .seconds(1))
            }
        }
    }

    @Test
    func aReaderThatDoesNotReadLosesItsConnection() async throws {
        var limits = KioskLimits()
        limits.writeStall = .milliseconds(200)
        let host = FakeHost(showing: personal)
        let statement = try Shared.fixtures().filter { $0.name == "benefits-eight" }
        let big = try #require(statement.first?.presentation)
        try await TestServer.run(host, limits: limits) { server in
            var calls = Calls(host)
            try await server.events { _ in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        while !Task.isCancelled {
                            host.show(big)
                            await Task.yield()
                        }
                    }
                    while true {
                        if case .lost = try await calls.next() { break }
                    }
                    group.cancelAll()
                }
            }
        }
    }

    @Test
    func moreStreamsThanALimitAreRefused() async throws {
        var limits = KioskLimits()
        limits.streamsOfPoint = 0
        try await TestServer.run(FakeHost(showing: idle), limits: limits) { server in
            let response = try await server.request("GET \(TestServer.eventsPath)", server.fields())
            #expect(response.status == 503)
            #expect(response.code == "kiosk.too-many-streams")
        }
    }

    @Test
    func theLanguageButtonChangesThisPageUntilTheSessionEnds() async throws {
        let host = FakeHost(showing: personal)
        try await TestServer.run(host) { server in
            try await server.events { events in
                let stream = try await events.next("hello").text("page")
                let chinese = try await events.screen("pinPad").text("html")
                #expect(chinese.contains("请输入"))
                let response = try await server.action(#"{"action":"language","value":"en"}"#, stream: stream)
                #expect(response.status == 204)
                let english = try await events.screen("pinPad")
                #expect(english.text("language") == "en")
                #expect(english.text("html").contains("Enter the PIN"))
                host.show(Fixtures.presentation(.thanks))
                let thanks = try await events.screen("thanks").text("language")
                #expect(thanks == "en")
                host.show(idle)
                let language = try await events.screen("idle").text("language")
                #expect(language == "zh-Hans")
            }
        }
    }

    @Test
    func anotherLanguageDoesNotStayOnAnIdlePage() async throws {
        var limits = KioskLimits()
        limits.idleLanguage = .milliseconds(50)
        limits.heartbeatOutside = .milliseconds(30)
        try await TestServer.run(FakeHost(showing: idle), limits: limits) { server in
            try await server.events { events in
                let stream = try await events.next("hello").text("page")
                _ = try await server.action(#"{"action":"language","value":"en"}"#, stream: stream)
                while try await events.screen("idle").text("language") != "en" {}
                let language = try await events.screen("idle").text("language")
                #expect(language == "zh-Hans")
            }
        }
    }

    @Test
    func whatThePersonDoesReachesTheHost() async throws {
        let host = FakeHost(showing: personal)
        try await TestServer.run(host) { server in
            var calls = Calls(host)
            try await server.events { events in
                let stream = try await events.next("hello").text("page")
                guard case .opened(let page) = try await calls.next() else { throw TestFailure("not opened") }
                let body = #"{"action":"pinKey","value":"token-4-2"}"#
                let status = try await server.action(body, stream: stream).status
                #expect(status == 204)
                let input = try await calls.next()
                #expect(input == .input(.pinKey(token: "token-4-2"), page))
            }
        }
    }
}
