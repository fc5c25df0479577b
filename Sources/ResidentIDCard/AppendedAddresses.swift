/// The addresses that were written into a document after it was issued, up to four (PROTOCOLS.md 2.4).
public struct AppendedAddresses: Hashable, Sendable {
    /// Bytes of one address.
    public static let byteCount = 70
    /// The most addresses.
    public static let countMax = 4

    /// The addresses that are there and readable, in the order of the document.
    public let addresses: [PersonalText]

    /// Whether one of them was unreadable and left out.
    public let hasUnreadable: Bool

    /// No address.
    public static let none = AppendedAddresses(addresses: [], hasUnreadable: false)

    private init(addresses: [PersonalText], hasUnreadable: Bool) {
        self.addresses = addresses
        self.hasUnreadable = hasUnreadable
    }

    /// Decodes what a reader gives.
    ///
    /// - Parameter data: One to four fields of 70 bytes; the result is nil for another count.
    public init?(data: some Collection<UInt8>) {
        guard !data.isEmpty, data.count <= Self.countMax * Self.byteCount, data.count.isMultiple(of: Self.byteCount)
        else {
            return nil
        }
        var rest = Array(data)[...]
        var addresses: [PersonalText] = []
        var hasUnreadable = false
        while !rest.isEmpty {
            switch FieldText(rest.prefix(Self.byteCount)) {
            case .blank: break
            case .text(let text): addresses.append(PersonalText(text))
            case .unreadable: hasUnreadable = true
            }
            rest = rest.dropFirst(Self.byteCount)
        }
        self.init(addresses: addresses, hasUnreadable: hasUnreadable)
    }
}

extension AppendedAddresses: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The count only.
    public var description: String { "\(addresses.count) appended addresses (redacted)" }
    /// Same as ``description``.
    public var debugDescription: String { description }
    /// Redacted: no children.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
