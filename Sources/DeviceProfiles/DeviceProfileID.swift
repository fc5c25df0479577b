/// The name of a profile: `<vendor>-<model>`, as in `generic-ccid-contact`.
public struct DeviceProfileID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The most characters; a file name and a column of a list.
    public static let lengthMax = 64
    /// What a name should be, in words for a mistake.
    public static let form = "<vendor>-<model> of a-z 0-9 with single - between, at most \(lengthMax) characters"

    /// The name.
    public let rawValue: String

    /// Takes a name of at least two words; nil for any other text.
    ///
    /// - Parameter rawValue: Words of a-z and 0-9, one `-` between two.
    public init?(rawValue: String) {
        let words = rawValue.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
        let isRight = words.allSatisfy { word in
            !word.isEmpty && word.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
        guard isRight, words.count >= 2, rawValue.utf8.count <= Self.lengthMax else { return nil }
        self.rawValue = rawValue
    }

    /// The name.
    public var description: String { rawValue }

    /// Orders names as lists show them.
    public static func < (left: DeviceProfileID, right: DeviceProfileID) -> Bool { left.rawValue < right.rawValue }
}
