/// A change at the readers: a snapshot of values, in the order in which the changes were seen.
public enum ReaderEvent: Sendable, Equatable {
    /// The smart-card service answers again.
    case serviceAvailable
    /// The smart-card service is lost, for this reason; every reader and card is gone with it.
    case serviceLost(SmartCardError.Code)
    /// A reader was plugged in, or found at the start.
    case readerArrived(ReaderName)
    /// A reader was unplugged.
    case readerLeft(ReaderName)
    /// A card was put on a reader; `insertion` is the reader's counter of insertions and removals, which tells a quick
    /// swap.
    case cardInserted(ReaderName, AnswerToReset?, insertion: UInt16)
    /// The card was taken off.
    case cardRemoved(ReaderName)
    /// Something is on the reader and does not answer to reset.
    case cardMute(ReaderName)
    /// Whether a card is there is not known any more; personal screens must be blanked.
    case presenceUnknown(ReaderName)
}
