/// A context of libpcsclite: one line to the service, to be used by one thread only.
struct PCSCContextHandle: RawRepresentable, Hashable, Sendable {
    let rawValue: Int
}

/// A connection to a card, which belongs to a context.
struct PCSCCardHandle: RawRepresentable, Hashable, Sendable {
    let rawValue: Int
}

/// One entry of a wait for changes.
struct PCSCWatchedReader: Hashable, Sendable {
    /// The name as the service gave it, at most 128 bytes.
    var name: String
    /// What the caller knows.
    var known: PCSCReaderState
    /// What the service said.
    var event = PCSCReaderState.unaware
    /// The card's answer to reset, at most 33 bytes; empty without card.
    var answerToReset: [UInt8] = []

    init(name: String, known: PCSCReaderState = .unaware) {
        self.name = name
        self.known = known
    }

    /// The pseudo-reader whose changes are the coming and going of readers.
    static let plugAndPlayName = #"\\?PnP?\Notification"#
}

/// The functions of libpcsclite that are used here; a seam, so that hangs and failures can be played in tests.
///
/// Every function may block for ever: each is called on a thread that can be abandoned. No two threads may use one context at
/// a time, ``cancel(_:)`` excepted: the library takes a lock of the whole process while it waits for a context's own lock, so
/// that a second caller would stop every other context too (winscard_clnt.c, `SCardGetAndLockContext`).
protocol PCSCLibrary: Sendable {
    /// Opens a context. The library holds a lock of the whole process meanwhile.
    func establish() -> (returned: PCSCReturnCode, context: PCSCContextHandle)

    /// Closes a context and what belongs to it.
    func release(_ context: PCSCContextHandle)

    /// Ends the wait of another thread; without effect before that wait has begun.
    func cancel(_ context: PCSCContextHandle) -> PCSCReturnCode

    /// Lists the readers by name.
    func listReaders(_ context: PCSCContextHandle) -> (returned: PCSCReturnCode, names: [String])

    /// Waits for a change at the readers; fills in what the service said.
    func waitForChange(
        _ context: PCSCContextHandle,
        milliseconds: UInt32,
        readers: inout [PCSCWatchedReader]
    ) -> PCSCReturnCode

    /// Connects to a card, shared, with T=0 or T=1.
    func connect(
        _ context: PCSCContextHandle,
        reader: String
    ) -> (returned: PCSCReturnCode, card: PCSCCardHandle, protocolNumber: UInt)

    /// Acknowledges that the card was reset, and leaves it as it is.
    func reconnect(_ card: PCSCCardHandle) -> (returned: PCSCReturnCode, protocolNumber: UInt)

    /// Disconnects and leaves the card as it is.
    func disconnect(_ card: PCSCCardHandle) -> PCSCReturnCode

    /// Takes the card for this connection alone; waits without bound for another's transaction to end.
    func beginTransaction(_ card: PCSCCardHandle) -> PCSCReturnCode

    /// Gives the card back and leaves it as it is.
    func endTransaction(_ card: PCSCCardHandle) -> PCSCReturnCode

    /// Makes one exchange; `count` is how much of `response` was written.
    func transmit(
        _ card: PCSCCardHandle,
        protocolNumber: UInt,
        command: UnsafeRawBufferPointer,
        response: UnsafeMutableRawBufferPointer,
        count: inout Int
    ) -> PCSCReturnCode

    /// Asks the driver for the card's answer to reset.
    func answerToReset(_ card: PCSCCardHandle) -> (returned: PCSCReturnCode, bytes: [UInt8])
}
