import Benefits
import CivilIdentity
package import Station

/// Turns a presentation into HTML.
///
/// It has no state: the same presentation in the same language gives the same bytes.
package struct PageRenderer: Sendable {
    private let templates: PageTemplates

    /// Compiles the templates.
    ///
    /// - Throws: ``KioskError`` when the files that are built in are not as they should be, which a test rules out.
    package init() throws(KioskError) {
        templates = try PageTemplates()
    }

    /// The whole screen in one language.
    package func page(_ presentation: Presentation, _ language: PageLanguage) -> RenderedPage {
        guard let table = templates.tables[language] else {
            return RenderedPage(html: "", screen: "", announcement: "")
        }
        let words = PageWords(table: table)
        var body = body(presentation, words)
        addFrame(presentation, words, &body)
        return RenderedPage(
            html: templates.render("frame", body.view, language),
            screen: body.kind,
            announcement: announcement(presentation, body, table)
        )
    }

    /// The page that stands before and without the service: no data, both languages at once.
    package func shell(simulated: Bool) -> String {
        guard let chinese = templates.tables[.chinese], let english = templates.tables[.english] else { return "" }
        let states: [PageView] = ["connecting", "lost", "superseded", "no-token"].map { state in
            [
                "state": state,
                "title": chinese.text("shell.\(state)"),
                "titleEnglish": english.text("shell.\(state)"),
                "text": chinese.text("shell.\(state)-text"),
                "textEnglish": english.text("shell.\(state)-text"),
                "code": PageView.section("codeText", state == "no-token" ? KioskError.Code.token.rawValue : nil),
            ]
        }
        return templates.render("shell", ["states": states, "simulated": simulated], .chinese)
    }
}

/// The middle of a screen: which template, filled from what, with which buttons below.
struct PageBody {
    /// As in `data-screen`.
    var kind: String
    /// What the template is filled from.
    var view: PageView = [:]
    /// The buttons at the bottom.
    var buttons: [PageButton] = []
    /// Whether the seconds that are left are shown.
    var countsDown = false
    /// Whether the date of the data is shown.
    var showsData = false
    /// Date and age of the data, where the screen knows better than the presentation.
    var data: (asOf: Int64?, freshness: Freshness?)?
    /// What is said besides the heading.
    var announcement = ""
}

/// A button at the bottom of a screen.
enum PageButton {
    case finish
    case home
    case back
    case moreTime
    case skipRating
}

extension PageRenderer {
    private func addFrame(_ presentation: Presentation, _ words: PageWords, _ body: inout PageBody) {
        let table = words.table
        let countsDown = body.countsDown && presentation.secondsLeft != nil
        body.view[PageView.templateName] = body.kind.lowercased()
        body.view["kind"] = body.kind
        body.view["stationName"] = presentation.stationName
        body.view["hotline"] = presentation.hotline
        body.view["simulated"] = presentation.simulated
        body.view["fictitious"] = presentation.fictitious
        body.view["developmentKeys"] = presentation.developmentKeys
        body.view["marked"] = presentation.simulated || presentation.fictitious || presentation.developmentKeys
        body.view["otherLanguage"] = table.language.other.rawValue
        body.view["helpCalled"] = presentation.helpCalled
        body.view["countdown"] = countsDown
        body.view["secondsLeft"] = String(max(presentation.secondsLeft ?? 0, 0))
        body.view["canHaveMoreTime"] = body.buttons.contains(.moreTime)
        body.view["actions"] = body.buttons.map { button($0, table) }
        let data = body.data ?? (presentation.dataAsOf, presentation.freshness)
        guard body.showsData, let asOf = data.asOf else { return }
        let freshness = data.freshness ?? .stale
        body.view["data"] = true
        body.view["dataAsOf"] = words.format.instant(asOf)
        body.view["freshness"] = freshness.rawValue
        body.view["note"] = PageView.section(
            "noteText",
            freshness == .fresh ? nil : table.text("data.\(freshness.rawValue)")
        )
        body.view["online"] = presentation.screen.isPersonal
    }

    private func button(_ button: PageButton, _ table: StringTable) -> PageView {
        let (action, key, style) =
            switch button {
            case .finish: ("finish", "action.finish", "secondary")
            case .home: ("finish", "action.home", "primary")
            case .back: ("back", "action.back", "primary")
            case .moreTime: ("moreTime", "action.more-time", "secondary more-time")
            case .skipRating: ("skipRating", "rating.skip", "secondary")
            }
        return ["id": "action-\(action)", "action": action, "label": table.text(key), "style": style]
    }

    private func announcement(_ presentation: Presentation, _ body: PageBody, _ table: StringTable) -> String {
        guard presentation.helpCalled else { return body.announcement }
        return [body.announcement, table.text("help.announced")].filter { !$0.isEmpty }.joined(separator: " ")
    }
}
