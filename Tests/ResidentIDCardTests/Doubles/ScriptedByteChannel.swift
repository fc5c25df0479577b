import DeviceIO
import Synchronization
import Testing

/// A line that plays canned bytes in order; anything that is not the next step is an issue of the test.
final class ScriptedByteChannel: ByteChannel {
    enum Step: Sendable {
        /// What came before is thrown away.
        case discard
        /// These bytes must be written.
        case write([UInt8])
        /// These bytes are there to be read, in one piece unless fewer are wanted.
        case read([UInt8])
        /// The next operation fails; a timeout takes its time.
        case fail(DeviceError.Code)
        /// The task of the caller is cancelled while the next operation runs.
        case cancel
    }

    private let clock: ManualClock
    private let steps: Mutex<ArraySlice<Step>>

    init(_ steps: [Step], clock: ManualClock = ManualClock()) {
        self.clock = clock
        self.steps = Mutex(steps[...])
    }

    /// Whether every step was played.
    var isOver: Bool { steps.withLock { $0.isEmpty } }

    func write(_ bytes: [UInt8], timeout: Duration) async throws(DeviceError) {
        switch next() {
        case .write(let expected): #expect(bytes == expected)
        case let step: try end(step, "write", timeout)
        }
    }

    func read(countMax: Int, timeout: Duration) async throws(DeviceError) -> [UInt8] {
        switch next() {
        case .read(let bytes):
            if bytes.count > countMax {
                steps.withLock { $0 = [.read(Array(bytes.dropFirst(countMax)))] + $0 }
            }
            return Array(bytes.prefix(countMax))
        case let step:
            try end(step, "read", timeout)
            return []
        }
    }

    func discardInput() async throws(DeviceError) {
        switch next() {
        case .discard: return
        case let step: try end(step, "discardInput", .zero)
        }
    }

    private func next() -> Step? { steps.withLock { $0.popFirst() } }

    private func end(_ step: Step?, _ operation: String, _ timeout: Duration) throws(DeviceError) {
        switch step {
        case .fail(let code):
            if code == .timeout { clock.advance(by: timeout) }
            throw DeviceError(code, "the script fails")
        case .cancel:
            withUnsafeCurrentTask { $0?.cancel() }
            throw DeviceError(.cancelled, "the script cancels")
        default:
            Issue.record("\(operation) instead of \(step.map { "\($0)" } ?? "the end of the script")")
            throw DeviceError(.inputOutput, "the script was left")
        }
    }
}
