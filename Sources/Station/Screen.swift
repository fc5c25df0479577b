package import Benefits
package import CivilIdentity

/// What one service point shows now; a value, rendered by the kiosk adapter in the language of the page.
package enum Screen: Sendable, Equatable {
    /// Nobody is served. The page invites a card, or says what is missing.
    case idle(IdleScreen)
    /// A card is being read.
    case reading
    /// The session is over and the card is still there.
    case takeCard
    /// L1: which benefits, no amounts.
    case greeting(GreetingScreen)
    /// The person must say yes before a PIN is sent, since the tries left are unknown, one, or none when last told.
    case confirmPIN(triesLeft: Int?, wasWrong: Bool)
    /// The PIN pad.
    case pinPad(PINPadScreen)
    /// The tapped card is away: it is asked for again, to be checked with the PIN that was entered.
    case layCard
    /// The PIN is with the card.
    case checkingPIN
    /// L2: the eight benefits.
    case benefits(BenefitsScreen)
    /// L2: twelve months of one benefit.
    case history(HistoryScreen)
    /// Three buttons.
    case rating
    /// The last words, shortly, then idle.
    case thanks
    /// Plain words, a code and the hotline.
    case failure(FailureScreen)

    /// Whether data of a person, or digits of a PIN, may stand on this screen.
    package var isPersonal: Bool {
        switch self {
        case .idle, .takeCard, .thanks, .failure: false
        case .reading, .greeting, .confirmPIN, .pinPad, .layCard, .checkingPIN, .benefits, .history, .rating: true
        }
    }
}

/// The idle page: ready, or the reason why no card can be served.
package struct IdleScreen: Sendable, Equatable {
    /// The failure code of what is missing, or nil when a card can be served.
    package var outOfService: String?

    package init(outOfService: String? = nil) {
        self.outOfService = outOfService
    }
}

/// The greeting at L1.
package struct GreetingScreen: Sendable, Equatable {
    /// First character and `*`.
    package var maskedName: String
    /// The programmes that the person has, in the order of the statement; no amounts (INV-15).
    ///
    /// Nil when the policy wants more proof for them than a card.
    package var programmes: [Programme]?
    /// Earliest next pay day over them, if known.
    package var nextPayDay: CivilDate?
    /// Whether details can be opened with a PIN here.
    package var canUsePIN: Bool

    package init(maskedName: String, programmes: [Programme]?, nextPayDay: CivilDate?, canUsePIN: Bool) {
        self.maskedName = maskedName
        self.programmes = programmes
        self.nextPayDay = nextPayDay
        self.canUsePIN = canUsePIN
    }
}

/// One key of the PIN pad.
///
/// The page sends the token, never the digit.
package struct PINKey: Sendable, Equatable {
    /// What the key does.
    package enum Role: String, Sendable {
        case digit
        case delete
        case enter
        case cancel
    }

    /// What the key does.
    package var role: Role
    /// The digit drawn on the key; empty for the others.
    package var label: String
    /// Random, valid for one press.
    package var token: String

    package init(role: Role, label: String, token: String) {
        self.role = role
        self.label = label
        self.token = token
    }
}

/// The PIN pad: how many digits stand, and the keys with their one-time tokens.
package struct PINPadScreen: Sendable, Equatable {
    /// Digits entered so far.
    package var entered: Int
    /// 0...9 in the order to draw (random if so configured), then delete, enter and cancel.
    package var keys: [PINKey]
    /// Tries left as last told by the card, if known.
    package var triesLeft: Int?
    /// Whether the last try was wrong.
    package var wasWrong: Bool

    package init(entered: Int, keys: [PINKey], triesLeft: Int?, wasWrong: Bool) {
        self.entered = entered
        self.keys = keys
        self.triesLeft = triesLeft
        self.wasWrong = wasWrong
    }
}

/// The home page at L2.
package struct BenefitsScreen: Sendable, Equatable {
    /// First character and `*`.
    package var maskedName: String
    /// All lines of the statement.
    package var statement: Statement

    package init(maskedName: String, statement: Statement) {
        self.maskedName = maskedName
        self.statement = statement
    }
}

/// Twelve months of one benefit.
package struct HistoryScreen: Sendable, Equatable {
    /// The line whose history is shown.
    package var line: StatementLine
    /// How fresh the data is.
    package var freshness: Freshness

    package init(line: StatementLine, freshness: Freshness) {
        self.line = line
        self.freshness = freshness
    }
}

/// A failure that the person meets: never final, with a way on (INV-26).
package struct FailureScreen: Sendable, Equatable {
    /// Stable code of `Documentation/FailureCodes.md`.
    package var code: String
    /// Whether the page asks to take the card.
    package var cardStillThere: Bool

    package init(code: String, cardStillThere: Bool) {
        self.code = code
        self.cardStillThere = cardStillThere
    }
}

/// A screen with all that stands around it.
package struct Presentation: Sendable, Equatable {
    /// Grows with each change of this service point.
    package var sequence: UInt64
    /// The screen.
    package var screen: Screen
    /// Seconds until the session ends by itself; nil when nothing runs out.
    package var secondsLeft: Int?
    /// Whether a session stands (the heartbeat runs at its short interval).
    package var inSession: Bool
    /// Date of the ledger's data, seconds since 1970 UTC; nil without a ledger.
    package var dataAsOf: Int64?
    /// How fresh that is.
    package var freshness: Freshness?
    /// Every page of a simulated station is watermarked 演示.
    package var simulated: Bool
    /// A value marked fictitious may be on screen: 演示数据.
    package var fictitious: Bool
    /// Keys are of development.
    package var developmentKeys: Bool
    /// Help was called, and the journal has it.
    package var helpCalled: Bool
    /// Hotline of the station.
    package var hotline: String
    /// Name of the station.
    package var stationName: String

    package init(
        sequence: UInt64,
        screen: Screen,
        secondsLeft: Int?,
        inSession: Bool,
        dataAsOf: Int64?,
        freshness: Freshness?,
        simulated: Bool,
        fictitious: Bool,
        developmentKeys: Bool,
        helpCalled: Bool,
        hotline: String,
        stationName: String
    ) {
        self.sequence = sequence
        self.screen = screen
        self.secondsLeft = secondsLeft
        self.inSession = inSession
        self.dataAsOf = dataAsOf
        self.freshness = freshness
        self.simulated = simulated
        self.fictitious = fictitious
        self.developmentKeys = developmentKeys
        self.helpCalled = helpCalled
        self.hotline = hotline
        self.stationName = stationName
    }
}

/// What a person does at the page.
package enum KioskInput: Sendable, Equatable {
    /// "Show my amounts": goes to the PIN pad.
    case usePIN
    /// Answer to `confirmPIN`.
    case confirmPIN(Bool)
    /// A key of the pad, by its one-time token.
    case pinKey(token: String)
    /// Opens the history of a programme.
    case openBenefit(ProgrammeCode)
    /// One screen back.
    case back
    /// Calls staff.
    case help
    /// Starts the idle limit anew.
    case moreTime
    /// Ends the session.
    case finish
    /// 1 (bad) ... 3 (good).
    case rate(Int)
    /// No rating.
    case skipRating
}

/// What the kiosk adapter needs of the core, for one service point.
package protocol KioskSessionHost: Sendable {
    /// A page has opened its event stream: it becomes the one live page, the stream before it ends after a blank screen.
    /// - Returns: presentations from now on, the present one first; only the newest is kept for a slow page.
    func pageOpened(_ page: PageID) async -> AsyncStream<Presentation>
    /// The stream of that page broke: a session that stands is ended and its data wiped.
    func pageLost(_ page: PageID) async
    /// What the person did. Ignored from a page that is not the live one.
    func input(_ input: KioskInput, from page: PageID) async
}

/// Identifies one opened event stream.
package struct PageID: Hashable, Sendable, CustomStringConvertible {
    /// Random, made by the kiosk adapter.
    package let rawValue: UInt64

    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    package var description: String { "page-\(rawValue)" }
}
