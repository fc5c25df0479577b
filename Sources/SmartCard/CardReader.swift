/// A reader: the port through which the core reaches cards.
public protocol CardReader: Sendable {
    /// The reader's name.
    var name: ReaderName { get }

    /// Connects to the card on the reader, lends a channel to `body`, and disconnects when `body` ends in whatever way.
    ///
    /// This is the only way to a card. `body` runs on the reader's own thread with synchronous exchanges, so that no
    /// hop between threads is paid per APDU; the channel must not leave it.
    ///
    /// - Parameter body: What is done with the card.
    /// - Returns: What `body` returns.
    /// - Throws: ``SmartCardError`` when there is no card or no connection, or the error of `body`, which comes before
    ///   an error of disconnecting.
    func withCard<Result: Sendable>(
        _ body: @escaping @Sendable (any CardChannel) throws -> Result
    ) async throws -> Result
}
