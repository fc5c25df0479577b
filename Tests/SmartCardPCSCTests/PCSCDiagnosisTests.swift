import Glibc
import SmartCard
import Testing

@testable import SmartCardPCSC

@Suite(.timeLimit(.minutes(1))) struct PCSCDiagnosisTests {
    private func examine(_ library: FakePCSCLibrary) async -> PCSCDiagnosis {
        await PCSCDiagnosis.examine(deadline: .seconds(2), library: library, scheduler: ManualScheduler())
    }

    @Test func findsAServiceThatAnswers() async {
        let diagnosis = await examine(FakePCSCLibrary())
        guard case .opened(let duration) = diagnosis.line else {
            Issue.record("the line was not opened")
            return
        }
        #expect(duration >= .zero)
        #expect(diagnosis.code == nil)
        #expect(!diagnosis.clientVersion.isEmpty)
        #expect(diagnosis.socketPath == PCSCEnvironment.socketPath)
    }

    @Test func findsAServiceThatIsNotThere() async {
        let library = FakePCSCLibrary()
        library.change { $0.establish = .noService }
        #expect(await examine(library).line == .failed(.serviceNotRunning, .noService))
    }

    @Test func findsAServiceOfAnotherProtocolVersion() async {
        let library = FakePCSCLibrary()
        library.change { $0.establish = .serviceStopped }
        #expect(await examine(library).code == .protocolMismatch)
    }

    @Test func findsAServiceThatDoesNotAnswer() async {
        let library = FakePCSCLibrary()
        library.change { $0.hanging = [.establish] }
        let scheduler = ManualScheduler()
        async let diagnosis = PCSCDiagnosis.examine(deadline: .seconds(2), library: library, scheduler: scheduler)
        #expect(await library.until { $0.stuck[.establish] == 1 })
        scheduler.advance(by: .seconds(2))
        #expect(await diagnosis.line == .unanswered)
        #expect(await diagnosis.code == .serviceNotAnswering)
        library.change { $0.hanging = [] }
    }

    @Test func tellsASocketThatNobodyHas() {
        #expect(PCSCDiagnosis.Socket(path: "/nonexistent/pcscd.comm") == .missing)
        #expect(PCSCDiagnosis.Socket(path: String(repeating: "x", count: 500)) == .missing)
    }

    @Test func tellsAListeningSocketFromADeadOne() throws {
        let path = "/tmp/onecard-diagnosis-\(getpid()).sock"
        defer { unlink(path) }
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafeBytes(of: &address) { bytes in
            bind(
                descriptor,
                bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                socklen_t(bytes.count)
            )
        }
        try #require(bound == 0)
        #expect(PCSCDiagnosis.Socket(path: path) == .refusing)
        try #require(listen(descriptor, 1) == 0)
        #expect(PCSCDiagnosis.Socket(path: path) == .accepting)
        close(descriptor)
        #expect(PCSCDiagnosis.Socket(path: path) == .refusing)
    }
}

@Suite struct PCSCEnvironmentTests {
    @Test(arguments: [
        ("OneCard Simulator Contact 00 00", true), ("OneCard Simulator", true), ("Alcor Micro AU9540 00 00", false),
        ("onecard simulator 00 00", false), ("A OneCard Simulator", false), ("", false),
    ])
    func knowsSimulatedReadersByTheBeginningOfTheirNames(name: String, isSimulated: Bool) {
        #expect(PCSCEnvironment.isSimulatedReader(ReaderName(name)) == isSimulated)
    }

    @Test func takesTheVariableAwayUnlessTheStationIsSimulated() async {
        await #expect(processExitsWith: .success) {
            setenv(PCSCEnvironment.socketVariable, "/tmp/other.comm", 1)
            PCSCEnvironment.apply(simulated: true)
            precondition(PCSCEnvironment.socketPath == "/tmp/other.comm")
            PCSCEnvironment.apply(simulated: false)
            precondition(getenv(PCSCEnvironment.socketVariable) == nil)
            precondition(PCSCEnvironment.socketPath == "/run/pcscd/pcscd.comm")
        }
    }
}
