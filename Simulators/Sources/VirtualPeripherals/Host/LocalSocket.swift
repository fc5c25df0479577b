import Glibc

/// Local sockets that listen.
enum LocalSocket: Sendable {
    private static let backlog: Int32 = 8

    /// Binds and listens, replacing a socket that a simulator left behind; only this user may connect.
    ///
    /// - Throws: ``PeripheralFailure``.
    static func listen(
        at path: String,
        packets: Bool
    ) throws(PeripheralFailure) -> FileDescriptor {
        let kind = Int32(packets ? SOCK_SEQPACKET.rawValue : SOCK_STREAM.rawValue)
        let number = socket(AF_UNIX, kind | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw systemFailure("make a socket") }
        let descriptor = FileDescriptor(number)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw PeripheralFailure("a socket path has 1 to 107 bytes")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        unlink(path)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                bind(number, generic, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0, chmod(path, 0o600) == 0, Glibc.listen(number, backlog) == 0 else {
            throw systemFailure("listen at \(path)")
        }
        return descriptor
    }

    /// Accepts one waiting connection; nil if there is none.
    static func accept(_ listener: FileDescriptor) -> FileDescriptor? {
        let number = Glibc.accept(listener.number, nil, nil)
        guard number >= 0 else { return nil }
        let descriptor = FileDescriptor(number)
        return fcntl(number, F_SETFD, FD_CLOEXEC) == 0 ? descriptor : nil
    }
}
