extension SmartCardError {
    /// The stable code of a failure; its text is what logs, answers and the list of failure codes carry.
    public struct Code: Hashable, Sendable, CaseIterable, CustomStringConvertible {
        private enum Name: String, CaseIterable {
            case serviceNotRunning = "pcsc.service-not-running"
            case serviceNotAnswering = "pcsc.service-not-answering"
            case protocolMismatch = "pcsc.protocol-mismatch"
            case accessDenied = "pcsc.access-denied"
            case noReaders = "pcsc.no-readers"
            case failure = "pcsc.failure"
            case readerNotFound = "reader.not-found"
            case readerAmbiguous = "reader.ambiguous"
            case readerUnplugged = "reader.unplugged"
            case readerTimeout = "reader.timeout"
            case readerSharingViolation = "reader.sharing-violation"
            case cardAbsent = "card.absent"
            case cardRemoved = "card.removed"
            case cardMute = "card.mute"
            case cardReset = "card.reset"
            case cardCommunication = "card.communication"
            case cardProtocolUnsupported = "card.protocol-unsupported"
            case apduMalformed = "apdu.malformed"
            case apduResponseLoop = "apdu.response-loop"
            case apduResponseTooLong = "apdu.response-too-long"
            case atrMalformed = "atr.malformed"
            case tlvMalformed = "tlv.malformed"
        }

        private let name: Name

        private init(_ name: Name) {
            self.name = name
        }

        /// The code of this text, or nil if there is none.
        ///
        /// - Parameter rawValue: A stable code such as `card.removed`.
        public init?(rawValue: String) {
            guard let name = Name(rawValue: rawValue) else { return nil }
            self.name = name
        }

        /// The stable text of the code, such as `card.removed`.
        public var rawValue: String { name.rawValue }

        /// The stable text of the code.
        public var description: String { name.rawValue }

        /// All codes, in the order of the list of failure codes.
        public static var allCases: [Code] { Name.allCases.map { Code($0) } }

        /// The smart-card service (pcscd) is not running.
        public static let serviceNotRunning = Code(.serviceNotRunning)
        /// The smart-card service accepts connections and does not answer.
        public static let serviceNotAnswering = Code(.serviceNotAnswering)
        /// Client library and service speak different versions of their protocol.
        public static let protocolMismatch = Code(.protocolMismatch)
        /// The service refuses this user.
        public static let accessDenied = Code(.accessDenied)
        /// The service knows no reader.
        public static let noReaders = Code(.noReaders)
        /// The service reported a failure that has no code of its own.
        public static let failure = Code(.failure)
        /// The named reader is not there.
        public static let readerNotFound = Code(.readerNotFound)
        /// No reader was named and more than one could be meant.
        public static let readerAmbiguous = Code(.readerAmbiguous)
        /// The reader was unplugged during the operation.
        public static let readerUnplugged = Code(.readerUnplugged)
        /// The reader did not finish within the deadline.
        public static let readerTimeout = Code(.readerTimeout)
        /// Another program holds the reader exclusively.
        public static let readerSharingViolation = Code(.readerSharingViolation)
        /// There is no card on the reader.
        public static let cardAbsent = Code(.cardAbsent)
        /// The card was removed during the operation.
        public static let cardRemoved = Code(.cardRemoved)
        /// The card does not answer to reset.
        public static let cardMute = Code(.cardMute)
        /// The card was reset by another program and has lost its state.
        public static let cardReset = Code(.cardReset)
        /// The exchange with the card failed on the line.
        public static let cardCommunication = Code(.cardCommunication)
        /// The card offers no transmission protocol that the reader can use.
        public static let cardProtocolUnsupported = Code(.cardProtocolUnsupported)
        /// A command or response does not have the form that ISO 7816-3 gives it.
        public static let apduMalformed = Code(.apduMalformed)
        /// The card goes on announcing data or lengths without end.
        public static let apduResponseLoop = Code(.apduResponseLoop)
        /// The parts of a response add up to more than the limit.
        public static let apduResponseTooLong = Code(.apduResponseTooLong)
        /// The answer to reset does not have the form that ISO 7816-3 gives it.
        public static let atrMalformed = Code(.atrMalformed)
        /// A tag-length-value structure is cut, nested too deeply or too large.
        public static let tlvMalformed = Code(.tlvMalformed)
    }
}
