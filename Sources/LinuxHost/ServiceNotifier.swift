import Glibc

/// Tells the service manager how the daemon is (the `sd_notify` protocol: one datagram to `NOTIFY_SOCKET`).
package struct ServiceNotifier: Sendable {
    /// States of the protocol that are used here.
    package enum State: String, Sendable {
        case ready = "READY=1"
        case stopping = "STOPPING=1"
        case watchdog = "WATCHDOG=1"
    }

    private let address: String?
    /// How often the manager wants to hear `watchdog`, as a half of its limit; nil when it does not watch.
    package let watchdogInterval: Duration?

    package init(environment: [String: String]) {
        address = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        watchdogInterval = environment["WATCHDOG_USEC"].flatMap(Int64.init).flatMap { limit in
            limit > 0 ? .microseconds(limit / 2) : nil
        }
    }

    /// Sends a state; without a service manager nothing happens.
    package func notify(_ state: State) {
        guard let address, var target = UnixSocketAddress(path: address) else { return }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        var text = Array(state.rawValue.utf8)
        _ = target.withPointer { pointer, length in
            sendto(descriptor, &text, text.count, Int32(MSG_NOSIGNAL), pointer, length)
        }
    }
}
