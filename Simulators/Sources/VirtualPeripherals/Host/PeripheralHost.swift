import Foundation
import Glibc
import Synchronization

/// Runs simulated devices: USB models behind their sockets, serial models behind pseudo terminals.
///
/// One thread carries frames and bytes; commands come from any thread.
package final class PeripheralHost: Sendable {
    /// How long the USB side may take to plug or pull a cable, milliseconds, and how often that is looked at.
    private static let settlingMillisecondsMax: Int64 = 5_000
    private static let settlingPauseMicroseconds: UInt32 = 500

    private let bay: Mutex<PeripheralBay>
    /// Ends of a pipe that wakes the thread.
    private let wakeReader: FileDescriptor
    private let wakeWriter: FileDescriptor

    /// Makes the devices reachable and starts the thread.
    ///
    /// - Parameters:
    ///   - usb: devices and the paths of their sockets, for `onecard-virtual-usb --device NAME=PATH`.
    ///   - serial: devices and the paths at which programs open their lines.
    /// - Throws: ``PeripheralFailure`` when a path cannot be used or a name is taken.
    package init(
        usb: [(device: VirtualUSBDevice, socketPath: String)],
        serial: [(device: VirtualSerialDevice, path: String)]
    ) throws(PeripheralFailure) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw systemFailure("make a pipe") }
        wakeReader = FileDescriptor(ends[0])
        wakeWriter = FileDescriptor(ends[1])
        guard wakeReader.makeNonBlocking(), wakeWriter.makeNonBlocking() else { throw systemFailure("set up a pipe") }
        bay = Mutex(try PeripheralBay(usb: usb, serial: serial))
        let thread = Thread { [self] in run() }
        thread.name = "peripherals"
        thread.start()
    }

    /// Stops the thread, hangs up all lines and removes sockets and links.
    package func stop() {
        bay.withLock { $0.close() }
        wake()
    }

    /// Carries out a command; one that plugs or pulls returns when the USB side has done it.
    ///
    /// - Parameters:
    ///   - command: what to do.
    ///   - name: of the device.
    /// - Returns: an answer for the person, often empty.
    /// - Throws: ``PeripheralFailure``.
    @discardableResult
    package func perform(_ command: DeviceCommand, on name: String) throws(PeripheralFailure) -> String {
        let now = monotonicMilliseconds()
        // A closure of withLock has no typed throw here, so the outcome leaves as a value.
        let outcome = bay.withLock { bay -> Result<String, PeripheralFailure> in
            do throws(PeripheralFailure) {
                return .success(try bay.perform(command, on: name, now: now))
            } catch {
                return .failure(error)
            }
        }
        wake()
        let text = try outcome.get()
        while !bay.withLock({ $0.isSettled(name) }) {
            guard monotonicMilliseconds() - now < Self.settlingMillisecondsMax else {
                throw PeripheralFailure("the USB side does not answer")
            }
            usleep(Self.settlingPauseMicroseconds)
        }
        return text
    }

    /// Names of all devices.
    package var names: [String] { bay.withLock { $0.names } }

    // MARK: - Thread

    private func wake() {
        var byte: UInt8 = 0
        // A full pipe wakes as well.
        _ = write(wakeWriter.number, &byte, 1)
    }

    private func run() {
        var buffer = [UInt8](repeating: 0, count: ModelFrame.bytesMax)
        while true {
            var items = [pollfd(fd: wakeReader.number, events: Int16(POLLIN), revents: 0)]
            let deadline = bay.withLock { bay -> Int64? in
                items += bay.pollItems
                return bay.isClosed ? nil : bay.nextDeadline ?? Int64.max
            }
            guard let deadline else { return }
            Self.wait(&items, until: deadline)
            while read(wakeReader.number, &buffer, buffer.count) > 0 {}
            let ready = Set(items.dropFirst().filter { $0.revents != 0 }.map(\.fd))
            let now = monotonicMilliseconds()
            bay.withLock { bay in
                bay.serve(ready: ready, buffer: &buffer, now: now)
                bay.advance(to: now)
            }
        }
    }

    /// Sleeps until something is ready or the deadline has come.
    private static func wait(_ items: inout [pollfd], until deadline: Int64) {
        /// Keeps a wrong clock from stopping the thread for ever.
        let sleepMillisecondsMax: Int64 = 60_000
        let left = deadline == Int64.max ? sleepMillisecondsMax : deadline - monotonicMilliseconds()
        _ = poll(&items, nfds_t(items.count), Int32(min(max(left, 0), sleepMillisecondsMax)))
    }
}
