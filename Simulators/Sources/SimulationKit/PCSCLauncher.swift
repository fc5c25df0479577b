import Foundation
package import Glibc
import Synchronization

/// Starts pcscd with the client socket as descriptor 3.
package enum PCSCLauncher: Sendable {
    /// First descriptor of socket activation (sd_listen_fds).
    private static let activationDescriptor: Int32 = 3

    /// Starts a process and a thread that waits for its end.
    ///
    /// The same thread starts and awaits it, because the kernel ties the parent-death signal to the starting thread:
    /// whatever ends the simulator also ends pcscd.
    ///
    /// - Parameters:
    ///   - configuration: What to start.
    ///   - socket: Where clients come in.
    ///   - started: Called once the process is there, before its end is waited for; then this call returns.
    ///   - ended: Called after the end of the process.
    /// - Throws: `sim.pcscd` when it cannot be started.
    package static func launch(
        _ configuration: PCSCService.Configuration,
        socket: Descriptor,
        started: @escaping @Sendable (pid_t) -> Void,
        ended: @escaping @Sendable (pid_t) -> Void
    ) throws(SimulationError) {
        let decided = DispatchSemaphore(value: 0)
        let failure = Mutex<SimulationError?>(nil)
        let thread = Thread {
            switch spawn(configuration, socket: socket) {
            case .failure(let error):
                failure.withLock { $0 = error }
                decided.signal()
            case .success(let process):
                started(process)
                decided.signal()
                var status: Int32 = 0
                while waitpid(process, &status, 0) < 0, errno == EINTR {}
                ended(process)
            }
        }
        thread.name = "pcscd-parent"
        thread.start()
        decided.wait()
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    /// The command line: a shell in the right namespace, which becomes pcscd.
    ///
    /// LISTEN_PID must be the number that the process itself has, so the shell sets it; the parent-death signal must be
    /// set after any change of user namespace, which clears it.
    static func commandLine(_ configuration: PCSCService.Configuration) -> [String] {
        var preparation: [String] = []
        if lacksRunDirectory {
            preparation.append("mount -t tmpfs tmpfs /run && mkdir /run/pcscd")
        }
        if configuration.usb != nil {
            preparation.append("mount --bind \"$DRIVER_LIST\" \(installedDriverList)")
        }
        let become = "LISTEN_PID=$$ exec setpriv --pdeathsig KILL \"$0\" \"$@\""
        let shell = ["/bin/sh", "-c", (preparation + [become]).joined(separator: " && ")] + service(configuration)
        guard !preparation.isEmpty else { return shell }
        let user = geteuid() == 0 ? [] : ["--user", "--map-root-user"]
        return ["/usr/bin/unshare"] + user + ["--mount"] + shell
    }

    /// pcscd, or pcscd inside the USB simulation.
    private static func service(_ configuration: PCSCService.Configuration) -> [String] {
        let pcscd = [configuration.program, "--foreground", "-c", configuration.readerConfigurationDirectory]
        guard let usb = configuration.usb else { return pcscd }
        return ["/usr/bin/umockdev-wrapper", usb.program, usb.readerSocket, usb.controlSocket] + pcscd
    }

    /// The list of readers that Debian's CCID driver reads.
    private static let installedDriverList = "/etc/libccid_Info.plist"

    /// pcscd wants to write into /run/pcscd; an ordinary user on a machine without it gets a /run of its own.
    private static var lacksRunDirectory: Bool { geteuid() != 0 && access("/run/pcscd", F_OK) != 0 }

    private static func environment(_ configuration: PCSCService.Configuration) -> [String] {
        let usual = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LISTEN_FDS=1", "LC_ALL=C.UTF-8"]
        return usual + (configuration.usb.map { ["DRIVER_LIST=\($0.driverList)"] } ?? [])
    }

    private static func spawn(
        _ configuration: PCSCService.Configuration,
        socket: Descriptor
    ) -> Result<pid_t, SimulationError> {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(
            &actions,
            1,
            configuration.logFile,
            O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
            0o600
        )
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        posix_spawn_file_actions_adddup2(&actions, socket.number, activationDescriptor)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        // A group of its own keeps Ctrl-C of the terminal from pcscd: the simulator stops it in its own order.
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF)
        )

        let line = commandLine(configuration)
        var process: pid_t = 0
        let status = withCStrings(line) { lineStrings in
            withCStrings(environment(configuration)) { environmentStrings in
                posix_spawn(&process, line[0], &actions, &attributes, lineStrings, environmentStrings)
            }
        }
        guard status == 0 else {
            let reason = String(cString: strerror(status))
            return .failure(
                SimulationError(.pcscd, "cannot start pcscd: \(reason)", remedy: "install pcscd and util-linux")
            )
        }
        return .success(process)
    }

    /// Lends a nil-terminated array of C strings.
    private static func withCStrings<Result>(
        _ strings: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
        defer {
            for pointer in pointers {
                free(pointer)
            }
        }
        pointers.append(nil)
        return body(pointers)
    }
}
