extension PeripheralError {
    /// The stable code of a failure; its text is what logs, answers and the list of failure codes carry.
    public struct Code: Hashable, Sendable, CaseIterable, CustomStringConvertible {
        private enum Name: String, CaseIterable {
            case printerBroken = "printer.broken"
            case printerCancelled = "printer.cancelled"
            case printerCoverOpen = "printer.cover-open"
            case printerCutter = "printer.cutter"
            case printerLine = "printer.line"
            case printerNotResponding = "printer.not-responding"
            case printerOffline = "printer.offline"
            case printerOverheated = "printer.overheated"
            case printerPaperEnd = "printer.paper-end"
            case printerProfile = "printer.profile"
            case printerSlipTooLarge = "printer.slip-too-large"
            case printerUnconfirmed = "printer.unconfirmed"
            case printerUnplugged = "printer.unplugged"
            case scannerCodeRefused = "scanner.code-refused"
            case scannerGarbled = "scanner.garbled"
            case scannerMalformed = "scanner.malformed"
            case scannerProfile = "scanner.profile"
            case scannerTooLong = "scanner.too-long"
            case scannerTorn = "scanner.torn"
            case scannerVerifierUnavailable = "scanner.verifier-unavailable"
            case pinpadCancelled = "pinpad.cancelled"
            case pinpadLength = "pinpad.length"
            case pinpadMalformed = "pinpad.malformed"
            case pinpadMismatch = "pinpad.mismatch"
            case pinpadProfile = "pinpad.profile"
            case pinpadTimeout = "pinpad.timeout"
            case pinpadUnsupported = "pinpad.unsupported"
        }

        private let name: Name

        private init(_ name: Name) {
            self.name = name
        }

        /// The code of this text, or nil if there is none.
        ///
        /// - Parameter rawValue: A stable code such as `printer.paper-end`.
        public init?(rawValue: String) {
            guard let name = Name(rawValue: rawValue) else { return nil }
            self.name = name
        }

        /// The stable text of the code, such as `printer.paper-end`.
        public var rawValue: String { name.rawValue }

        /// The stable text of the code.
        public var description: String { name.rawValue }

        /// All codes, in the order of the list of failure codes.
        public static var allCases: [Code] { Name.allCases.map { Code($0) } }

        /// The printer reports an error that it cannot recover from.
        public static let printerBroken = Code(.printerBroken)
        /// The caller gave up the slip.
        public static let printerCancelled = Code(.printerCancelled)
        /// The cover is open.
        public static let printerCoverOpen = Code(.printerCoverOpen)
        /// The cutter is jammed.
        public static let printerCutter = Code(.printerCutter)
        /// The exchange with the printer failed on the line.
        public static let printerLine = Code(.printerLine)
        /// The printer takes no bytes or answers no status request.
        public static let printerNotResponding = Code(.printerNotResponding)
        /// The printer is offline and does not say why.
        public static let printerOffline = Code(.printerOffline)
        /// The print head is too hot, or another state that ends by itself.
        public static let printerOverheated = Code(.printerOverheated)
        /// There is no paper.
        public static let printerPaperEnd = Code(.printerPaperEnd)
        /// A value that describes a printer is out of its bounds.
        public static let printerProfile = Code(.printerProfile)
        /// A slip has more lines or characters than its limits.
        public static let printerSlipTooLarge = Code(.printerSlipTooLarge)
        /// The printer took the whole slip and did not confirm that it is printed.
        public static let printerUnconfirmed = Code(.printerUnconfirmed)
        /// The printer is gone.
        public static let printerUnplugged = Code(.printerUnplugged)
        /// The verification endpoint refuses a code: expired, used or not of this kind.
        public static let scannerCodeRefused = Code(.scannerCodeRefused)
        /// Keys of a keyboard scanner were lost or stand for no character.
        public static let scannerGarbled = Code(.scannerGarbled)
        /// A code lacks its prefix, or a report contradicts itself.
        public static let scannerMalformed = Code(.scannerMalformed)
        /// A value that describes a scanner is out of its bounds.
        public static let scannerProfile = Code(.scannerProfile)
        /// A code is longer than its limit.
        public static let scannerTooLong = Code(.scannerTooLong)
        /// A code stopped before its end.
        public static let scannerTorn = Code(.scannerTorn)
        /// The verification endpoint gives no answer, or none in its form.
        public static let scannerVerifierUnavailable = Code(.scannerVerifierUnavailable)
        /// The person pressed Cancel on the PIN pad.
        public static let pinpadCancelled = Code(.pinpadCancelled)
        /// The PIN has fewer or more digits than asked for.
        public static let pinpadLength = Code(.pinpadLength)
        /// A frame or answer of the PIN pad does not have its form.
        public static let pinpadMalformed = Code(.pinpadMalformed)
        /// The new PIN and its repetition differ.
        public static let pinpadMismatch = Code(.pinpadMismatch)
        /// A value that describes a PIN pad is out of its bounds.
        public static let pinpadProfile = Code(.pinpadProfile)
        /// Nobody entered the PIN in time.
        public static let pinpadTimeout = Code(.pinpadTimeout)
        /// The reader has no PIN pad that checks a PIN on the card by itself.
        public static let pinpadUnsupported = Code(.pinpadUnsupported)
    }
}
