import Glibc

/// A serial line whose other end a program opens by path.
///
/// The path is a symbolic link to the terminal of the moment: after a hang-up the next terminal has another name, the
/// link the same.
struct PseudoTerminal: Sendable {
    /// Our end.
    let master: FileDescriptor
    /// Kept open, so that our end stays usable while no program has the line open.
    private let held: FileDescriptor
    private let path: String

    /// Room for the name of a terminal, such as `/dev/pts/12`.
    private static let nameBytes = 64

    /// Opens a line and links its path to it.
    ///
    /// - Throws: ``PeripheralFailure``.
    init(path: String) throws(PeripheralFailure) {
        var settings = termios()
        // Bytes pass as they are, also before a program has set up its end.
        cfmakeraw(&settings)
        cfsetspeed(&settings, speed_t(B115200))
        var ends: (ours: Int32, other: Int32) = (-1, -1)
        var name = [CChar](repeating: 0, count: Self.nameBytes)
        guard openpty(&ends.ours, &ends.other, &name, &settings, nil) == 0 else {
            throw systemFailure("open a terminal")
        }
        master = FileDescriptor(ends.ours)
        held = FileDescriptor(ends.other)
        guard master.makeNonBlocking(), held.makeNonBlocking() else { throw systemFailure("set up a terminal") }
        self.path = path
        unlink(path)
        guard symlink(name, path) == 0 else { throw systemFailure("link \(path)") }
    }

    /// Takes the path away; the line itself goes with the last copy of this value.
    func unlinkPath() {
        unlink(path)
    }
}
