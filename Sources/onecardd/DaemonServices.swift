import KioskServer
import LinuxHost
import Logging
import ServiceLifecycle
import SmartCardPCSC
import Station

/// Runs the service points until graceful shutdown; returns after their last rows are written.
struct PointService: Service {
    let controllers: [ServicePointController]

    func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for controller in controllers { group.addTask { await controller.run() } }
            }
        } onGracefulShutdown: { [controllers] in
            // Unstructured: the handler is synchronous, and `run` above returns only after each controller has stopped.
            Task { for controller in controllers { await controller.stop() } }
        }
    }
}

/// Watches the readers until graceful shutdown.
struct ReaderService: Service {
    let cards: PCSCCardService
    let router: ReaderRouter

    func run() async throws {
        await withDiscardingTaskGroup { group in
            group.addTask { await cancelWhenGracefulShutdown { await cards.run() } }
            group.addTask { await router.run(cards.events) }
        }
    }
}

/// Tells the service manager that the daemon lives.
struct WatchdogService: Service {
    let notifier: ServiceNotifier

    func run() async throws {
        guard let interval = notifier.watchdogInterval else { return try await gracefulShutdown() }
        await cancelWhenGracefulShutdown {
            while (try? await Task.sleep(for: interval)) != nil { notifier.notify(.watchdog) }
        }
    }
}
