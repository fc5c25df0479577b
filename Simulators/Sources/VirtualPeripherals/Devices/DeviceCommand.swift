/// What a person, a test or a scenario does to a simulated device.
package enum DeviceCommand: Hashable, Sendable {
    /// State of the paper of a printer.
    package enum Paper: String, Hashable, Sendable, CaseIterable {
        /// Enough.
        case full
        /// The sensor sees the end of the roll coming.
        case near
        /// None: the printer stops.
        case out
    }

    /// A fault to put in force; ``PeripheralFaults`` says what each does.
    package enum Fault: Hashable, Sendable {
        case mute(times: Int)
        case slow(milliseconds: Int)
        case wrongChecksum(times: Int)
        case wrongStatus([UInt8], times: Int)
        case duplicate(times: Int)
        case torn(bytes: Int)
        case remove(PeripheralFaults.Removal)
        case stall(endpoint: UInt8, times: Int)
    }

    /// Tells how the device is.
    case state
    /// Plugs the cable.
    case plug
    /// Pulls the cable.
    case unplug
    /// Another device of the same model takes its place.
    case replace(serial: String)
    /// Puts a fault in force.
    case fault(Fault)
    /// Lifts all faults.
    case clearFaults
    /// Puts a document on an ID reader.
    case place(VirtualDocument)
    /// Takes the document away.
    case lift
    /// Changes the paper of a printer.
    case paper(Paper)
    /// The paper ends after so many more lines.
    case paperAfter(lines: Int)
    /// Opens or closes the cover of a printer.
    case cover(isOpen: Bool)
    /// Breaks or mends its cutter.
    case cutter(isBroken: Bool)
    /// The text of what was printed.
    case printed
    /// Takes the printed slips away.
    case tearOff
    /// Holds a code before a scanner.
    case scan(String)
}

extension PeripheralFaults {
    /// Puts a fault in force.
    mutating func apply(_ fault: DeviceCommand.Fault) {
        switch fault {
        case .mute(let times): mute = Repeated(times: times)
        case .slow(let milliseconds): slowMilliseconds = milliseconds
        case .wrongChecksum(let times): wrongChecksum = Repeated(times: times)
        case .wrongStatus(let bytes, let times):
            status = bytes
            wrongStatus = Repeated(times: times)
        case .duplicate(let times): duplicate = Repeated(times: times)
        case .torn(let bytes): tornBytes = bytes
        case .remove(let removal): self.removal = removal
        case .stall(let endpoint, let times): stalls[endpoint] = Repeated(times: times)
        }
    }
}
