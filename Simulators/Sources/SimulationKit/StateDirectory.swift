import Foundation
import Glibc

/// Where a running simulator keeps its sockets and files.
public struct StateDirectory: Sendable {
    /// Absolute path.
    public let path: String

    /// Makes a state directory's paths; nothing is created.
    ///
    /// - Parameter path: relative or absolute.
    public init(_ path: String) {
        let base = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        self.path = URL(fileURLWithPath: base).standardizedFileURL.path
    }

    /// Control socket.
    public var controlSocket: String { path + "/control.sock" }
    /// Socket of pcscd for clients.
    public var pcscdSocket: String { path + "/pcscd.comm" }
    /// Number of pcscd's process.
    public var pcscdProcessFile: String { path + "/pcscd.pid" }
    /// pcscd's own messages.
    public var pcscdLog: String { path + "/pcscd.log" }
    /// Socket for plugging the reader of a simulated USB.
    public var usbSocket: String { path + "/usb.sock" }
    /// Control socket of simulated devices.
    public var devicesSocket: String { path + "/devices.sock" }
    /// Socket for plugging simulated devices into the simulated USB.
    public var usbSideSocket: String { path + "/usb-side.sock" }
    /// Folder of reader.conf files.
    public var readerConfiguration: String { path + "/reader.conf.d" }
    /// Address of the virtual desk, with its token.
    public var deskAddressFile: String { path + "/sim.url" }
    private var lockFile: String { path + "/lock" }

    /// Makes the directories, open to this user only.
    ///
    /// - Throws: ``SimulationError`` with `sim.system`.
    public func create() throws(SimulationError) {
        do {
            try FileManager.default.createDirectory(
                atPath: readerConfiguration,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw SimulationError(.system, "cannot make \(path)", remedy: "choose another --state directory")
        }
        chmod(path, 0o700)
    }

    /// Locks the directory for this process; the lock ends with the process.
    ///
    /// - Throws: ``SimulationError`` with `sim.already-running`.
    func lock() throws(SimulationError) -> Descriptor {
        let number = open(lockFile, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw UnixSocket.failure("open \(lockFile)") }
        let descriptor = Descriptor(number)
        guard flock(number, LOCK_EX | LOCK_NB) == 0 else {
            throw SimulationError(
                .alreadyRunning,
                "another simulator uses \(path)",
                remedy: "stop it, or choose another --state directory"
            )
        }
        return descriptor
    }

    /// Removes what a stopped simulator has no use for.
    func clear(readers: [String]) {
        for file in [controlSocket, pcscdSocket, pcscdProcessFile, usbSocket, deskAddressFile] + readers {
            unlink(file)
        }
    }

    /// Writes a file that only this user may read.
    ///
    /// - Throws: ``SimulationError`` with `sim.system`.
    public static func write(_ text: String, to path: String) throws(SimulationError) {
        unlink(path)
        let number = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw UnixSocket.failure("write \(path)") }
        let descriptor = Descriptor(number)
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor.number, bytes, bytes.count) == bytes.count else {
            throw UnixSocket.failure("write \(path)")
        }
    }
}
