public import DeviceIO

/// A reader on one line: a serial port, or a pair of USB endpoints that carry whole frames (PROTOCOLS.md 2.1).
///
/// How the line cuts the frames into pieces is its own matter.
public struct SAMVStreamLink: SAMVLink {
    private let channel: any ByteChannel
    private let clock: any Clock<Duration>

    /// Makes a link.
    ///
    /// - Parameters:
    ///   - channel: The line, of which this link is the only user.
    ///   - clock: A monotonic clock; limits the whole exchange, while the line limits each piece.
    public init(channel: any ByteChannel, clock: any Clock<Duration>) {
        self.channel = channel
        self.clock = clock
    }

    /// Sends a command and waits for its response, as ``SAMVLink`` says.
    public func exchange(_ command: SAMVCommand, timeout: Duration) async throws(ResidentIDError) -> SAMVResponse {
        let deadline = Deadline(after: timeout, clock)
        do throws(DeviceError) {
            try await channel.discardInput()
            try await channel.write(command.frame, before: deadline)
        } catch {
            throw ResidentIDError(error, command)
        }
        var reception = SAMVReception(command, isSplit: false)
        while true {
            let bytes: [UInt8]
            do throws(DeviceError) {
                bytes = try await channel.read(countMax: SAMVFrame.byteCountMax, before: deadline)
            } catch {
                guard error.code == .timeout else { throw ResidentIDError(error, command) }
                return try reception.end(cause: error)
            }
            if let response = try reception.take(bytes) { return response }
        }
    }
}

extension ByteChannel {
    /// Writes all bytes, at most until a deadline.
    ///
    /// - Throws: ``DeviceError`` as ``write(_:timeout:)``; `device.timeout` also when the deadline is over.
    func write(_ bytes: [UInt8], before deadline: Deadline) async throws(DeviceError) {
        let left = deadline.left
        guard left > .zero else { throw DeviceError(.timeout, "the time for the exchange is over") }
        try await write(bytes, timeout: left)
    }

    /// Waits for bytes, at most until a deadline.
    ///
    /// - Throws: ``DeviceError`` as ``read(countMax:timeout:)``; `device.timeout` also when the deadline is over.
    func read(countMax: Int, before deadline: Deadline) async throws(DeviceError) -> [UInt8] {
        let left = deadline.left
        guard left > .zero else { throw DeviceError(.timeout, "the time for the exchange is over") }
        let bytes = try await read(countMax: countMax, timeout: left)
        guard !bytes.isEmpty else { throw DeviceError(.timeout, "the line gave nothing") }
        return bytes
    }
}
