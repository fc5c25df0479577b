import Glibc
import VirtualCard

/// The state that the readers' thread and the commands share: models and connections.
struct ReaderBay: Sendable {
    /// One connection of a driver.
    struct Connection: Sendable {
        /// What the driver has said that it is for.
        enum Role: Sendable {
            case unknown
            case command
            case event
        }

        let id: ReaderModel.ConnectionID
        let reader: Int
        let descriptor: Descriptor
        var role = Role.unknown
    }

    /// Connections that one reader keeps; a driver needs two, and two more while it is replaced.
    static let connectionsPerReaderMax = 8

    var models: [ReaderModel]
    private(set) var connections: [Connection] = []
    private var nextID = 1

    init(models: [ReaderModel]) {
        self.models = models
    }

    func hasCommandConnection(to reader: Int) -> Bool {
        connections.contains { $0.reader == reader && $0.role == .command }
    }

    // MARK: - Connections

    mutating func admit(_ descriptor: Descriptor, to reader: Int) {
        guard connections.count(where: { $0.reader == reader }) < Self.connectionsPerReaderMax else { return }
        guard fcntl(descriptor.number, F_SETFL, O_NONBLOCK) == 0 else { return }
        connections.append(Connection(id: nextID, reader: reader, descriptor: descriptor))
        nextID += 1
    }

    /// Receives one frame and answers it; forgets a connection that has ended.
    ///
    /// - Returns: cards that left their reader.
    mutating func receive(
        on id: ReaderModel.ConnectionID,
        buffer: inout [UInt8],
        now: Int64
    ) -> [(String, VirtualChip)] {
        guard let index = connections.firstIndex(where: { $0.id == id }) else { return [] }
        let connection = connections[index]
        let count = recv(connection.descriptor.number, &buffer, buffer.count, 0)
        if count < 0, errno == EAGAIN || errno == EINTR {
            return []
        }
        guard count > 0 else {
            forget(id)
            return []
        }
        let frame = Array(buffer[..<count])
        switch connection.role {
        case .unknown:
            greet(frame, at: index)
            return []
        case .event:
            return []
        case .command:
            let effects = models[connection.reader - 1].request(frame, from: id, now: now)
            return perform(effects, of: connection.reader)
        }
    }

    private mutating func greet(_ frame: [UInt8], at index: Int) {
        let connection = connections[index]
        guard frame.count == 3, frame[0] == ReaderFrame.hello, frame[1] == ReaderFrame.version else {
            forget(connection.id)
            return
        }
        connections[index].role = frame[2] == ReaderFrame.eventRole ? .event : .command
        send([ReaderFrame.hello, ReaderFrame.version], to: connection.id)
    }

    private mutating func forget(_ id: ReaderModel.ConnectionID) {
        for index in models.indices {
            models[index].closed(id)
        }
        connections.removeAll { $0.id == id }
    }

    // MARK: - Effects

    /// Carries effects out.
    ///
    /// - Returns: cards that left the reader.
    mutating func perform(_ effects: [ReaderModel.Effect], of reader: Int) -> [(String, VirtualChip)] {
        var returned: [(String, VirtualChip)] = []
        for effect in effects {
            switch effect {
            case .send(let frame, let id):
                send(frame, to: id)
            case .announce:
                for connection in connections where connection.reader == reader && connection.role == .event {
                    send([ReaderFrame.event], to: connection.id)
                }
            case .returned(let persona, let card):
                returned.append((persona, card))
            }
        }
        return returned
    }

    /// Sends without waiting: a driver that does not read its answers is cut off.
    ///
    /// An event connection that is full already holds news.
    private mutating func send(_ frame: [UInt8], to id: ReaderModel.ConnectionID) {
        guard let connection = connections.first(where: { $0.id == id }) else { return }
        let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        let sent = Glibc.send(connection.descriptor.number, frame, frame.count, flags)
        if sent != frame.count, connection.role != .event || errno != EAGAIN {
            forget(id)
        }
    }
}
