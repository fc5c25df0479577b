extension BlockCipherError {
    /// The stable code of a failure; its text is what logs, answers and the list of failure codes carry.
    public struct Code: Hashable, Sendable, CaseIterable, CustomStringConvertible {
        private enum Name: String, CaseIterable {
            case algorithmMissing = "crypto.algorithm-missing"
            case selfTest = "crypto.self-test"
            case blockLength = "crypto.block-length"
            case keyLength = "crypto.key-length"
            case failure = "crypto.failure"
        }

        private let name: Name

        private init(_ name: Name) {
            self.name = name
        }

        /// The stable text of the code, such as `crypto.failure`.
        public var rawValue: String { name.rawValue }

        /// The stable text of the code.
        public var description: String { name.rawValue }

        /// All codes, in the order of the list of failure codes.
        public static var allCases: [Code] { Name.allCases.map { Code($0) } }

        /// The cryptographic library lacks an algorithm, as some distributions' builds lack SM4.
        public static let algorithmMissing = Code(.algorithmMissing)
        /// The cryptographic library gives wrong results for the known vectors.
        public static let selfTest = Code(.selfTest)
        /// Data, factor or initial vector are no whole blocks.
        public static let blockLength = Code(.blockLength)
        /// A key does not have 16 bytes.
        public static let keyLength = Code(.keyLength)
        /// The cryptographic library refused an operation.
        public static let failure = Code(.failure)
    }
}
