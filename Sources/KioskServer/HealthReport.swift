/// How the station is, for whoever watches it.
///
/// No personal data.
package struct HealthReport: Sendable, Equatable, Encodable {
    /// One word on a part or on the whole.
    package enum Status: String, Sendable, Encodable {
        /// Does its work.
        case ok
        /// Does part of its work, or needs somebody's care.
        case degraded
        /// Does not do its work: nobody can be served.
        case failing
    }

    /// A part of the station.
    package struct Component: Sendable, Equatable, Encodable {
        /// Its name, such as `ledger` or `reader`.
        package var name: String
        /// How it is.
        package var status: Status
        /// What there is to say of it, as a failure code; with `ok` it is a remark.
        package var code: String?

        package init(name: String, status: Status, code: String? = nil) {
            self.name = name
            self.status = status
            self.code = code
        }
    }

    /// How the whole is.
    package var status: Status
    /// The version of the program.
    package var version: String
    /// Its parts.
    package var components: [Component]

    package init(status: Status, version: String, components: [Component]) {
        self.status = status
        self.version = version
        self.components = components
    }
}
