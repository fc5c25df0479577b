import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle
package import Station

/// Serves the kiosk page on loopback, one live page for each service point.
///
/// ``run()`` returns when the service group stops: every event stream is ended at once, so that each page blanks itself.
package struct KioskServer: Service {
    private let configuration: KioskConfiguration
    private let routes: KioskRoutes
    private let onListening: @Sendable (Int) async -> Void

    /// Compiles the templates and checks the configuration.
    ///
    /// - Parameters:
    ///   - configuration: where and for whom.
    ///   - hosts: the session host of each service point that has a page token.
    ///   - health: asked at each request of `/health`; must not take long.
    ///   - logger: gets codes and identifiers of pages, never anything of a person.
    ///   - onListening: called with the port once the server listens.
    /// - Throws: ``KioskError`` with `kiosk.configuration` when a point lacks its host, or an address is not on loopback.
    package init(
        configuration: KioskConfiguration,
        hosts: [ServicePointID: any KioskSessionHost],
        health: @escaping @Sendable () async -> HealthReport,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) throws(KioskError) {
        try configuration.validate()
        guard Set(configuration.points.keys) == Set(hosts.keys) else {
            throw KioskError(.configuration, "page tokens and service points do not correspond")
        }
        self.configuration = configuration
        self.onListening = onListening
        routes = KioskRoutes(
            configuration: configuration,
            hosts: hosts,
            renderer: try PageRenderer(),
            pages: LivePages(streamsOfPoint: configuration.limits.streamsOfPoint),
            address: KioskAddress(host: configuration.host, port: configuration.port),
            health: health,
            logger: logger
        )
    }

    /// Listens until graceful shutdown.
    ///
    /// - Throws: ``KioskError`` with `kiosk.address` when the address is taken.
    package func run() async throws {
        let pages = routes.pages
        do {
            try await withGracefulShutdownHandler {
                try await application.run()
            } onGracefulShutdown: {
                pages.stop()
            }
        } catch let error as IOError {
            throw KioskError(
                .address,
                "cannot listen at \(configuration.host):\(configuration.port)",
                cause: error
            )
        }
    }

    private var application: some ApplicationProtocol {
        let address = routes.address
        let onListening = onListening
        return Application(
            router: routes.router(),
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(KioskLimits.connectionIdleSeconds),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: KioskLimits.headerFieldBytesMax,
                        maxHeaderListSize: KioskLimits.headerBytesMax,
                        maxHeaderFieldCount: KioskLimits.headerFieldsMax
                    )
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                availableConnectionsDelegate: .maximum(KioskLimits.connectionsMax, logger: routes.logger)
            ),
            onServerRunning: { channel in
                guard let port = channel.localAddress?.port else { return }
                address.listens(at: port)
                await onListening(port)
            },
            logger: routes.logger
        )
    }
}
