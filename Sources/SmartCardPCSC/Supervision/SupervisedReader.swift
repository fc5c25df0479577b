import SmartCard

/// What supervision knows of one reader.
struct SupervisedReader: Sendable, Equatable {
    /// What is known of a card.
    enum Card: Sendable, Equatable {
        /// Nothing has been seen yet; consumers take a reader that has just arrived for empty.
        case unseen
        case absent
        case present
        case mute
        /// The driver reports errors or the reader is on its way out, so that nobody knows; `isTold` if consumers were told of
        /// a card, or that nobody knows, and wait for the end of it.
        case unknown(isTold: Bool)
    }

    let name: ReaderName

    /// The state to wait from.
    var known = PCSCReaderState.unaware

    var card = Card.unseen

    /// The card's answer to reset as the service gave it; empty without card.
    var answerToReset: [UInt8] = []

    /// Whether a person may be standing at the reader with a card, so that presence must be watched closely.
    var isOccupied: Bool { card == .present || card == .mute }

    /// Whether nobody knows if there is a card.
    var isUnknown: Bool {
        if case .unknown = card { true } else { false }
    }

    init(name: ReaderName) {
        self.name = name
    }

    /// Takes what a wait said and tells what changed, in order.
    ///
    /// The counter in the upper bits shows a swap or a short touch that took place between two looks (PROTOCOLS.md 3.2).
    ///
    /// - Parameters:
    ///   - event: The state word of the service.
    ///   - answerToReset: The card's answer to reset, empty if there is none.
    /// - Returns: The events to tell.
    mutating func apply(_ event: PCSCReaderState, answerToReset: [UInt8]) -> [ReaderEvent] {
        let previous = self
        known = event.known
        self.answerToReset = []
        let flags = event.flags
        if !flags.isDisjoint(with: [.unknown, .ignore]) {
            // The list tells whether the reader is gone. If it is not, a new one by the same name must tell its state afresh.
            known = .unaware
            card = .unknown(isTold: isTold)
            return []
        }
        if flags.contains(.unavailable) || flags.isDisjoint(with: [.present, .empty]) {
            let isReported = isUnknown && previous.known != .unaware
            card = .unknown(isTold: true)
            return isReported ? [] : [.presenceUnknown(name)]
        }
        if flags.contains(.present) {
            self.answerToReset = answerToReset
            card = flags.contains(.mute) ? .mute : .present
            return previous.isOccupied && previous.known.counter == event.counter
                ? arrival(unlessAlready: previous.card)
                : previous.removal + arrival(unlessAlready: .absent)
        }
        card = .absent
        if previous.card == .absent, previous.known.hasShortTouch(before: event) {
            return [
                .cardInserted(name, nil, insertion: event.counter &- 1),
                .cardRemoved(name),
            ]
        }
        return previous.removal
    }

    /// What tells that there is a card, unless it was told already that there is one of this kind.
    private func arrival(unlessAlready earlier: Card) -> [ReaderEvent] {
        guard card != earlier else { return [] }
        guard card == .present else { return [.cardMute(name)] }
        return [.cardInserted(name, try? AnswerToReset(bytes: answerToReset), insertion: known.counter)]
    }

    /// What tells that there is no card, so that everything that was told of one is followed by one removal.
    var removal: [ReaderEvent] { isTold ? [.cardRemoved(name)] : [] }

    private var isTold: Bool {
        switch card {
        case .present, .mute, .unknown(isTold: true): true
        case .unseen, .absent, .unknown(isTold: false): false
        }
    }
}

extension PCSCReaderState {
    /// The most touches that a wait is believed to have missed; a greater distance means that the counter began anew.
    private static let mostMissedTouches: UInt16 = 64

    /// Whether a card came and went between this state of an empty reader and a later one.
    fileprivate func hasShortTouch(before later: PCSCReaderState) -> Bool {
        let distance = later.counter &- counter
        return distance >= 2 && distance <= 2 * Self.mostMissedTouches && distance.isMultiple(of: 2)
    }
}
