/// A place in the source code, kept by an error so that a log line leads back to it.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
    /// Module and file, such as `SmartCard/CommandAPDU.swift`.
    public var fileID: String

    /// Line in the file, from 1.
    public var line: Int

    /// Makes a location.
    ///
    /// - Parameters:
    ///   - fileID: Module and file.
    ///   - line: Line in the file, from 1.
    public init(fileID: String, line: Int) {
        self.fileID = fileID
        self.line = line
    }

    /// File and line with a colon between.
    public var description: String { "\(fileID):\(line)" }
}
