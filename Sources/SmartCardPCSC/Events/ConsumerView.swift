import SmartCard

/// What a consumer of events knows after the events that it was given.
///
/// Each fact carries the number of the event that made it, so that two views show whether something was replaced by its like
/// between them: a card swapped for another, a reader replugged, a service restarted.
struct ConsumerView: Sendable, Equatable {
    enum Card: Sendable, Equatable {
        case inserted(AnswerToReset?, insertion: UInt16)
        case mute
        case unknown
    }

    struct Reader: Sendable, Equatable {
        var name: ReaderName
        /// The event that told of the reader.
        var arrival: UInt64
        /// The last thing told of a card; nil if there is none.
        var card: Card?
        /// The event since which there is, or may be, a card without interruption; nil without card.
        var presentSince: UInt64?
    }

    struct Loss: Sendable, Equatable {
        var code: SmartCardError.Code
        var number: UInt64
    }

    /// An event with the number of the one that it is or stands for.
    typealias NumberedEvent = (event: ReaderEvent, number: UInt64)

    /// The event that told that the service answers; nil while it does not.
    var availableSince: UInt64?
    /// The last loss of the service.
    var loss: Loss?
    var readers: [Reader] = []

    /// Takes the event of a number.
    mutating func apply(_ event: ReaderEvent, number: UInt64) {
        switch event {
        case .serviceAvailable:
            self = ConsumerView(availableSince: number, loss: loss)
        case .serviceLost(let code):
            self = ConsumerView(loss: Loss(code: code, number: number))
        case .readerArrived(let name):
            readers.removeAll { $0.name == name }
            readers.append(Reader(name: name, arrival: number))
        case .readerLeft(let name):
            readers.removeAll { $0.name == name }
        case .cardInserted(let name, let answerToReset, let insertion):
            setCard(.inserted(answerToReset, insertion: insertion), of: name, number: number)
        case .cardMute(let name):
            setCard(.mute, of: name, number: number)
        case .presenceUnknown(let name):
            setCard(.unknown, of: name, number: number)
        case .cardRemoved(let name):
            guard let index = readers.firstIndex(where: { $0.name == name }) else { return }
            readers[index].card = nil
            readers[index].presentSince = nil
        }
    }

    private mutating func setCard(_ card: Card, of name: ReaderName, number: UInt64) {
        guard let index = readers.firstIndex(where: { $0.name == name }) else { return }
        readers[index].card = card
        readers[index].presentSince = readers[index].presentSince ?? number
    }

    /// The events that lead from this view to a later one.
    ///
    /// No removal is left out: whatever this view holds and the later one does not hold, or holds anew, is taken away first.
    func resynchronisation(to later: ConsumerView) -> [NumberedEvent] {
        guard let availableSince = later.availableSince else {
            guard let loss = later.loss, loss != self.loss || self.availableSince != nil else { return [] }
            return [(.serviceLost(loss.code), loss.number)]
        }
        guard availableSince == self.availableSince else {
            var events: [NumberedEvent] = []
            if let loss = later.loss, self.availableSince != nil {
                events.append((.serviceLost(loss.code), loss.number))
            }
            events.append((.serviceAvailable, availableSince))
            return events + later.readers.flatMap(Self.introduction)
        }
        return departures(by: later) + later.readers.flatMap(changes)
    }

    private func departures(by later: ConsumerView) -> [NumberedEvent] {
        readers.flatMap { reader -> [NumberedEvent] in
            if later.readers.contains(where: { $0.arrival == reader.arrival }) { return [] }
            let removal: [NumberedEvent] = reader.card == nil ? [] : [(.cardRemoved(reader.name), 0)]
            return removal + [(.readerLeft(reader.name), 0)]
        }
    }

    private func changes(at reader: Reader) -> [NumberedEvent] {
        guard let earlier = readers.first(where: { $0.arrival == reader.arrival }) else {
            return Self.introduction(of: reader)
        }
        if earlier == reader { return [] }
        let isReplaced = earlier.card != nil && earlier.presentSince != reader.presentSince
        return (isReplaced ? [(.cardRemoved(reader.name), 0)] : []) + Self.cardEvents(of: reader)
    }

    private static func introduction(of reader: Reader) -> [NumberedEvent] {
        [(.readerArrived(reader.name), reader.arrival)] + cardEvents(of: reader)
    }

    private static func cardEvents(of reader: Reader) -> [NumberedEvent] {
        guard let card = reader.card, let presentSince = reader.presentSince else { return [] }
        switch card {
        case .inserted(let answerToReset, let insertion):
            return [(.cardInserted(reader.name, answerToReset, insertion: insertion), presentSince)]
        case .mute:
            return [(.cardMute(reader.name), presentSince)]
        case .unknown:
            return [(.presenceUnknown(reader.name), presentSince)]
        }
    }
}
