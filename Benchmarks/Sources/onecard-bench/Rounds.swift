import Foundation
import Glibc

/// The outcome of one round.
struct RoundResult: Encodable {
    /// Length of the round.
    var seconds: Double
    /// What each operation took, nanoseconds, if that was measured.
    var latencies: [UInt64]?
}

/// Rounds on request: a line with a number of operations in, a line of JSON out.
enum Rounds {
    /// The most operations of one round.
    static let operationsMax = 10_000_000

    /// Runs rounds until standard input ends.
    ///
    /// - Parameter round: Runs so many operations.
    /// - Throws: What a round throws.
    static func serve(_ round: (Int) async throws -> RoundResult) async throws {
        while let line = readLine() {
            guard let operations = Int(line), (1...operationsMax).contains(operations) else {
                throw BenchError("a round is a number of operations, 1...\(operationsMax)")
            }
            let result = try await round(operations)
            FileHandle.standardOutput.write(try JSONEncoder().encode(result) + Data("\n".utf8))
        }
    }

    /// The monotonic clock, nanoseconds.
    static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}

/// What went wrong, in words.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
