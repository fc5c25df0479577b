import Glibc

/// Local sockets.
package enum UnixSocket: Sendable {
    /// What travels through a socket.
    package enum Kind: Sendable {
        case stream
        case packets

        var number: Int32 {
            switch self {
            case .stream: Int32(SOCK_STREAM.rawValue)
            case .packets: Int32(SOCK_SEQPACKET.rawValue)
            }
        }
    }

    /// Connections that may wait to be accepted.
    private static let backlog: Int32 = 16

    /// Binds and listens, replacing a socket that a simulator left behind; only this user may connect.
    ///
    /// - Throws: ``SimulationError`` with `sim.system`.
    package static func listen(_ kind: Kind, at path: String) throws(SimulationError) -> Descriptor {
        let descriptor = try make(kind)
        unlink(path)
        let bound = try withAddress(path) { address, length in
            bind(descriptor.number, address, length)
        }
        guard bound == 0, chmod(path, 0o600) == 0, Glibc.listen(descriptor.number, backlog) == 0 else {
            throw failure("listen at \(path)")
        }
        return descriptor
    }

    /// Connects.
    ///
    /// - Throws: ``SimulationError`` with `sim.not-running`.
    static func connect(_ kind: Kind, to path: String) throws(SimulationError) -> Descriptor {
        let descriptor = try make(kind)
        let connected = try withAddress(path) { address, length in
            Glibc.connect(descriptor.number, address, length)
        }
        guard connected == 0 else {
            throw SimulationError(
                .notRunning,
                "no simulator answers at \(path)",
                remedy: "start one with `onecard-sim up`, or name its --state"
            )
        }
        return descriptor
    }

    /// Accepts one waiting connection; nil if there is none any more.
    static func accept(_ listener: Descriptor) -> Descriptor? {
        let number = Glibc.accept(listener.number, nil, nil)
        guard number >= 0 else { return nil }
        let descriptor = Descriptor(number)
        guard fcntl(number, F_SETFD, FD_CLOEXEC) == 0 else { return nil }
        return descriptor
    }

    /// Limits how long a read or a write may block, seconds.
    static func setTimeout(_ descriptor: Descriptor, seconds: Int) {
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        let length = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor.number, SOL_SOCKET, SO_RCVTIMEO, &limit, length)
        setsockopt(descriptor.number, SOL_SOCKET, SO_SNDTIMEO, &limit, length)
    }

    private static func make(_ kind: Kind) throws(SimulationError) -> Descriptor {
        let number = socket(AF_UNIX, kind.number | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw failure("make a socket") }
        return Descriptor(number)
    }

    private static func withAddress(
        _ path: String,
        _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws(SimulationError) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SimulationError(
                .system,
                "a socket path must have 1 to 107 bytes",
                remedy: "choose a shorter --state directory"
            )
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                body(generic, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    static func failure(_ attempt: String) -> SimulationError {
        SimulationError(
            .system,
            "cannot \(attempt): \(lastSystemError())",
            remedy: "check the state directory and its rights"
        )
    }
}
