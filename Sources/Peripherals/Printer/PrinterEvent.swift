/// What happens inside a printer when bytes come, as ``ESCPOSInterpreter`` sees it.
public enum PrinterEvent: Hashable, Sendable {
    /// Why a printer drops bytes.
    public enum Refusal: String, Sendable, CaseIterable {
        /// The command is not one of this printer.
        case unknownCommand = "unknown-command"
        /// The command is valid at the beginning of a line only.
        case notAtLineStart = "not-at-line-start"
        /// The printer lacks the character, or the bytes are none.
        case missingCharacter = "missing-character"
        /// Chinese characters and ASCII of one line differ in size.
        case mixedSizes = "mixed-sizes"
        /// A QR code is printed that was not stored, or holds something other than printable ASCII.
        case codeMissing = "code-missing"
    }

    /// Something is printed.
    case item(PrintedItem)
    /// So many lines are fed.
    case feed(Int)
    /// The paper is cut.
    case cut(isPartial: Bool)
    /// `DLE EOT n`, n within 1...4: to be answered at once.
    case realTimeRequest(UInt8)
    /// `GS r 1`: to be answered when everything before it has been printed.
    case inOrderRequest
    /// `DLE ENQ n`, n 1 or 2: recovery from an error, with 2 the buffer is cleared.
    case recoveryRequest(UInt8)
    /// `ESC @`: buffer and settings are as after power-up.
    case initialized
    /// Bytes are dropped.
    case refused(Refusal)
}

extension PrinterEvent: PersonalContent {
    /// The event without what is printed.
    public var redacted: String {
        switch self {
        case .item(let item): item.redacted
        case .feed(let lines): "feed \(lines)"
        case .cut(let isPartial): isPartial ? "partial cut" : "full cut"
        case .realTimeRequest(let number): "real-time request \(number)"
        case .inOrderRequest: "in-order request"
        case .recoveryRequest(let number): "recovery request \(number)"
        case .initialized: "initialized"
        case .refused(let refusal): "refused: \(refusal.rawValue)"
        }
    }
}
