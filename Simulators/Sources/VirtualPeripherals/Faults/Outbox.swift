/// Answers of a device on their way to the host, past the faults that hold, drop or double them.
struct Outbox: Sendable {
    private struct Delayed: Sendable {
        let dueAt: Int64
        let output: PeripheralOutput
    }

    private var delayed: [Delayed] = []

    /// When ``due(at:)`` has something, milliseconds; nil for never.
    var nextDeadline: Int64? { delayed.lazy.map(\.dueAt).min() }

    /// Takes answers; gives those that leave at once.
    mutating func admit(
        _ outputs: [PeripheralOutput],
        faults: inout PeripheralFaults,
        now: Int64
    ) -> [PeripheralOutput] {
        // One answer may be several outputs; a fault strikes all of it.
        guard !outputs.isEmpty, !faults.mute.strikes() else { return [] }
        let all = faults.duplicate.strikes() ? outputs + outputs : outputs
        guard faults.slowMilliseconds > 0 || !delayed.isEmpty else { return all }
        // An answer never overtakes an earlier one.
        let dueAt = max(delayed.last?.dueAt ?? now, now + Int64(faults.slowMilliseconds))
        delayed += all.map { Delayed(dueAt: dueAt, output: $0) }
        return []
    }

    /// Takes a piece that leaves later, whatever the faults.
    mutating func hold(_ output: PeripheralOutput, until dueAt: Int64) {
        delayed.append(Delayed(dueAt: dueAt, output: output))
    }

    /// The answers whose time has come.
    mutating func due(at now: Int64) -> [PeripheralOutput] {
        let outputs = delayed.filter { $0.dueAt <= now }.map(\.output)
        delayed.removeAll { $0.dueAt <= now }
        return outputs
    }

    mutating func clear() {
        delayed.removeAll()
    }
}
