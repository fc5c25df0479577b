import Benefits
import CivilIdentity
import Foundation
import Station
import Testing

@testable import KioskServer

@Suite
struct PageRendererTests {
    private let renderer: PageRenderer

    init() throws {
        renderer = try Shared.renderer()
    }

    private func fixture(_ name: String) throws -> Presentation {
        try #require(try Shared.fixtures().first { $0.name == name }).presentation
    }

    private func html(_ name: String, _ language: PageLanguage = .chinese) throws -> String {
        renderer.page(try fixture(name), language).html
    }

    @Test(arguments: try Shared.fixtures().map(\.name), PageLanguage.allCases)
    func everyScreenIsAsItsSnapshot(_ name: String, _ language: PageLanguage) throws {
        let page = renderer.page(try fixture(name), language)
        try Snapshot.compare(page.html, with: "\(name).\(language.rawValue).html")
    }

    @Test(arguments: [true, false])
    func theShellIsAsItsSnapshot(_ simulated: Bool) throws {
        try Snapshot.compare(
            renderer.shell(simulated: simulated),
            with: simulated ? "shell-simulated.html" : "shell.html"
        )
    }

    @Test(arguments: try Shared.fixtures().map(\.name), PageLanguage.allCases)
    func everyScreenIsWellFormedAndComplete(_ name: String, _ language: PageLanguage) throws {
        let page = renderer.page(try fixture(name), language)
        _ = try Markup(page.html)
        #expect(!page.html.contains("{{") && !page.html.contains("[["), "nothing is left to fill in")
        #expect(page.html.contains("data-screen=\"\(page.screen)\""))
        #expect(page.html.matches(of: /<h1 tabindex="-1" data-focus>/).count == 1)
        #expect(page.html.matches(of: /<main/).count == 1)
        #expect(page.html.contains("data-action=\"help\""), "help can be called from everywhere")
        let identifiers = page.html.matches(of: /\ id="([^"]*)"/).map { String($0.1) }
        #expect(Set(identifiers).count == identifiers.count)
    }

    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onclick='x", "&lt;", "{{maskedName}}",
        "[[pin.title]]",
        "\"\u{301} autofocus onfocus=x", "</div></main>",
    ])
    func hostileTextStaysText(_ text: String) throws {
        for name in ["greeting", "benefits-eight", "history", "failure-no-text", "pin-empty", "idle-out-of-service"] {
            let presentation = poisoned(try fixture(name), with: text)
            for language in PageLanguage.allCases {
                let page = renderer.page(presentation, language).html
                let clean = renderer.page(try fixture(name), language).html
                #expect(try Markup(page) == Markup(clean), "\(name): the same elements and attributes as without it")
            }
        }
    }

    @Test
    func inv15TheGreetingHasNoAmounts() throws {
        for name in ["greeting", "greeting-none", "greeting-no-pin", "greeting-withheld"] {
            #expect(try !html(name).contains("¥"))
            #expect(try !html(name, .english).contains("¥"))
        }
        #expect(try html("greeting").contains("您好，张*"))
        #expect(try html("greeting").contains("2026年7月10日"))
    }

    @Test
    func programmesThatAreWithheldAreNotSaidToBeNone() throws {
        let page = try html("greeting-withheld")
        #expect(page.contains("只凭卡不能查看待遇") && page.contains("输入密码"))
        #expect(!page.contains("没有查到"))
    }

    @Test
    func inv15ScreensWithoutASessionHaveNothingOfAPerson() throws {
        for name in ["idle", "take-card", "thanks", "failure-temp-lost", "rating", "reading"] {
            #expect(try !html(name).contains("张*"))
            #expect(try !html(name).contains("¥"))
        }
    }

    @Test
    func inv28UnknownValuesAreSaidToBeUnknown() throws {
        let page = try html("benefits-unknown")
        #expect(page.contains("标准未录入，请咨询窗口工作人员"))
        #expect(page.contains("发放日未录入，请咨询窗口工作人员"))
        #expect(page.contains("有多项标准，请看明细或咨询窗口"), "several standards are never added up")
    }

    @Test
    func inv30StaleDataHasItsDateAndNoAmounts() throws {
        for name in ["benefits-stale", "history-withheld"] {
            let page = try html(name)
            #expect(!page.contains("¥"))
            #expect(page.contains("数据截至 2026年7月1日 08:30"))
            #expect(page.contains("数据太旧"))
        }
        #expect(try html("benefits-four").contains("数据截至 2026年7月1日 08:30"))
    }

    @Test
    func theMissingOnlineQueryIsNamedWhereItWouldBe() throws {
        for name in ["greeting", "benefits-four", "history"] {
            #expect(try html(name).contains("联网实时查询尚未开通"))
        }
        #expect(try html("failure-unknown-resident").contains("联网查询尚未开通"))
    }

    @Test
    func theEightBenefitsAreAllThere() throws {
        for name in ["benefits-four", "benefits-eight", "benefits-none", "benefits-states"] {
            let codes = try html(name).matches(of: /<li class="[^"]*" data-programme="([A-Z]+)"/).map { String($0.1) }
            #expect(Set(codes) == Set(ProgrammeCode.eight.map(\.rawValue)), "\(name)")
            #expect(codes.count == 8)
        }
        let page = try html("benefits-four")
        #expect(page.matches(of: /class="chip"/).count == 4)
        #expect(page.contains("<span>¥860.00</span> <span>元/月</span>"))
    }

    @Test
    func returnedPaymentsHaveTheirReason() throws {
        let page = try html("history")
        #expect(page.contains("账户已销户"))
        #expect(page.contains("请到窗口查询原因"), "a reason that is not known sends the person to the desk")
        #expect(page.matches(of: /<tr class="row-/).count == 12)
        #expect(page.contains("账户尾号 0018"))
    }

    @Test
    func noScreenReaderSpeaksADigitOfThePIN() throws {
        let page = try html("pin-three-digits")
        #expect(
            page.matches(of: /class="key" [^>]*aria-label="按键，第\d行第\d个"><span aria-hidden="true">\d<\/span>/).count
                == 10
        )
        #expect(page.contains("<p class=\"dots\" aria-hidden=\"true\">"))
        let rendered = renderer.page(try fixture("pin-three-digits"), .chinese)
        #expect(rendered.announcement == "已输入 3 位")
        #expect(renderer.page(try fixture("pin-wrong"), .chinese).announcement == "密码不对，请重新输入")
    }

    @Test
    func howManyDigitsStandIsAllThatTheDotsTell() throws {
        #expect(try html("pin-three-digits").matches(of: /<i class="on">/).count == 3)
        #expect(try html("pin-three-digits").matches(of: /<i class="off">/).count == 3)
        var long = try fixture("pin-empty")
        long.screen = Fixtures.pad(entered: 16)
        #expect(renderer.page(long, .chinese).html.matches(of: /<i class="on">/).count == 16)
        long.screen = Fixtures.pad(entered: -1)
        #expect(renderer.page(long, .chinese).html.matches(of: /<i class="on">/).isEmpty)
    }

    @Test
    func marksStandOnEveryScreenOfASimulatedStation() throws {
        for fixture in try Shared.fixtures() where fixture.name != "idle-production" {
            let page = renderer.page(fixture.presentation, .chinese).html
            #expect(page.contains("class=\"watermark\"") && page.contains(">演示</span>"), "\(fixture.name)")
            #expect(page.contains("演示数据") && page.contains("开发密钥"), "\(fixture.name)")
        }
        let production = try html("idle-production")
        #expect(!production.contains("演示") && !production.contains("开发密钥") && !production.contains("watermark"))
    }

    @Test
    func failuresHaveTheirCodeTheHotlineAndAWayOn() throws {
        let page = try html("failure-temp-lost")
        #expect(page.contains("identity.card-temp-lost") && page.contains("0750-0000000"))
        #expect(page.contains("class=\"next\"") && page.contains("请取走您的卡"))
        #expect(try !html("failure-torn").contains("class=\"take\""))
    }

    private func poisoned(_ presentation: Presentation, with text: String) -> Presentation {
        var result = presentation
        result.stationName = text
        result.hotline = text
        switch result.screen {
        case .greeting(var screen):
            screen.maskedName = text
            screen.programmes = screen.programmes?.map { poisoned($0, text) }
            result.screen = .greeting(screen)
        case .benefits(var screen):
            screen.maskedName = text
            for index in screen.statement.lines.indices {
                screen.statement.lines[index].programme = poisoned(screen.statement.lines[index].programme, text)
            }
            result.screen = .benefits(screen)
        case .history(var screen):
            screen.line.programme = poisoned(screen.line.programme, text)
            for index in screen.line.history.indices {
                screen.line.history[index].accountLastFour = text
                if screen.line.history[index].state == .returned { screen.line.history[index].returnedReason = text }
            }
            result.screen = .history(screen)
        case .failure(var screen):
            screen.code = text
            result.screen = .failure(screen)
        case .pinPad(var screen):
            for index in screen.keys.indices {
                screen.keys[index].token = text
                screen.keys[index].label = text
            }
            result.screen = .pinPad(screen)
        case .idle:
            result.screen = .idle(IdleScreen(outOfService: text))
        default: break
        }
        return result
    }

    private func poisoned(_ programme: Programme, _ text: String) -> Programme {
        var result = programme
        result.name = BilingualText(chinese: text, english: text)
        return result
    }
}
