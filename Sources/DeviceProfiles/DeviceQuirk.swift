/// Where a model departs from its protocol; the list is closed, since each needs code.
public enum DeviceQuirk: String, Hashable, Sendable, CaseIterable {
    /// The reader must not be suspended by the kernel.
    case noAutosuspend = "no-autosuspend"
    /// A reset by USB leaves the reader unusable.
    case resetNeedsReplug = "reset-needs-replug"
    /// The reader does not tell of cards by itself.
    case polledPresence = "polled-presence"
    /// A document is not found again until it was lifted.
    case liftFirst = "lift-first"
    /// Find and select may fail and reading still works.
    case readWithoutSelect = "read-without-select"
    /// The name of the security module is printed with four groups.
    case samIDOfFourGroups = "sam-id-of-four-groups"
    /// The port status says that all is well, always.
    case constantPortStatus = "constant-port-status"
    /// ModemManager must leave the line alone.
    case notAModem = "not-a-modem"
    /// The scanner must be set to the US layout.
    case usLayout = "us-layout"

    /// The protocols of which it is a quirk.
    public var protocols: [DeviceProtocol] {
        switch self {
        case .noAutosuspend, .resetNeedsReplug, .polledPresence: [.ccid]
        case .liftFirst, .readWithoutSelect, .samIDOfFourGroups: [.samV]
        case .constantPortStatus: [.escPOS]
        case .notAModem: [.samV, .escPOS, .serialText, .serialFrame]
        case .usLayout: [.hidKeyboard]
        }
    }

    /// What it means and what the station does about it.
    public var explanation: String {
        switch self {
        case .noAutosuspend: "USB autosuspend breaks the reader; its udev rule switches autosuspend off."
        case .resetNeedsReplug: "A USB reset leaves a broken handle; the station asks for a replug and never resets."
        case .polledPresence: "The reader has no interrupt endpoint; the card service polls it every 400 ms."
        case .liftFirst: "After a success the document must be lifted before it is found again."
        case .readWithoutSelect: "Find and select may report failures although reading works; they are not believed."
        case .samIDOfFourGroups: "The label shows the security module's number without its last group."
        case .constantPortStatus: "The port status is always 18; only answers to DLE EOT are believed."
        case .notAModem: "ModemManager would write to the line; the udev rule tells it to leave the line alone."
        case .usLayout: "Keys are decoded by the US layout; a scanner set to another one delivers wrong codes."
        }
    }
}
