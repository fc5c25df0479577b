import Glibc

/// The state that the thread and the commands of a ``PeripheralHost`` share: devices and their connections.
struct PeripheralBay: Sendable {
    private struct USBSlot: Sendable {
        var device: VirtualUSBDevice
        let path: String
        let listener: FileDescriptor
        /// The USB side, once it has connected; `isGreeted` once it has said HELLO.
        var connection: FileDescriptor?
        var isGreeted = false
    }

    private struct SerialSlot: Sendable {
        var device: VirtualSerialDevice
        let path: String
        /// Nil while the line is hung up.
        var terminal: PseudoTerminal?
    }

    private var usb: [USBSlot] = []
    private var serial: [SerialSlot] = []
    private(set) var isClosed = false

    init(
        usb: [(device: VirtualUSBDevice, socketPath: String)],
        serial: [(device: VirtualSerialDevice, path: String)]
    ) throws(PeripheralFailure) {
        for item in usb {
            let listener = try LocalSocket.listen(at: item.socketPath, packets: true)
            guard listener.makeNonBlocking() else { throw systemFailure("set up a socket") }
            self.usb.append(USBSlot(device: item.device, path: item.socketPath, listener: listener))
        }
        for item in serial {
            self.serial.append(
                SerialSlot(device: item.device, path: item.path, terminal: try PseudoTerminal(path: item.path))
            )
        }
        guard Set(names).count == names.count else { throw PeripheralFailure("two devices have one name") }
    }

    var names: [String] { usb.map(\.device.name) + serial.map(\.device.name) }

    var nextDeadline: Int64? {
        (usb.compactMap(\.device.nextDeadline) + serial.compactMap(\.device.nextDeadline)).min()
    }

    /// Whether a device has done what the last command wanted of its cable.
    func isSettled(_ name: String) -> Bool { usb.first { $0.device.name == name }?.device.isSettled ?? true }

    /// What the thread sleeps on.
    var pollItems: [pollfd] {
        var items: [pollfd] = []
        for slot in usb {
            items.append(pollfd(fd: slot.listener.number, events: Int16(POLLIN), revents: 0))
            if let connection = slot.connection {
                items.append(pollfd(fd: connection.number, events: Int16(POLLIN), revents: 0))
            }
        }
        for slot in serial where slot.device.takesBytes {
            if let terminal = slot.terminal {
                items.append(pollfd(fd: terminal.master.number, events: Int16(POLLIN), revents: 0))
            }
        }
        return items
    }

    mutating func close() {
        isClosed = true
        for slot in usb {
            unlink(slot.path)
        }
        for slot in serial {
            slot.terminal?.unlinkPath()
        }
        usb.removeAll()
        serial.removeAll()
    }

    // MARK: - Work

    mutating func serve(ready: Set<Int32>, buffer: inout [UInt8], now: Int64) {
        for index in usb.indices {
            if let connection = usb[index].connection, ready.contains(connection.number) {
                receive(at: index, connection, buffer: &buffer, now: now)
            }
            if ready.contains(usb[index].listener.number) {
                accept(at: index)
            }
        }
        for index in serial.indices {
            if let terminal = serial[index].terminal, ready.contains(terminal.master.number) {
                let count = read(terminal.master.number, &buffer, buffer.count)
                if count > 0 {
                    carryOut(serial[index].device.receive(Array(buffer[..<count]), now: now), at: index)
                }
            }
        }
    }

    mutating func advance(to now: Int64) {
        for index in usb.indices where usb[index].device.nextDeadline.map({ $0 <= now }) == true {
            send(usb[index].device.advance(to: now), at: index)
        }
        for index in serial.indices where serial[index].device.nextDeadline.map({ $0 <= now }) == true {
            carryOut(serial[index].device.advance(to: now), at: index)
        }
    }

    mutating func perform(
        _ command: DeviceCommand,
        on name: String,
        now: Int64
    ) throws(PeripheralFailure) -> String {
        if let index = usb.firstIndex(where: { $0.device.name == name }) {
            let outcome = try usb[index].device.perform(command, now: now)
            send(outcome.frames, at: index)
            return outcome.text
        }
        guard let index = serial.firstIndex(where: { $0.device.name == name }) else {
            throw PeripheralFailure("no device of that name")
        }
        let outcome = try serial[index].device.perform(command, now: now)
        carryOut(outcome.actions, at: index)
        return outcome.text
    }

    // MARK: - USB

    /// A new USB side takes the place of the old one.
    private mutating func accept(at index: Int) {
        guard let connection = LocalSocket.accept(usb[index].listener), connection.makeNonBlocking() else { return }
        drop(index)
        usb[index].connection = connection
    }

    private mutating func receive(at index: Int, _ connection: FileDescriptor, buffer: inout [UInt8], now: Int64) {
        let count = recv(connection.number, &buffer, buffer.count, 0)
        if count < 0, errno == EAGAIN || errno == EINTR {
            return
        }
        guard count > 0, let frame = HostFrame(Array(buffer[..<count])) else {
            drop(index)
            return
        }
        if usb[index].isGreeted {
            send(usb[index].device.receive(frame, now: now), at: index)
        } else if frame == .hello(version: ModelFrame.version) {
            usb[index].isGreeted = true
            send([.hello], at: index)
            send(usb[index].device.connected(), at: index)
        } else {
            drop(index)
        }
    }

    private mutating func drop(_ index: Int) {
        usb[index].connection = nil
        usb[index].isGreeted = false
        usb[index].device.disconnected()
    }

    /// Sends without waiting: a USB side that does not read is cut off.
    private mutating func send(_ frames: [ModelFrame], at index: Int) {
        for frame in frames {
            guard let connection = usb[index].connection, usb[index].isGreeted else { return }
            let bytes = frame.bytes
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
            if Glibc.send(connection.number, bytes, bytes.count, flags) != bytes.count {
                drop(index)
            }
        }
    }

    // MARK: - Serial lines

    private mutating func carryOut(_ actions: [VirtualSerialDevice.Action], at index: Int) {
        for action in actions {
            switch action {
            case .write(let bytes):
                // As on a line without flow control, what the host does not read in time is lost.
                if let terminal = serial[index].terminal {
                    _ = write(terminal.master.number, bytes, bytes.count)
                }
            case .hangUp:
                serial[index].terminal?.unlinkPath()
                serial[index].terminal = nil
            case .open:
                serial[index].terminal = try? PseudoTerminal(path: serial[index].path)
            }
        }
    }
}
