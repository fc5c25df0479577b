package import HubProtocol
import Station

/// One question to the running daemon, or its answer: a line of canonical JSON.
package enum ControlMessage {
    /// Longest line in either direction, in bytes: answers carry counts and states, never lists of persons.
    package static let lineLengthMax = 65_536
    /// How long either side waits for the other, in seconds.
    package static let timeoutSeconds = 10

    private static let limits = CanonicalJSON.Limits(bytes: lineLengthMax, depth: 8)

    /// The line of an object; an answer that is too long becomes a failure.
    static func line(_ fields: [String: CanonicalJSON]) -> [UInt8] {
        if let bytes = try? CanonicalJSON.object(fields).encoded(limits: limits) { return bytes }
        return Array(#"{"error":{"code":"service.failure","message":"the answer is too long"}}"#.utf8)
    }

    /// Reads one line, as far as it came.
    static func parse(_ line: [UInt8]) throws(StationError) -> [String: CanonicalJSON] {
        guard let fields = (try? CanonicalJSON(canonical: line, limits: limits))?.objectValue else {
            throw StationError(.controlMalformed, "the line is not an object of canonical JSON")
        }
        return fields
    }

    /// The answer that tells a failure.
    package static func failure(_ error: any Error) -> [String: CanonicalJSON] {
        [
            "error": .object([
                "code": .string(FailureCode.of(error)),
                "message": .string(FailureCode.text(of: error)),
            ])
        ]
    }
}
