/// A transmission protocol that a card offers (ISO 7816-3).
public enum TransmissionProtocol: Hashable, Sendable {
    /// Byte-oriented: answers of length must be fetched with GET RESPONSE.
    case t0
    /// Block-oriented.
    case t1
    /// Any other number; no reader here uses it.
    case other
}
