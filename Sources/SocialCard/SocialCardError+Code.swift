extension SocialCardError {
    /// The stable code of a failure; its text is what logs, answers and the list of failure codes carry.
    public struct Code: Hashable, Sendable, CaseIterable, CustomStringConvertible {
        private enum Name: String, CaseIterable {
            case notSocialSecurity = "card.not-social-security"
            case fileMissing = "card.file-missing"
            case recordMalformed = "card.record-malformed"
            case refused = "card.refused"
            case needsAuthentication = "card.needs-authentication"
            case authenticationFailed = "card.authentication-failed"
            case authenticationBlocked = "card.authentication-blocked"
            case psamMissing = "psam.missing"
            case psamWrongDialect = "psam.wrong-dialect"
            case psamKeyMissing = "psam.key-missing"
            case psamRefused = "psam.refused"
            case psamAuthenticationFailed = "psam.authentication-failed"
            case hsmUnreachable = "hsm.unreachable"
            case hsmAnswerMalformed = "hsm.answer-malformed"
            case hsmRefused = "hsm.refused"
            case hsmAuthenticationFailed = "hsm.authentication-failed"
            case pinWrong = "pin.wrong"
            case pinBlocked = "pin.blocked"
            case pinTriesUnknown = "pin.tries-unknown"
            case pinLastTry = "pin.last-try"
            case pinLength = "pin.length"
            case pinUnsupported = "pin.unsupported"
            case pinResetRefused = "pin.reset-refused"
        }

        private let name: Name

        private init(_ name: Name) {
            self.name = name
        }

        /// The code of this text, or nil if there is none.
        ///
        /// - Parameter rawValue: A stable code such as `card.refused`.
        public init?(rawValue: String) {
            guard let name = Name(rawValue: rawValue) else { return nil }
            self.name = name
        }

        /// The stable text of the code, such as `card.refused`.
        public var rawValue: String { name.rawValue }

        /// The stable text of the code.
        public var description: String { name.rawValue }

        /// All codes, in the order of the list of failure codes.
        public static var allCases: [Code] { Name.allCases.map { Code($0) } }

        /// The card has no social-security application.
        public static let notSocialSecurity = Code(.notSocialSecurity)
        /// The issuer's or the holder's file is not there.
        public static let fileMissing = Code(.fileMissing)
        /// A record does not have its form of tag, length and value, or one that is needed is not there.
        public static let recordMalformed = Code(.recordMalformed)
        /// The card answered a command with a status word that is not expected.
        public static let refused = Code(.refused)
        /// The holder's file needs external authentication.
        public static let needsAuthentication = Code(.needsAuthentication)
        /// The card does not have the keys of a genuine one: it is a copy, or the module holds keys of others.
        public static let authenticationFailed = Code(.authenticationFailed)
        /// The card has blocked the key by which terminals prove themselves.
        public static let authenticationBlocked = Code(.authenticationBlocked)
        /// No security module answers in the terminal.
        public static let psamMissing = Code(.psamMissing)
        /// The security module does not know the commands of its profile.
        public static let psamWrongDialect = Code(.psamWrongDialect)
        /// The security module lacks the key, or the algorithm of the card.
        public static let psamKeyMissing = Code(.psamKeyMissing)
        /// The security module failed or answered with a status word that is not expected.
        public static let psamRefused = Code(.psamRefused)
        /// The card does not accept what the security module made.
        public static let psamAuthenticationFailed = Code(.psamAuthenticationFailed)
        /// The back office's security module cannot be reached.
        public static let hsmUnreachable = Code(.hsmUnreachable)
        /// The back office's answer does not have its form.
        public static let hsmAnswerMalformed = Code(.hsmAnswerMalformed)
        /// The back office refuses to serve this card or station.
        public static let hsmRefused = Code(.hsmRefused)
        /// The card does not accept what the back office made.
        public static let hsmAuthenticationFailed = Code(.hsmAuthenticationFailed)
        /// The PIN was wrong.
        public static let pinWrong = Code(.pinWrong)
        /// The PIN is blocked.
        public static let pinBlocked = Code(.pinBlocked)
        /// How many tries are left is not known; the person must say yes before a PIN is sent.
        public static let pinTriesUnknown = Code(.pinTriesUnknown)
        /// One try is left; the person must say yes before a PIN is sent.
        public static let pinLastTry = Code(.pinLastTry)
        /// The PIN does not have 4 to 16 digits; nothing was sent.
        public static let pinLength = Code(.pinLength)
        /// The card has no PIN, or not this command for it.
        public static let pinUnsupported = Code(.pinUnsupported)
        /// The card does not accept the protected command that unblocks or sets the PIN.
        public static let pinResetRefused = Code(.pinResetRefused)
    }
}
