/// An element of the basic encoding rules as cards use it (ISO 7816-4, 5.2.2): definite lengths, bounded depth and
/// size.
public struct BERTLV: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The deepest nesting that is parsed; file control information has three levels.
    public static let depthLimit = 8

    /// The most elements in one parse, so that a small input cannot make much work.
    public static let elementLimit = 512

    /// The most bytes of one parse: the greatest data field of a response.
    public static let lengthLimit = ResponseAPDU.dataLimit

    /// The tag's bytes as one number, such as 6F or 9F0C: 1 to 3 bytes (ISO 7816-4, 5.2.2.1).
    public let tag: UInt32

    /// The contents.
    public let content: Content

    /// What an element holds.
    public enum Content: Hashable, Sendable {
        /// A value.
        case primitive([UInt8])
        /// Further elements.
        indirect case constructed([BERTLV])
    }

    /// The elements of a constructed element; empty for a primitive one.
    public var children: [BERTLV] {
        guard case .constructed(let children) = content else { return [] }
        return children
    }

    /// The value of a primitive element, or nil for a constructed one.
    public var value: [UInt8]? {
        guard case .primitive(let value) = content else { return nil }
        return value
    }

    /// The first element with this tag: this one, or one below it, outer ones and earlier ones first.
    ///
    /// - Parameter tag: The tag's bytes as one number.
    /// - Returns: The element, or nil if there is none.
    public func first(_ tag: UInt32) -> BERTLV? {
        if self.tag == tag { return self }
        for child in children {
            if let found = child.first(tag) { return found }
        }
        return nil
    }

    /// Tag and size, never values.
    public var description: String {
        switch content {
        case .primitive(let value): "\(String(tag, radix: 16, uppercase: true)) of \(value.count) bytes"
        case .constructed(let children): "\(String(tag, radix: 16, uppercase: true)) of \(children.count) elements"
        }
    }

    /// The same as ``description``.
    public var debugDescription: String { description }
}
