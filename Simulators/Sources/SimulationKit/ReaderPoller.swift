import Glibc

/// What the readers' thread sleeps on: reused from turn to turn.
struct ReaderPoller {
    /// Receives one frame.
    var buffer = [UInt8](repeating: 0, count: ReaderFrame.bytesMax)
    /// Indices of listeners with somebody waiting.
    private(set) var readyListeners: [Int] = []
    /// Connections with a frame, or ended.
    private(set) var readyConnections: [ReaderModel.ConnectionID] = []

    private var items: [pollfd] = []
    private var connectionIDs: [ReaderModel.ConnectionID] = []
    private var listenerCount = 0

    /// The longest sleep, milliseconds: keeps a wrong clock from stopping the thread for ever.
    private static let sleepMillisecondsMax: Int64 = 60_000

    mutating func watch(wake: Descriptor, listeners: [Descriptor], connections: [ReaderBay.Connection]) {
        items.removeAll(keepingCapacity: true)
        connectionIDs.removeAll(keepingCapacity: true)
        listenerCount = listeners.count
        let readable = Int16(POLLIN)
        items.append(pollfd(fd: wake.number, events: readable, revents: 0))
        for listener in listeners {
            items.append(pollfd(fd: listener.number, events: readable, revents: 0))
        }
        for connection in connections {
            items.append(pollfd(fd: connection.descriptor.number, events: readable, revents: 0))
            connectionIDs.append(connection.id)
        }
    }

    /// Sleeps until something is ready or the deadline has come.
    mutating func wait(untilAt deadline: Int64) {
        readyListeners.removeAll(keepingCapacity: true)
        readyConnections.removeAll(keepingCapacity: true)
        let left = deadline == Int64.max ? Self.sleepMillisecondsMax : deadline - monotonicMilliseconds()
        let timeout = Int32(min(max(left, 0), Self.sleepMillisecondsMax))
        guard poll(&items, nfds_t(items.count), timeout) > 0 else { return }
        for index in items.indices.dropFirst() where items[index].revents != 0 {
            if index <= listenerCount {
                readyListeners.append(index - 1)
            } else {
                readyConnections.append(connectionIDs[index - 1 - listenerCount])
            }
        }
    }

    /// Empties the pipe that woke the thread.
    mutating func drainWake() {
        guard let item = items.first, item.revents != 0 else { return }
        while read(item.fd, &buffer, buffer.count) > 0 {}
    }
}
