import DeviceIO
import Peripherals
import Synchronization

/// A printer that interprets what it gets, with one fault, for the tests of ``ReceiptPrinter``.
final class VirtualPrinter: ByteChannel, PrinterPort {
    /// What goes wrong once so many bytes of data have come.
    enum Fault: Sendable {
        /// The printer stops in this condition, and is ready again after so many questions.
        case stops(PrinterCondition, questions: Int)
        /// The cable is pulled for good.
        case unplugged
        /// It answers nothing any more, and takes everything.
        case mute
    }

    struct State {
        var interpreter: ESCPOSInterpreter
        var events: [PrinterEvent] = []
        var taken = 0
        var condition: PrinterCondition?
        var questionsLeft = 0
        var isUnplugged = false
        var isMute = false
        var answers: [UInt8] = []
        var waits = 0
    }

    private let printer: PrinterCapabilities
    private let faultAt: Int?
    private let fault: Fault
    private let state: Mutex<State>

    init(printer: PrinterCapabilities, fault: Fault = .mute, at faultAt: Int? = nil) {
        self.printer = printer
        self.fault = fault
        self.faultAt = faultAt
        state = Mutex(State(interpreter: ESCPOSInterpreter(printer: printer)))
    }

    /// What the printer did.
    var events: [PrinterEvent] { state.withLock { $0.events } }

    /// How often somebody waited for its recovery.
    var waits: Int { state.withLock { $0.waits } }

    /// The slips on paper, cut apart: what stands on each.
    var slips: [[PrintedItem]] {
        var slips: [[PrintedItem]] = [[]]
        for event in events {
            switch event {
            case .item(let item): slips[slips.count - 1].append(item)
            case .cut: slips.append([])
            default: break
            }
        }
        return slips
    }

    func write(_ bytes: [UInt8], timeout: Duration) async throws(DeviceError) {
        try state.withLock { (state) throws(DeviceError) in
            for (index, byte) in bytes.enumerated() {
                let isRequest = bytes.count == 3 && (bytes.starts(with: [0x10, 0x04]) || bytes[0] == 0x1D)
                if !isRequest { strike(&state) }
                guard !state.isUnplugged else { throw DeviceError(.unplugged, "pulled", written: index) }
                // A stopped printer takes real-time requests only.
                guard state.condition == nil || bytes.starts(with: [0x10, 0x04]) else {
                    throw DeviceError(.timeout, "full", written: index)
                }
                if !isRequest { state.taken += 1 }
                for event in state.interpreter.take([byte]) { handle(event, &state) }
            }
        }
    }

    func read(countMax: Int, timeout: Duration) async throws(DeviceError) -> [UInt8] {
        try state.withLock { (state) throws(DeviceError) -> [UInt8] in
            guard !state.isUnplugged else { throw DeviceError(.unplugged, "pulled") }
            guard !state.answers.isEmpty else { throw DeviceError(.timeout, "silent") }
            let answers = Array(state.answers.prefix(countMax))
            state.answers.removeFirst(answers.count)
            return answers
        }
    }

    func discardInput() async throws(DeviceError) {
        state.withLock { $0.answers = [] }
    }

    func portStatus(timeout: Duration) async throws(DeviceError) -> UInt8 {
        try state.withLock { (state) throws(DeviceError) -> UInt8 in
            guard !state.isUnplugged else { throw DeviceError(.unplugged, "pulled") }
            return state.condition == .paperEnd ? 0x38 : 0x18
        }
    }

    /// Somebody waits; the printer may be ready afterwards.
    func pause(_ duration: Duration) {
        state.withLock { state in
            state.waits += 1
            state.questionsLeft -= 1
            if state.questionsLeft <= 0 { state.condition = nil }
        }
    }

    private func strike(_ state: inout State) {
        guard state.taken == faultAt else { return }
        state.taken += 1
        switch fault {
        case .stops(let condition, let questions):
            state.condition = condition
            state.questionsLeft = questions
        case .unplugged: state.isUnplugged = true
        case .mute: state.isMute = true
        }
    }

    private func handle(_ event: PrinterEvent, _ state: inout State) {
        state.events.append(event)
        guard !state.isMute else { return }
        switch event {
        case .realTimeRequest(let number): state.answers.append(realTimeAnswer(number, state))
        case .inOrderRequest: state.answers.append(0x00)
        default: break
        }
    }

    private func realTimeAnswer(_ number: UInt8, _ state: State) -> UInt8 {
        switch (number, state.condition) {
        case (1, .some): 0x1A
        case (2, .coverOpen): 0x16
        case (2, .paperEnd): 0x32
        case (3, .cutterError): 0x1A
        case (4, .paperEnd): 0x72
        default: 0x12
        }
    }
}
