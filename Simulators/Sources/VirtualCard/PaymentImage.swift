/// The financial application of a virtual card (PROTOCOLS.md 5); synthetic accounts only.
public struct PaymentImage: Hashable, Sendable {
    /// A transaction of the log.
    public struct Entry: Hashable, Sendable {
        /// Eight digits YYYYMMDD, from 2000 on.
        public var date: String
        /// Six digits hhmmss.
        public var time: String
        /// Fen, at most 12 digits.
        public var amountFen: Int64
        /// Up to 20 bytes in GB 18030.
        public var merchant: String

        /// Makes a transaction.
        public init(date: String, time: String, amountFen: Int64, merchant: String) {
            self.date = date
            self.time = time
            self.amountFen = amountFen
            self.merchant = merchant
        }
    }

    /// How accounts of the simulator begin, so that nobody can own one.
    public static let accountPrefix = "621700000000"
    /// The most transactions in the log.
    public static let logLimit = 10

    /// 16 to 19 digits with the right check digit.
    public var account: String
    /// Eight digits YYYYMMDD, from 2000 on.
    public var validFrom: String
    /// Eight digits YYYYMMDD, from 2000 on.
    public var validTo: String
    /// Electronic cash in fen; nil if the card has none.
    public var balanceFen: Int64?
    /// Newest first; empty leaves the log out.
    public var log: [Entry]

    /// Makes an application.
    public init(account: String, validFrom: String, validTo: String, balanceFen: Int64? = nil, log: [Entry] = []) {
        self.account = account
        self.validFrom = validFrom
        self.validTo = validTo
        self.balanceFen = balanceFen
        self.log = log
    }
}

extension PaymentImage: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Says what this is, and nothing about the account.
    public var description: String { "PaymentImage" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
