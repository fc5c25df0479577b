/// What goes wrong between a device and its host.
package struct PeripheralFaults: Hashable, Sendable {
    /// A fault that happens a number of times, or until it is lifted.
    package struct Repeated: Hashable, Sendable {
        private var left: Int

        /// Makes a fault that happens so often; the greatest number means always.
        package init(times: Int = Int.max) {
            left = times
        }

        /// No fault.
        package static let never = Repeated(times: 0)

        /// Whether it happens now; counts.
        ///
        /// - Returns: true so many times.
        package mutating func strikes() -> Bool {
            guard left > 0 else { return false }
            if left != Int.max {
                left -= 1
            }
            return true
        }
    }

    /// The cable is pulled at a byte.
    package struct Removal: Hashable, Sendable {
        /// After how many bytes from now.
        package var afterBytes: Int
        /// Counts what the device sends; otherwise what it takes.
        package var isSending: Bool

        /// Makes a removal.
        package init(afterBytes: Int, isSending: Bool) {
            self.afterBytes = afterBytes
            self.isSending = isSending
        }
    }

    /// The device takes everything and answers nothing.
    package var mute = Repeated.never
    /// Delays each answer, milliseconds.
    package var slowMilliseconds = 0
    /// The check sum of an answer is wrong.
    package var wrongChecksum = Repeated.never
    /// The status of an answer is this one.
    package var wrongStatus = Repeated.never
    /// The wrong status; how long it is depends on the device.
    package var status: [UInt8] = []
    /// An answer comes twice.
    package var duplicate = Repeated.never
    /// Answers come in packets of so many bytes, fewer than a full packet; nil sends full packets.
    package var tornBytes: Int?
    /// When the cable is pulled.
    package var removal: Removal?
    /// Endpoints that halt at their next transfers; zero refuses control requests.
    package var stalls: [UInt8: Repeated] = [:]

    /// The longest delay, milliseconds: longer than any deadline of a station.
    package static let slowMillisecondsMax = 60_000

    /// No fault.
    package init() {}

    /// Whether a transfer of an endpoint halts it now; counts.
    ///
    /// - Parameter endpoint: its address.
    /// - Returns: whether it does.
    package mutating func stallStrikes(_ endpoint: UInt8) -> Bool {
        stalls[endpoint]?.strikes() ?? false
    }
}
