import Foundation
import Glibc

/// Serves the control socket: one request a connection, one connection at a time.
final class ControlServer: Sendable {
    /// How long a client may take to send its request or to take the answer, seconds.
    private static let clientSecondsMax = 2

    private let listener: Descriptor

    /// Binds the socket and starts serving.
    ///
    /// - Parameters:
    ///   - path: of the socket, open to this user only.
    ///   - perform: carries a request out.
    /// - Throws: ``SimulationError`` with `sim.system`.
    init(path: String, perform: @escaping @Sendable (ControlRequest) -> ControlResponse) throws(SimulationError) {
        listener = try UnixSocket.listen(.stream, at: path)
        let thread = Thread { [listener] in
            while let connection = Self.waitForClient(listener) {
                Self.serve(connection, perform)
            }
        }
        thread.name = "control"
        thread.start()
    }

    /// Ends serving; a request that is being carried out is finished.
    func stop() {
        shutdown(listener.number, Int32(SHUT_RDWR))
    }

    private static func waitForClient(_ listener: Descriptor) -> Descriptor? {
        while true {
            if let connection = UnixSocket.accept(listener) {
                return connection
            }
            guard errno == EINTR || errno == ECONNABORTED else { return nil }
        }
    }

    private static func serve(_ connection: Descriptor, _ perform: (ControlRequest) -> ControlResponse) {
        UnixSocket.setTimeout(connection, seconds: clientSecondsMax)
        let channel = LineChannel(descriptor: connection)
        do throws(SimulationError) {
            try channel.write(perform(try channel.read(ControlRequest.self)))
        } catch {
            // The client may be gone already; then there is nobody to tell.
            try? channel.write(ControlResponse(error))
        }
    }
}

/// Asks a running simulator.
public enum ControlClient: Sendable {
    /// How long a request may take, seconds: stopping pcscd is the slowest.
    private static let secondsMax = 10

    /// Sends one request.
    ///
    /// - Parameters:
    ///   - request: what to do.
    ///   - path: of the control socket.
    /// - Returns: the answer.
    /// - Throws: ``SimulationError``: `sim.not-running`, or the error that the simulator answered with.
    public static func send(_ request: ControlRequest, to path: String) throws(SimulationError) -> ControlResponse {
        let connection = try UnixSocket.connect(.stream, to: path)
        UnixSocket.setTimeout(connection, seconds: secondsMax)
        let channel = LineChannel(descriptor: connection)
        try channel.write(request)
        let response = try channel.read(ControlResponse.self)
        if let failure = response.error {
            throw SimulationError(
                SimulationError.Code(rawValue: failure.code),
                failure.message,
                remedy: failure.remedy
            )
        }
        return response
    }
}
