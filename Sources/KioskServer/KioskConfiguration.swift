package import Station

/// Where the page is served, to whom, and how quickly a silent stream is noticed.
package struct KioskConfiguration: Sendable {
    /// The address to listen at, also what a browser must call the server by.
    ///
    /// Loopback only.
    package var host: String
    /// The port; 0 takes any free one.
    package var port: Int
    /// The service points and the token of each one's page.
    package var points: [ServicePointID: PageToken]
    /// The origin of the simulator's desk page, which may frame the page; nil when the station is not simulated.
    package var simulatorOrigin: String?
    /// Whether the station is simulated: also the page without a session is watermarked.
    package var simulated: Bool
    /// What stands for limits of time and number.
    package var limits: KioskLimits

    package init(
        host: String = "127.0.0.1",
        port: Int,
        points: [ServicePointID: PageToken],
        simulatorOrigin: String? = nil,
        simulated: Bool = false,
        limits: KioskLimits = KioskLimits()
    ) {
        self.host = host
        self.port = port
        self.points = points
        self.simulatorOrigin = simulatorOrigin
        self.simulated = simulated || simulatorOrigin != nil
        self.limits = limits
    }

    /// Throws unless the page stays on this machine and the origin of the simulator is one.
    func validate() throws(KioskError) {
        guard ["127.0.0.1", "[::1]", "::1"].contains(host) else {
            throw KioskError(.configuration, "the page is served on loopback only, not at \(host)")
        }
        guard (0...65_535).contains(port) else { throw KioskError(.configuration, "\(port) is not a port") }
        guard let simulatorOrigin else { return }
        // It becomes part of a header: nothing but an origin may stand there.
        guard let match = simulatorOrigin.wholeMatch(of: /http:\/\/127\.0\.0\.1:(\d{1,5})/), Int(match.1) ?? 0 > 0
        else {
            throw KioskError(.configuration, "the simulator's origin is not of the form http://127.0.0.1:PORT")
        }
    }
}
