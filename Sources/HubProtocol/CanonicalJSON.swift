/// A JSON value that has exactly one byte form: the payload of events and the manifest of ledger files.
///
/// There are no fractions and no null. The byte form has object keys in ascending byte order, no white space, integers
/// without leading zeros, and strings in UTF-8 with only the escapes that JSON demands (Documentation/Journal.md).
public enum CanonicalJSON: Hashable, Sendable {
    /// A text.
    case string(String)
    /// A whole number.
    case integer(Int64)
    /// True or false.
    case boolean(Bool)
    /// Values in order.
    case array([CanonicalJSON])
    /// Values by key; a key is 1 to 64 of `A-Z a-z 0-9 . _ -`.
    case object([String: CanonicalJSON])

    /// Bounds of one document.
    public struct Limits: Sendable, Hashable {
        /// Longest byte form.
        public var bytes: Int
        /// Deepest nesting; a document that is no array or object has depth 0.
        public var depth: Int

        /// Makes limits.
        public init(bytes: Int, depth: Int) {
            self.bytes = bytes
            self.depth = depth
        }

        /// Payload of one event: 16 KiB, since an event states facts and carries no documents.
        public static let event = Limits(bytes: 16 * 1024, depth: 8)
        /// Manifest of a ledger file: 1 MiB holds 8,192 page entries.
        public static let manifest = Limits(bytes: 1024 * 1024, depth: 4)
    }

    /// Longest object key, bytes.
    static let maximumKeyBytes = 64

    /// The text, if this is one.
    public var stringValue: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    /// The number, if this is one.
    public var integerValue: Int64? {
        guard case .integer(let value) = self else { return nil }
        return value
    }

    /// The truth value, if this is one.
    public var booleanValue: Bool? {
        guard case .boolean(let value) = self else { return nil }
        return value
    }

    /// The values in order, if this is an array.
    public var arrayValue: [CanonicalJSON]? {
        guard case .array(let value) = self else { return nil }
        return value
    }

    /// The values by key, if this is an object.
    public var objectValue: [String: CanonicalJSON]? {
        guard case .object(let value) = self else { return nil }
        return value
    }

    /// The value of a key, if this is an object that has it.
    public subscript(key: String) -> CanonicalJSON? { objectValue?[key] }

    static func isKeyByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension CanonicalJSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    /// A text.
    public init(stringLiteral value: String) { self = .string(value) }
    /// A whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }
    /// True or false.
    public init(booleanLiteral value: Bool) { self = .boolean(value) }
}

extension CanonicalJSON: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
    /// Values in order.
    public init(arrayLiteral elements: CanonicalJSON...) { self = .array(elements) }
    /// Values by key; of two equal keys the later counts.
    public init(dictionaryLiteral elements: (String, CanonicalJSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}
