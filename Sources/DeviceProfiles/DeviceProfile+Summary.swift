extension DeviceProfile {
    /// What a technician wants to know, a line each.
    public var summary: [String] {
        let way = "\(settings.deviceProtocol.rawValue) over \(connection.transport.rawValue)"
        var lines = ["\(title.english) (\(title.chinese)): \(vendor) \(model), \(kind.rawValue), \(way)"]
        if isSimulated { lines.append("simulated: its data is made up") }
        lines += quirks.map { "quirk \($0.rawValue): \($0.explanation)" }
        lines += cannot.map { "cannot \($0.rawValue): \($0.explanation)" }
        lines += [notes.english, notes.chinese]
        lines += sources.map { "source: \($0.document), \($0.section)" }
        return lines
    }
}
