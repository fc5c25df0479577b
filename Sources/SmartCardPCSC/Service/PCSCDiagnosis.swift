import CPCSCLite
import Glibc
public import SmartCard

/// What can be found out about the smart-card service from outside, for the step-by-step examination of a station.
public struct PCSCDiagnosis: Sendable, Hashable {
    /// What stands at the path of the service's socket.
    public enum Socket: Sendable, Hashable {
        /// Nothing, or nothing that is a socket.
        case missing
        /// A socket on which nobody listens: the service has died and left it.
        case refusing
        /// A socket that this user may not use.
        case forbidden
        /// A socket that takes connections; whether anybody answers is another question.
        case accepting
        /// Any other failure, with the system's error number.
        case failing(errno: Int32)
    }

    /// How an attempt to open a line to the service ended.
    public enum Line: Sendable, Hashable {
        /// It was opened, after this time.
        case opened(after: Duration)
        /// The library reported a failure.
        case failed(SmartCardError.Code, PCSCReturnCode)
        /// Nothing came within the time limit.
        case unanswered
    }

    /// Where the service's program stands on Debian.
    public static let daemonPath = "/usr/sbin/pcscd"

    /// Whether the service's program is installed.
    public var isDaemonInstalled: Bool

    /// The path of the socket that libpcsclite uses.
    public var socketPath: String

    /// What stands there.
    public var socket: Socket

    /// How an attempt to open a line ended.
    public var line: Line

    /// The version of libpcsclite whose interface this program was built with.
    public var clientVersion: String

    /// The failure code that the facts amount to; nil if the service answers.
    public var code: SmartCardError.Code? {
        switch line {
        case .opened: nil
        case .unanswered: .serviceNotAnswering
        case .failed(let code, _): socket == .forbidden ? .accessDenied : code
        }
    }

    /// Examines the service.
    ///
    /// - Parameter deadline: How long it may take to open a line.
    /// - Returns: The facts.
    public static func examine(deadline: Duration = .seconds(2)) async -> PCSCDiagnosis {
        await examine(deadline: deadline, library: LibPCSCLite(), scheduler: DeadlineThread())
    }

    static func examine(
        deadline: Duration,
        library: any PCSCLibrary,
        scheduler: any DeadlineScheduler
    ) async -> PCSCDiagnosis {
        let path = PCSCEnvironment.socketPath
        let line: Line
        do {
            let overrun = SmartCardError(.serviceNotAnswering, "opening a line")
            line = try await OneShot.run(limit: deadline, scheduler: scheduler, overrun: overrun) { _ in
                openLine(library)
            }
        } catch {
            line = .unanswered
        }
        return PCSCDiagnosis(
            isDaemonInstalled: unsafe access(daemonPath, X_OK) == 0,
            socketPath: path,
            socket: Socket(path: path),
            line: line,
            clientVersion: PCSCLITE_VERSION_NUMBER
        )
    }

    private static func openLine(_ library: any PCSCLibrary) -> Line {
        let start = MonotonicInstant.now
        do throws(PCSCReturnCode) {
            _ = try PCSCContext(library: library)
        } catch {
            return .failed(error.errorCode(at: .establish), error)
        }
        let nanoseconds = MonotonicInstant.now.nanoseconds - start.nanoseconds
        return .opened(after: .nanoseconds(Int64(clamping: nanoseconds)))
    }
}

extension PCSCDiagnosis.Socket {
    /// Tries the socket at a path, without waiting.
    init(path: String) {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
        guard descriptor >= 0 else {
            self = .failing(errno: errno)
            return
        }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { bytes in
            // The last byte stays zero, where libpcsclite cuts too.
            for (index, byte) in path.utf8.prefix(bytes.count - 1).enumerated() { unsafe bytes[index] = byte }
        }
        let result = unsafe withUnsafeBytes(of: &address) { bytes in
            unsafe connect(
                descriptor,
                bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t(bytes.count)
            )
        }
        self = result == 0 ? .accepting : Self(errorNumber: errno)
    }

    private init(errorNumber: Int32) {
        switch errorNumber {
        case ENOENT, ENOTDIR, ENOTSOCK: self = .missing
        case ECONNREFUSED: self = .refusing
        case EACCES, EPERM: self = .forbidden
        // The queue of connections is full: there is a listener, and it takes none.
        case EAGAIN: self = .accepting
        default: self = .failing(errno: errorNumber)
        }
    }
}
