public import DeviceIO

/// A reader with two pairs of USB endpoints: one carries preamble and length in both directions, the other the rest
/// (PROTOCOLS.md 2.1).
public struct SAMVSplitLink: SAMVLink {
    private let head: any ByteChannel
    private let body: any ByteChannel
    private let clock: any Clock<Duration>

    /// Makes a link.
    ///
    /// - Parameters:
    ///   - head: Endpoints 0x02 and 0x81, or what the profile says instead: preamble and length.
    ///   - body: Endpoints 0x06 and 0x85, or what the profile says instead: everything behind the length.
    ///   - clock: A monotonic clock; limits the whole exchange, while the lines limit each piece.
    public init(head: any ByteChannel, body: any ByteChannel, clock: any Clock<Duration>) {
        self.head = head
        self.body = body
        self.clock = clock
    }

    /// Sends a command and waits for its response, as ``SAMVLink`` says.
    public func exchange(_ command: SAMVCommand, timeout: Duration) async throws(ResidentIDError) -> SAMVResponse {
        let deadline = Deadline(after: timeout, clock)
        let frame = command.frame
        do throws(DeviceError) {
            try await head.discardInput()
            try await body.discardInput()
            try await head.write(Array(frame.prefix(SAMVFrame.headerCount)), before: deadline)
            try await body.write(Array(frame.dropFirst(SAMVFrame.headerCount)), before: deadline)
        } catch {
            throw ResidentIDError(error, command)
        }
        var reception = SAMVReception(command, isSplit: true)
        while true {
            let bytes: [UInt8]
            do throws(DeviceError) {
                if let missing = reception.missingBodyCount {
                    bytes = try await body.read(countMax: missing, before: deadline)
                } else {
                    bytes = try await head.read(countMax: reception.missingHeaderCount, before: deadline)
                }
            } catch {
                guard error.code == .timeout else { throw ResidentIDError(error, command) }
                return try reception.end(cause: error)
            }
            if let response = try reception.take(bytes) { return response }
        }
    }
}
