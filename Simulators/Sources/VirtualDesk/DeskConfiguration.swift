import Foundation

/// How the virtual desk is reached and what it shows.
public struct DeskConfiguration: Sendable {
    /// The only address that the desk listens on.
    public static let host = "127.0.0.1"

    /// TCP port.
    public var port: Int
    /// Secret of the page.
    public var token: DeskToken
    /// Address of the kiosk page with the token in its fragment; nil shows none.
    public var kioskURL: String?

    /// Makes a configuration.
    public init(port: Int, token: DeskToken, kioskURL: String?) {
        self.port = port
        self.token = token
        self.kioskURL = kioskURL
    }

    /// Address of the page for the person who started the simulator.
    public var pageURL: String { "http://\(Self.host):\(port)/#token=\(token.text)" }

    /// `Host` headers that are served.
    package var hosts: [String] { ["\(Self.host):\(port)", "localhost:\(port)"] }

    /// Origin of the kiosk page, for the policy of frames: scheme, host and port without path and fragment.
    package var kioskOrigin: String? {
        guard let kioskURL, let scheme = kioskURL.range(of: "://") else { return nil }
        let rest = kioskURL[scheme.upperBound...]
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        return String(kioskURL[..<end])
    }

    /// Content security policy of every answer.
    package var contentSecurityPolicy: String {
        [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:",
            "frame-src \(kioskOrigin ?? "'none'")", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'",
        ]
        .joined(separator: "; ")
    }
}
