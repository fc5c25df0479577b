import DeviceIO
import HubProtocol
import Peripherals
import ResidentIDCard
import SmartCard
import SocialCard

/// An error that carries a stable code of `Documentation/FailureCodes.md`.
package protocol CodedFailure: Error {
    /// The stable code.
    var failureCode: String { get }
}

extension SmartCardError: CodedFailure {
    package var failureCode: String { code.rawValue }
}

extension SocialCardError: CodedFailure {
    package var failureCode: String { code.rawValue }
}

extension HubProtocolError: CodedFailure {
    package var failureCode: String { code.rawValue }
}

extension DeviceError: CodedFailure {
    package var failureCode: String { code.rawValue }
}

extension ResidentIDError: CodedFailure {
    /// A line that failed is told by its own code: a pulled plug is no matter of documents.
    package var failureCode: String {
        guard code == .lineFailed, let line = cause as? DeviceError else { return code.rawValue }
        return line.code.rawValue
    }
}

extension PeripheralError: CodedFailure {
    package var failureCode: String { code.rawValue }
}

extension IdentityCode: CodedFailure {
    package var failureCode: String { rawValue }
}

/// An error of the station itself.
package struct StationError: CodedFailure, CustomStringConvertible {
    /// Stable codes.
    package enum Code: String, Sendable, CaseIterable {
        case configurationInvalid = "config.invalid"
        case keyMissing = "key.missing"
        case keyPermissions = "key.permissions"
        case keyMalformed = "key.malformed"
        case keyDevelopment = "key.development"
        case serviceNotRunning = "service.not-running"
        case serviceNotAnswering = "service.not-answering"
        case serviceFailure = "service.failure"
        case controlDenied = "control.access-denied"
        case controlMalformed = "control.malformed"
        case usage = "usage"
        case storage = "service.storage"
        case clockUnset = "clock.unset"
        case ledgerAged = "ledger.aged"
        case diskLow = "disk.low"
        case deviceAmbiguous = "device.ambiguous"
        case pinNotAccepted = "pin.not-accepted"
    }

    /// The kind of failure.
    package var code: Code
    /// What was attempted; never personal data.
    package var message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var failureCode: String { code.rawValue }
    package var description: String { "\(code.rawValue): \(message)" }
}

/// The stable code of any error.
package enum FailureCode {
    /// The code that the error carries, or `service.failure`.
    package static func of(_ error: any Error) -> String {
        (error as? any CodedFailure)?.failureCode ?? StationError.Code.serviceFailure.rawValue
    }

    /// What the error says of itself; of an error that is not ours only its type, since it may carry data.
    package static func text(of error: any Error) -> String {
        if let identity = error as? IdentityCode { return FailureCatalogue.entry(for: identity.rawValue).cause }
        return error is any CodedFailure ? String(describing: error) : "an error of type \(type(of: error))"
    }
}
