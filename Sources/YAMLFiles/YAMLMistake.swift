/// One mistake in a data file.
public struct YAMLMistake: Hashable, Sendable, CustomStringConvertible {
    /// The file as the reader named it.
    public var file: String
    /// The line from 1; 0 when the mistake is the file itself.
    public var line: Int
    /// Where in the data, such as `readers[2].name`; empty for the whole file.
    public var path: String
    /// What was expected.
    public var message: String

    /// Creates a mistake.
    public init(file: String, line: Int, path: String, message: String) {
        self.file = file
        self.line = line
        self.path = path
        self.message = message
    }

    /// `file:line: path: message`, the form that editors understand.
    public var description: String {
        let place = line > 0 ? "\(file):\(line)" : file
        return path.isEmpty ? "\(place): \(message)" : "\(place): \(path): \(message)"
    }
}
