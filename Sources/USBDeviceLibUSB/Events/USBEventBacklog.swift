import USBDevice

/// What one consumer of events has yet to be told: the difference between what it knows and how things stand.
///
/// So it never holds more than there are devices, however slow the consumer is.
struct USBEventBacklog: Sendable {
    private struct Entry: Sendable {
        /// Which plugging-in it is; no two are the same.
        var number: UInt64
        var device: USBDeviceInfo
    }

    private var known: [Entry] = []
    private var present: [Entry] = []

    /// Takes the arrival of a device.
    mutating func arrive(_ device: USBDeviceInfo, number: UInt64) {
        present.append(Entry(number: number, device: device))
    }

    /// Takes the departure of a device.
    mutating func leave(number: UInt64) {
        present.removeAll { $0.number == number }
    }

    /// The next event to tell: departures first, then arrivals, each in order.
    mutating func next() -> USBEvent? {
        if let index = known.firstIndex(where: { known in !present.contains { $0.number == known.number } }) {
            return .left(known.remove(at: index).device)
        }
        guard let entry = present.first(where: { present in !known.contains { $0.number == present.number } }) else {
            return nil
        }
        known.append(entry)
        return .arrived(entry.device)
    }
}
