import Benefits
import Station

extension PageRenderer {
    /// The middle of each screen.
    func body(_ presentation: Presentation, _ words: PageWords) -> PageBody {
        switch presentation.screen {
        case .idle(let screen): idle(screen, words)
        case .reading: PageBody(kind: "reading")
        case .takeCard: PageBody(kind: "takeCard")
        case .greeting(let screen): greeting(screen, words)
        case .confirmPIN(let triesLeft, let wasWrong): confirmPIN(triesLeft, wasWrong: wasWrong, words)
        case .pinPad(let screen): pinPad(screen, words)
        case .layCard: PageBody(kind: "layCard", buttons: [.back, .finish, .moreTime], countsDown: true)
        case .checkingPIN: PageBody(kind: "checkingPIN")
        case .benefits(let screen): benefits(screen, words)
        case .history(let screen): history(screen, words)
        case .rating: PageBody(kind: "rating", buttons: [.skipRating], countsDown: true)
        case .thanks: PageBody(kind: "thanks")
        case .failure(let screen): failure(screen, words)
        }
    }

    private func idle(_ screen: IdleScreen, _ words: PageWords) -> PageBody {
        guard let code = screen.outOfService else {
            return PageBody(kind: "idle", view: ["failure": false], showsData: true)
        }
        var view = self.view(FailureText(code: code, words.table), code: code)
        view["failure"] = true
        return PageBody(kind: "idle", view: view, showsData: true)
    }

    private func greeting(_ screen: GreetingScreen, _ words: PageWords) -> PageBody {
        let programmes: [PageView] = (screen.programmes ?? []).map {
            ["code": $0.code.rawValue, "name": words.name($0)]
        }
        return PageBody(
            kind: "greeting",
            view: [
                "maskedName": screen.maskedName,
                "hasProgrammes": !programmes.isEmpty,
                "hasNone": screen.programmes?.isEmpty ?? false,
                "isWithheld": screen.programmes == nil,
                "programmes": programmes,
                "count": String(programmes.count),
                "nextPayDay": PageView.section("nextPayDay", screen.nextPayDay.map(words.format.day)),
                "canUsePIN": screen.canUsePIN,
            ],
            buttons: [.finish, .moreTime],
            countsDown: true,
            showsData: true
        )
    }

    private func confirmPIN(_ triesLeft: Int?, wasWrong: Bool, _ words: PageWords) -> PageBody {
        PageBody(
            kind: "confirmPIN",
            view: [
                "wasWrong": wasWrong,
                "unknown": triesLeft == nil,
                "blocked": triesLeft == 0,
                "last": triesLeft == 1,
                "few": triesLeft.map { $0 > 1 } ?? false,
                "isAbove1": triesLeft.map { $0 > 1 } ?? true,
                "triesLeft": String(triesLeft ?? 0),
            ],
            buttons: [.finish, .moreTime],
            countsDown: true,
            announcement: wasWrong ? words.table.text("confirm.wrong") : ""
        )
    }

    private func failure(_ screen: FailureScreen, _ words: PageWords) -> PageBody {
        let text = FailureText(code: screen.code, words.table)
        var view = self.view(text, code: screen.code)
        view["cardStillThere"] = screen.cardStillThere
        return PageBody(
            kind: "failure",
            view: view,
            buttons: [.home],
            countsDown: true,
            announcement: [text.title, text.text, text.next].joined(separator: " ")
        )
    }

    private func view(_ text: FailureText, code: String) -> PageView {
        ["title": text.title, "text": text.text, "next": text.next, "code": code]
    }
}

// MARK: - PIN pad

extension PageRenderer {
    /// Places for digits that are drawn empty: the usual length of the PIN of a social-security card.
    private static let dotsMin = 6
    /// Keys in a row of the pad.
    private static let keysInRow = 3

    func pinPad(_ screen: PINPadScreen, _ words: PageWords) -> PageBody {
        let entered = max(screen.entered, 0)
        let digits = screen.keys.filter { $0.role == .digit }
        var announcement = ""
        if screen.wasWrong { announcement = words.table.text("pin.wrong") }
        if entered > 0 { announcement = words.table.text("pin.entered", ["entered": String(entered)]) }
        return PageBody(
            kind: "pinPad",
            view: [
                "wasWrong": screen.wasWrong,
                "triesKnown": screen.triesLeft != nil,
                "triesLeft": String(screen.triesLeft ?? 0),
                "entered": String(entered),
                "dots": (0..<max(entered, Self.dotsMin)).map { $0 < entered ? "on" : "off" },
                "keys": digits.enumerated().map { digitKey($0.element, at: $0.offset, words) },
                "commands": screen.keys.filter { $0.role != .digit }.map { commandKey($0, words) },
            ],
            buttons: [.finish, .moreTime],
            countsDown: true,
            announcement: announcement
        )
    }

    /// A digit key is called by its place, so that no screen reader speaks a digit of the PIN.
    private func digitKey(_ key: PINKey, at index: Int, _ words: PageWords) -> PageView {
        let isLastAlone = index == Self.keysInRow * Self.keysInRow
        let place = [
            "row": String(index / Self.keysInRow + 1),
            "column": String(isLastAlone ? 2 : index % Self.keysInRow + 1),
        ]
        return [
            "id": "key-\(index)", "token": key.token, "label": key.label, "name": words.table.text("pin.key", place),
        ]
    }

    private func commandKey(_ key: PINKey, _ words: PageWords) -> PageView {
        let role = key.role.rawValue
        return ["role": role, "token": key.token, "label": words.table.text("pin.\(role)")]
    }
}
