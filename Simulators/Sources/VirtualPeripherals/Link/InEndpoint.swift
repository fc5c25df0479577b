/// The packets that a device has ready at one endpoint, and the IN transfers of the host that wait for them.
///
/// A transfer ends with a packet that is not full, or when its room is used up. A packet that does not fit the room
/// that is left overflows: USB has no way to send half of it.
struct InEndpoint: Sendable {
    private struct Transfer: Sendable {
        let id: UInt32
        var room: Int
    }

    /// Packets that may wait; a host that never reads loses what comes after them.
    static let packetsMax = 4_096

    let packetBytes: Int
    private var packets: [[UInt8]] = []
    private var transfers: [Transfer] = []

    init(packetBytes: Int) {
        self.packetBytes = packetBytes
    }

    /// The transfer that is served next.
    var firstTransfer: UInt32? { transfers.first?.id }

    mutating func add(transfer id: UInt32, room: Int) {
        transfers.append(Transfer(id: id, room: room))
    }

    mutating func cancel(_ id: UInt32) {
        transfers.removeAll { $0.id == id }
    }

    /// Cuts bytes into packets.
    mutating func add(_ bytes: [UInt8], tornBytes: Int?) {
        let size = min(tornBytes ?? packetBytes, packetBytes)
        for start in stride(from: 0, to: bytes.count, by: size) where packets.count < Self.packetsMax {
            packets.append(Array(bytes[start..<min(start + size, bytes.count)]))
        }
    }

    /// Brings packets and transfers together.
    ///
    /// - Parameter limit: The most bytes that may still leave; counted down.
    /// - Returns: frames for the transfers that get something.
    mutating func serve(limit: inout Int) -> [ModelFrame] {
        var frames: [ModelFrame] = []
        while let transfer = transfers.first, let packet = packets.first, limit > 0 {
            let count = min(packet.count, limit)
            limit -= count
            packets.removeFirst()
            let fitting = min(count, transfer.room)
            frames.append(.give(id: transfer.id, Array(packet.prefix(fitting))))
            transfers[0].room -= fitting
            guard count == packet.count else { break }
            if fitting < count {
                frames.append(.overflow(id: transfer.id))
                transfers.removeFirst()
            } else if count < packetBytes || transfers[0].room == 0 {
                frames.append(.done(id: transfer.id))
                transfers.removeFirst()
            }
        }
        return frames
    }

    /// Forgets packets, and transfers if they are gone with the cable.
    mutating func clear(transfersToo: Bool) {
        packets.removeAll()
        if transfersToo {
            transfers.removeAll()
        }
    }
}
