extension ResidentIDError {
    /// The stable code of a failure; its text is what logs, answers and the list of failure codes carry.
    public struct Code: Hashable, Sendable, CaseIterable, CustomStringConvertible {
        private enum Name: String, CaseIterable {
            case noDocument = "id.no-document"
            case liftFirst = "id.lift-first"
            case selectFailed = "id.select-failed"
            case readFailed = "id.read-failed"
            case authenticationFailed = "id.authentication-failed"
            case wrongDocumentKind = "id.wrong-document-kind"
            case samSelfTest = "id.sam-self-test"
            case samNotAuthorised = "id.sam-not-authorised"
            case refused = "id.refused"
            case checksum = "id.checksum"
            case frameMalformed = "id.frame-malformed"
            case timeout = "id.timeout"
            case lineFailed = "id.line-failed"
            case cancelled = "id.cancelled"
        }

        private let name: Name

        private init(_ name: Name) {
            self.name = name
        }

        /// The code of this text, or nil if there is none.
        ///
        /// - Parameter rawValue: A stable code such as `id.timeout`.
        public init?(rawValue: String) {
            guard let name = Name(rawValue: rawValue) else { return nil }
            self.name = name
        }

        /// The stable text of the code, such as `id.timeout`.
        public var rawValue: String { name.rawValue }

        /// The stable text of the code.
        public var description: String { name.rawValue }

        /// All codes, in the order of the list of failure codes.
        public static var allCases: [Code] { Name.allCases.map { Code($0) } }

        /// No document lies on the reader.
        public static let noDocument = Code(.noDocument)
        /// The document was read just before and must be lifted before it is found again.
        public static let liftFirst = Code(.liftFirst)
        /// The document was found and could not be selected.
        public static let selectFailed = Code(.selectFailed)
        /// The document did not give its data.
        public static let readFailed = Code(.readFailed)
        /// Document and security module do not accept each other, or the data do not verify.
        public static let authenticationFailed = Code(.authenticationFailed)
        /// A card of another kind lies on the reader.
        public static let wrongDocumentKind = Code(.wrongDocumentKind)
        /// The security module is broken.
        public static let samSelfTest = Code(.samSelfTest)
        /// The security module was not released for use.
        public static let samNotAuthorised = Code(.samNotAuthorised)
        /// The reader answered with a status that is not expected.
        public static let refused = Code(.refused)
        /// Frames arrive damaged, also when they are repeated.
        public static let checksum = Code(.checksum)
        /// What comes from the reader is no answer to what was asked.
        public static let frameMalformed = Code(.frameMalformed)
        /// The reader did not answer in time.
        public static let timeout = Code(.timeout)
        /// The line to the reader failed; the cause says how.
        public static let lineFailed = Code(.lineFailed)
        /// The caller gave up.
        public static let cancelled = Code(.cancelled)
    }
}
