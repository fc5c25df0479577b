/// The time limits of the adapter; the standard values suit readers and cards in the field.
public struct PCSCConfiguration: Sendable, Hashable {
    /// How long opening a line to the service may take before the service counts as not answering.
    public var establishDeadline: Duration

    /// How long connecting to a card and taking it for oneself may take, with all attempts while another program holds it.
    public var connectDeadline: Duration

    /// How long one exchange may take.
    ///
    /// Cards with slow cryptography ask for a second or two of waiting time; a mute card
    /// never comes back.
    public var transmitDeadline: Duration

    /// How long the whole body of `withCard` may take.
    public var bodyDeadline: Duration

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - establishDeadline: For opening a line to the service; 2 s.
    ///   - connectDeadline: For connecting to a card; 2 s.
    ///   - transmitDeadline: For one exchange; 5 s.
    ///   - bodyDeadline: For a whole body; 30 s.
    public init(
        establishDeadline: Duration = .seconds(2),
        connectDeadline: Duration = .seconds(2),
        transmitDeadline: Duration = .seconds(5),
        bodyDeadline: Duration = .seconds(30)
    ) {
        self.establishDeadline = establishDeadline
        self.connectDeadline = connectDeadline
        self.transmitDeadline = transmitDeadline
        self.bodyDeadline = bodyDeadline
    }
}
