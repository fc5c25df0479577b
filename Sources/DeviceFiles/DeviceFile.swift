public import DeviceIO
import Dispatch
import Glibc

/// A device file as a byte channel: a serial port, a pseudo-terminal, `/dev/ttyACM*`, `/dev/usb/lp*`.
///
/// The file is open while the body of ``withOpen(_:line:_:)`` runs. Operations run one after another on a thread of their
/// own, which sleeps in `poll`; a cancelled operation wakes it.
public final class DeviceFile: ByteChannel {
    /// The most bytes of one read.
    public static let readCountMax = 65_536

    private let descriptor: Int32
    private let queue = DispatchQueue(label: "onecard.device-file")

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Opens a device file for a body and closes it when the body ends in whatever way.
    ///
    /// A terminal is taken for this process alone and set to pass bytes as they are; what had come before is dropped.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - line: Settings of a serial line; nil for a file that is no terminal, such as `/dev/usb/lp0`.
    ///   - body: What is done with the device; the channel must not leave it.
    /// - Returns: What the body returns.
    /// - Throws: ``DeviceError`` when the file cannot be opened or set up, or the error of the body.
    public static func withOpen<Result>(
        _ path: String,
        line: SerialLine?,
        _ body: (DeviceFile) async throws -> Result
    ) async throws -> Result {
        let file = try open(path, line: line)
        return try await body(file)
    }

    private static func open(_ path: String, line: SerialLine?) throws(DeviceError) -> DeviceFile {
        // Without O_NONBLOCK, opening a serial port waits for a carrier that most devices do not give.
        let descriptor = Glibc.open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { throw SystemCall.openError(errno) }
        let file = DeviceFile(descriptor: descriptor)
        if let line { try Terminal.prepare(descriptor, line) }
        return file
    }

    // MARK: - ByteChannel

    /// Writes all bytes.
    ///
    /// - Parameters:
    ///   - bytes: What to write.
    ///   - timeout: How long all of it may take.
    /// - Throws: ``DeviceError``.
    public func write(_ bytes: [UInt8], timeout: Duration) async throws(DeviceError) {
        _ = try await perform { (cancel: CancelSignal) throws(DeviceError) -> Int in
            let deadline = Deadline(after: timeout)
            var written = 0
            while written < bytes.count {
                let count = bytes.withUnsafeBytes { buffer in
                    Glibc.write(self.descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
                }
                if count > 0 {
                    written += count
                } else if count == 0 || errno == EAGAIN {
                    guard try !self.wait(for: POLLOUT, until: deadline, cancel, written: written) else {
                        throw DeviceError(.unplugged, "the device is gone", written: written)
                    }
                } else if errno != EINTR {
                    throw SystemCall.transferError(errno, written: written)
                }
            }
            return written
        }
    }

    /// Waits for bytes and takes those that have come.
    ///
    /// - Parameters:
    ///   - countMax: The most bytes to take; more than ``readCountMax`` counts as that many.
    ///   - timeout: How long to wait for the first byte.
    /// - Returns: At least one byte.
    /// - Throws: ``DeviceError``.
    public func read(countMax: Int, timeout: Duration) async throws(DeviceError) -> [UInt8] {
        try await perform { (cancel: CancelSignal) throws(DeviceError) -> [UInt8] in
            let deadline = Deadline(after: timeout)
            var isGone = false
            while true {
                let bytes = try self.takeAvailable(countMax)
                if !bytes.isEmpty { return bytes }
                // What had come before the device went was read first.
                guard !isGone else { throw DeviceError(.unplugged, "the device is gone") }
                isGone = try self.wait(for: POLLIN, until: deadline, cancel, written: 0)
            }
        }
    }

    /// Drops bytes that have come and were not read.
    ///
    /// - Throws: ``DeviceError`` when the device is gone.
    public func discardInput() async throws(DeviceError) {
        _ = try await perform { (_: CancelSignal) throws(DeviceError) -> Int in
            var dropped = 0
            while dropped < Self.readCountMax {
                let count = try self.takeAvailable(Self.readCountMax).count
                if count == 0 { break }
                dropped += count
            }
            return dropped
        }
    }

    // MARK: - On the file's own thread

    /// Runs an operation on the file's thread; the task's cancellation ends its waits.
    private func perform<Result: Sendable>(
        _ operation: @escaping @Sendable (CancelSignal) throws(DeviceError) -> Result
    ) async throws(DeviceError) -> Result {
        guard let cancel = CancelSignal() else {
            throw DeviceError(.inputOutput, "the system has no descriptor left")
        }
        let outcome: Swift.Result<Result, DeviceError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                queue.async { [self] in
                    let outcome = Swift.Result { () throws(DeviceError) in try operation(cancel) }
                    withExtendedLifetime(self) { continuation.resume(returning: outcome) }
                }
            }
        } onCancel: {
            cancel.cancel()
        }
        return try outcome.get()
    }

    /// The bytes that are there now, none if there are none.
    private func takeAvailable(_ countMax: Int) throws(DeviceError) -> [UInt8] {
        let room = min(max(countMax, 1), Self.readCountMax)
        var bytes = [UInt8](repeating: 0, count: room)
        while true {
            let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, room) }
            if count >= 0 { return Array(bytes.prefix(count)) }
            if errno == EAGAIN { return [] }
            if errno != EINTR { throw SystemCall.transferError(errno) }
        }
    }

    /// Waits until something can be done.
    ///
    /// - Returns: Whether the other side is gone.
    private func wait(
        for event: Int32,
        until deadline: Deadline,
        _ cancel: CancelSignal,
        written: Int
    ) throws(DeviceError) -> Bool {
        var items = [
            pollfd(fd: descriptor, events: Int16(event), revents: 0),
            pollfd(fd: cancel.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        let result = poll(&items, nfds_t(items.count), deadline.millisecondsLeft)
        if result < 0, errno != EINTR { throw SystemCall.transferError(errno, written: written) }
        if items[1].revents != 0 { throw DeviceError(.cancelled, "the caller gave up", written: written) }
        if result == 0, deadline.millisecondsLeft == 0 {
            throw DeviceError(.timeout, "the device did not answer in time", written: written)
        }
        return Int32(items[0].revents) & (POLLHUP | POLLERR | POLLNVAL) != 0
    }
}
