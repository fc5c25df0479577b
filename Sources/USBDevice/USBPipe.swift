public import DeviceIO
import Synchronization

/// An endpoint to the device and one from it, as a line of bytes; valid inside the claim of their interface.
public final class USBPipe: ByteChannel {
    /// The most bytes that are dropped at a time: an answer of an ID reader with photo many times over.
    ///
    /// A device that goes on is broken.
    public static let drainBytesMax = 64 * 1024

    /// The most empty packets in a row that a read passes over; each one costs the bus time.
    public static let emptyPacketsMax = 64

    private let connection: any USBConnection
    private let endpoints: USBPipeEndpoints
    private let settings: USBPipeSettings
    private let now: @Sendable () -> Duration

    /// What was read beyond what was asked for.
    private let kept = Mutex<ArraySlice<UInt8>>([])

    /// Makes a pipe; nothing is exchanged yet.
    ///
    /// - Parameters:
    ///   - connection: The open device.
    ///   - endpoints: The endpoints, of an interface that is claimed.
    ///   - settings: How the device wants its data.
    ///   - now: The time since any fixed moment, on a clock that is never set.
    public init(
        connection: any USBConnection,
        endpoints: USBPipeEndpoints,
        settings: USBPipeSettings = USBPipeSettings(),
        now: @escaping @Sendable () -> Duration
    ) {
        self.connection = connection
        self.endpoints = endpoints
        self.settings = settings
        self.now = now
    }

    deinit {
        // What was kept may be personal.
        kept.withLock { kept in
            for index in kept.indices { kept[index] = 0 }
        }
    }

    /// Writes all bytes, chunk by chunk; a halt on the way is cleared and the rest sent again.
    ///
    /// - Parameters:
    ///   - bytes: What to write; nothing happens for no bytes.
    ///   - timeout: How long all of it may take.
    /// - Throws: ``DeviceError``; ``DeviceError/written`` tells how many bytes the device had taken before.
    public func write(_ bytes: [UInt8], timeout: Duration) async throws(DeviceError) {
        guard let endpoint = endpoints.output else {
            throw DeviceError(.unsupported, "the device takes no data on this interface")
        }
        if bytes.isEmpty { return }
        let deadline = now() + timeout
        let chunkSize = settings.chunkSize ?? endpoint.packetSize
        var written = 0
        var halts = 0
        while written < bytes.count {
            let chunk = Array(bytes[written..<min(written + chunkSize, bytes.count)])
            do throws(DeviceError) {
                try await connection.write(chunk, to: endpoint.address, timeout: try left(until: deadline, of: timeout))
                written += chunk.count
            } catch {
                written += min(max(error.written, 0), chunk.count)
                try await recover(from: error, of: endpoint, halts: &halts, written: written)
            }
        }
        if settings.endsWithShortPacket, bytes.count.isMultiple(of: endpoint.packetSize) {
            do throws(DeviceError) {
                try await connection.write([], to: endpoint.address, timeout: try left(until: deadline, of: timeout))
            } catch {
                throw error.with(written: written)
            }
        }
    }

    /// Waits for bytes and takes those that have come; a packet without data is passed over.
    ///
    /// - Parameters:
    ///   - countMax: The most bytes to take, 1 or more; what a packet brings beyond is kept for the next read.
    ///   - timeout: How long to wait for the first byte.
    /// - Returns: At least one byte.
    /// - Throws: ``DeviceError``; `device.timeout` when nothing came.
    public func read(countMax: Int, timeout: Duration) async throws(DeviceError) -> [UInt8] {
        precondition(countMax >= 1, "a read asks for one byte or more")
        guard let endpoint = endpoints.input else {
            throw DeviceError(.unsupported, "the device brings no data on this interface")
        }
        if let bytes = takeKept(countMax) { return bytes }
        let deadline = now() + timeout
        var halts = 0
        for _ in 0..<Self.emptyPacketsMax + settings.haltsMax {
            do throws(DeviceError) {
                let bytes = try await connection.read(
                    from: endpoint.address,
                    countMax: readSize(of: endpoint),
                    timeout: try left(until: deadline, of: timeout)
                )
                guard !bytes.isEmpty else { continue }
                if bytes.count <= countMax { return bytes }
                kept.withLock { $0 = bytes[countMax...] }
                return Array(bytes[..<countMax])
            } catch {
                try await recover(from: error, of: endpoint, halts: &halts, written: 0)
            }
        }
        throw DeviceError(.inputOutput, "the device sends packets without data and no end")
    }

    /// Drops what was kept and what the device still sends, until it is quiet for ``USBPipeSettings/drainWait``.
    ///
    /// - Throws: ``DeviceError`` when the device is gone, or sends without end (`device.overflow`).
    public func discardInput() async throws(DeviceError) {
        kept.withLock { $0 = [] }
        guard let endpoint = endpoints.input else { return }
        var dropped = 0
        var reads = 0
        var halts = 0
        while dropped < Self.drainBytesMax, reads < Self.drainBytesMax / endpoint.packetSize {
            reads += 1
            do throws(DeviceError) {
                dropped += try await connection.read(
                    from: endpoint.address,
                    countMax: readSize(of: endpoint),
                    timeout: settings.drainWait
                ).count
            } catch {
                if error.code == .timeout { return }
                // More than there was room for is not wanted either.
                if error.code == .overflow { continue }
                try await recover(from: error, of: endpoint, halts: &halts, written: 0)
            }
        }
        throw DeviceError(.overflow, "the device sends without end")
    }

    // MARK: Steps

    private func readSize(of endpoint: USBEndpoint) -> Int {
        let packets = min(settings.packetsPerRead, USBTransferLimits.bytesMax / endpoint.packetSize)
        return endpoint.packetSize * max(packets, 1)
    }

    private func takeKept(_ countMax: Int) -> [UInt8]? {
        kept.withLock { kept in
            guard !kept.isEmpty else { return nil }
            defer { kept = kept.dropFirst(countMax) }
            return Array(kept.prefix(countMax))
        }
    }

    private func left(until deadline: Duration, of timeout: Duration) throws(DeviceError) -> Duration {
        let left = deadline - now()
        guard left > .zero else { throw DeviceError(.timeout, "the time is up") }
        return min(left, timeout)
    }

    /// Clears a halt, within the limit; any other failure is passed on.
    private func recover(
        from error: DeviceError,
        of endpoint: USBEndpoint,
        halts: inout Int,
        written: Int
    ) async throws(DeviceError) {
        guard error.code == .stalled, halts < settings.haltsMax else { throw error.with(written: written) }
        halts += 1
        do throws(DeviceError) {
            try await connection.clearHalt(endpoint.address)
        } catch {
            throw error.with(written: written)
        }
    }
}

extension DeviceError {
    fileprivate func with(written: Int) -> DeviceError {
        var error = self
        error.written = written
        return error
    }
}
