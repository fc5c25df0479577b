import ArgumentParser
import Foundation
import LinuxHost
import Station

/// A failure of a command, as it is printed and as it ends the process.
struct CommandFailure: Error {
    let code: String
    let message: String
    let remedy: String
    let status: Int32
    let asJSON: Bool

    /// Status of a command that was called wrongly.
    static let usageStatus: Int32 = 2

    init(_ error: any Error, asJSON: Bool) {
        code = FailureCode.of(error)
        let known = FailureCatalogue.entry(for: code)
        message = error is any CodedFailure ? FailureCode.text(of: error) : known.cause
        remedy = known.remedy
        status = known.kind.exitStatus
        self.asJSON = asJSON
    }

    private init(code: String, message: String, remedy: String, status: Int32, asJSON: Bool) {
        self.code = code
        self.message = message
        self.remedy = remedy
        self.status = status
        self.asJSON = asJSON
    }

    static func usage(_ message: String, asJSON: Bool) -> CommandFailure {
        CommandFailure(
            code: StationError.Code.usage.rawValue,
            message: message,
            remedy: "See `onecard help`.",
            status: usageStatus,
            asJSON: asJSON
        )
    }

    /// Prints the failure and ends the process with its status.
    func report() -> Never {
        if asJSON {
            Output.json(["error": ["code": code, "message": message, "remedy": remedy]])
        } else {
            FileHandle.standardError.write(Data("\(message)\n\(code): \(remedy)\n".utf8))
        }
        ProcessEnd.now(status)
    }
}

extension FailureKind {
    /// Exit status of a command that ends with such a failure.
    var exitStatus: Int32 {
        switch self {
        case .usage: CommandFailure.usageStatus
        case .noReader: 3
        case .noCard: 4
        case .card: 5
        case .service: 6
        }
    }
}
