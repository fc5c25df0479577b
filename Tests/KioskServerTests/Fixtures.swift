import Benefits
import CivilIdentity
import Station

/// A screen of the snapshot tests.
struct Fixture: Sendable {
    /// Also the name of its snapshot.
    var name: String
    /// What is shown.
    var presentation: Presentation
}

/// Screens with made-up people and amounts.
enum Fixtures {
    /// 2026-07-01 08:30 in China.
    static let asOf: Int64 = 1_782_865_800

    /// One of every kind of screen and every way it can look.
    static func all() throws -> [Fixture] {
        try simple() + pin() + benefits() + failures()
    }

    static func presentation(
        _ screen: Screen,
        secondsLeft: Int? = nil,
        freshness: Freshness = .fresh,
        helpCalled: Bool = false
    ) -> Presentation {
        Presentation(
            sequence: 7,
            screen: screen,
            secondsLeft: secondsLeft,
            inSession: screen.isPersonal,
            dataAsOf: asOf,
            freshness: freshness,
            simulated: true,
            fictitious: true,
            developmentKeys: true,
            helpCalled: helpCalled,
            hotline: "0750-0000000",
            stationName: "示范村公共服务站"
        )
    }

    private static func simple() throws -> [Fixture] {
        let greeting = GreetingScreen(
            maskedName: "张*",
            programmes: [.dibao, .gaoling, .cjhl, .cjsh].map(programme),
            nextPayDay: try CivilDate(iso: "2026-07-10"),
            canUsePIN: true
        )
        var none = greeting
        none.programmes = []
        none.nextPayDay = nil
        var noPIN = greeting
        noPIN.canUsePIN = false
        var withheld = none
        withheld.programmes = nil
        var bare = presentation(.idle(IdleScreen()))
        bare.simulated = false
        bare.fictitious = false
        bare.developmentKeys = false
        bare.dataAsOf = nil
        bare.freshness = nil
        return [
            Fixture(name: "idle", presentation: presentation(.idle(IdleScreen()))),
            Fixture(name: "idle-production", presentation: bare),
            Fixture(
                name: "idle-out-of-service",
                presentation: presentation(.idle(IdleScreen(outOfService: "pcsc.service-not-running")))
            ),
            Fixture(name: "reading", presentation: presentation(.reading, secondsLeft: 30)),
            Fixture(name: "take-card", presentation: presentation(.takeCard)),
            Fixture(name: "greeting", presentation: presentation(.greeting(greeting), secondsLeft: 45)),
            Fixture(name: "greeting-none", presentation: presentation(.greeting(none), secondsLeft: 45)),
            Fixture(name: "greeting-withheld", presentation: presentation(.greeting(withheld), secondsLeft: 45)),
            Fixture(
                name: "greeting-no-pin",
                presentation: presentation(.greeting(noPIN), secondsLeft: 28, freshness: .aged, helpCalled: true)
            ),
            Fixture(name: "rating", presentation: presentation(.rating, secondsLeft: 15)),
            Fixture(name: "thanks", presentation: presentation(.thanks, secondsLeft: 4)),
        ]
    }

    // MARK: - PIN

    /// A pad with tokens that name their keys.
    static func pad(entered: Int, triesLeft: Int? = nil, wasWrong: Bool = false) -> Screen {
        let digits = (1...9).map(String.init) + ["0"]
        let keys = digits.map { PINKey(role: .digit, label: $0, token: "token-\($0)-\(entered)") }
        let commands: [PINKey.Role] = [.delete, .enter, .cancel]
        let others = commands.map { PINKey(role: $0, label: "", token: "token-\($0.rawValue)-\(entered)") }
        return .pinPad(
            PINPadScreen(entered: entered, keys: keys + others, triesLeft: triesLeft, wasWrong: wasWrong)
        )
    }

    private static func confirm(_ name: String, _ triesLeft: Int?, wasWrong: Bool = false) -> Fixture {
        let screen = Screen.confirmPIN(triesLeft: triesLeft, wasWrong: wasWrong)
        return Fixture(name: name, presentation: presentation(screen, secondsLeft: 45))
    }

    private static func pin() -> [Fixture] {
        [
            confirm("confirm-unknown", nil), confirm("confirm-last", 1), confirm("confirm-blocked", 0),
            confirm("confirm-unknown-wrong", nil, wasWrong: true), confirm("confirm-last-wrong", 1, wasWrong: true),
            Fixture(name: "pin-empty", presentation: presentation(pad(entered: 0, triesLeft: 5), secondsLeft: 45)),
            Fixture(name: "pin-three-digits", presentation: presentation(pad(entered: 3), secondsLeft: 9)),
            Fixture(
                name: "pin-wrong",
                presentation: presentation(pad(entered: 0, triesLeft: 3, wasWrong: true), secondsLeft: 45)
            ),
            Fixture(name: "lay-card", presentation: presentation(.layCard, secondsLeft: 45)),
            Fixture(name: "checking", presentation: presentation(.checkingPIN, secondsLeft: 30)),
        ]
    }

    // MARK: - Failures

    private static func failures() -> [Fixture] {
        [
            ("failure-temp-lost", "identity.card-temp-lost", true), ("failure-torn", "card.removed", false),
            ("failure-unknown-resident", "identity.unknown-resident", true), ("failure-locked", "pin.blocked", true),
            ("failure-no-text", "something.new", false),
        ].map { name, code, cardStillThere in
            let screen = FailureScreen(code: code, cardStillThere: cardStillThere)
            return Fixture(name: name, presentation: presentation(.failure(screen), secondsLeft: 20))
        }
    }
}
