import HTTPTypes
import Station

/// An error of the kiosk page's server.
package struct KioskError: CodedFailure, Sendable, CustomStringConvertible {
    /// The kind of failure; equality and tests use this alone.
    package var code: Code
    /// What was attempted and with what, without personal data and without secrets.
    package var message: String
    /// The lower error, if one caused this.
    package var cause: (any Error)?

    package init(_ code: Code, _ message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    package var failureCode: String { code.rawValue }

    package var description: String {
        "\(code.rawValue): \(message)\(cause.map { " (\($0))" } ?? "")"
    }
}

extension KioskError {
    /// The kind of failure.
    package struct Code: Hashable, Sendable, CaseIterable {
        private enum Value: String, CaseIterable {
            case token = "kiosk.token"
            case host = "kiosk.host"
            case origin = "kiosk.origin"
            case bodyTooLarge = "kiosk.body-too-large"
            case malformed = "kiosk.malformed"
            case unknownPoint = "kiosk.unknown-point"
            case superseded = "kiosk.superseded"
            case tooManyStreams = "kiosk.too-many-streams"
            case notFound = "kiosk.not-found"
            case stopping = "kiosk.stopping"
            case failure = "kiosk.failure"
            case address = "kiosk.address"
            case configuration = "kiosk.configuration"
            case texts = "kiosk.texts"
            case template = "kiosk.template"
        }

        private let value: Value

        /// The stable text of `Documentation/FailureCodes.md`.
        package var rawValue: String { value.rawValue }

        package static var allCases: [Code] { Value.allCases.map(Code.init(value:)) }

        /// The page token is missing or wrong.
        package static let token = Code(value: .token)
        /// The request does not name this server.
        package static let host = Code(value: .host)
        /// The request comes from another site.
        package static let origin = Code(value: .origin)
        /// More bytes than an action can have.
        package static let bodyTooLarge = Code(value: .bodyTooLarge)
        /// Not an action.
        package static let malformed = Code(value: .malformed)
        /// There is no such service point.
        package static let unknownPoint = Code(value: .unknownPoint)
        /// Another page is the live one.
        package static let superseded = Code(value: .superseded)
        /// Too many event streams stand for one service point.
        package static let tooManyStreams = Code(value: .tooManyStreams)
        /// No such address.
        package static let notFound = Code(value: .notFound)
        /// The server is about to stop.
        package static let stopping = Code(value: .stopping)
        /// A defect of the server.
        package static let failure = Code(value: .failure)
        /// The server cannot listen at its address.
        package static let address = Code(value: .address)
        /// The configuration contradicts itself.
        package static let configuration = Code(value: .configuration)
        /// A file of texts is not as it should be.
        package static let texts = Code(value: .texts)
        /// A template is not well formed.
        package static let template = Code(value: .template)
    }
}

extension KioskError {
    /// The one place where an error gets its HTTP status.
    var status: HTTPResponse.Status {
        switch code {
        case .token: .unauthorized
        case .host: .misdirectedRequest
        case .origin: .forbidden
        case .bodyTooLarge: .contentTooLarge
        case .malformed: .badRequest
        case .unknownPoint, .notFound: .notFound
        case .superseded: .conflict
        case .tooManyStreams, .stopping: .serviceUnavailable
        default: .internalServerError
        }
    }

    /// What to do about it.
    var remedy: String { FailureCatalogue.entry(for: code.rawValue).remedy }
}
