import Station

/// One step of the examination.
struct StationCheck: Encodable, Sendable {
    /// How the step ended.
    enum Status: String, Encodable, Sendable {
        case right
        case warning
        case wrong
        /// It could not be looked at, since something before it is wrong.
        case skipped

        var mark: String {
            switch self {
            case .right: "ok    "
            case .warning: "warn  "
            case .wrong: "WRONG "
            case .skipped: "-     "
            }
        }
    }

    var name: String
    var status: Status
    var finding: String
    @Nullable var code: String?
    @Nullable var remedy: String?

    static func right(_ name: String, _ finding: String) -> StationCheck {
        StationCheck(name: name, status: .right, finding: finding, code: nil, remedy: nil)
    }

    static func skipped(_ name: String, _ finding: String) -> StationCheck {
        StationCheck(name: name, status: .skipped, finding: finding, code: nil, remedy: nil)
    }

    static func bad(_ name: String, code: String, status: Status = .wrong, _ finding: String? = nil) -> StationCheck {
        let entry = FailureCatalogue.entry(for: code)
        return StationCheck(
            name: name,
            status: status,
            finding: finding ?? entry.cause,
            code: code,
            remedy: entry.remedy
        )
    }

    static func bad(_ name: String, _ error: any Error) -> StationCheck {
        bad(name, code: FailureCode.of(error), error is any CodedFailure ? FailureCode.text(of: error) : nil)
    }
}
