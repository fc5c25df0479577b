import Glibc
package import Station

/// The clocks of this machine.
package struct SystemStationClock: StationClock {
    package init() {}

    package func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec)
    }

    package func uptime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    package func sleep(seconds: Int) async throws {
        try await Task.sleep(for: .seconds(seconds))
    }
}

extension RandomSource {
    /// The kernel's random numbers.
    package static let system = RandomSource {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
