/// What a kind of device may have and a model may lack; the list is closed, since each decides something.
public enum DeviceCapability: String, Hashable, Sendable, CaseIterable {
    /// Taking cards by contact.
    case contact
    /// Taking cards without contact.
    case contactless
    /// Holding a security module.
    case securityModule = "security-module"
    /// Holding the card, so that taking it out is noticed.
    case heldCard = "held-card"
    /// Reading the fingerprint.
    case fingerprint
    /// Reading the new address.
    case newAddress = "new-address"
    /// Noticing that the document was taken away.
    case documentRemoval = "document-removal"
    /// Cutting the paper.
    case cut
    /// Answering status requests.
    case status
    /// Telling that the paper is near its end.
    case paperNearEnd = "paper-near-end"
    /// Printing every character of a name.
    case allCharacters = "all-characters"
    /// Delivering characters other than ASCII.
    case nonASCII = "non-ascii"
    /// Telling the kind of code.
    case symbology
    /// Telling for certain where a code ends.
    case certainEnd = "certain-end"
    /// Keeping the PIN from the station's memory.
    case pinKeptFromHost = "pin-kept-from-host"
    /// Taking the keys out of the reach of eyes and cameras.
    case hiddenKeys = "hidden-keys"

    /// The kind of device that may have it.
    public var kind: DeviceKind {
        switch self {
        case .contact, .contactless, .securityModule, .heldCard: .cardReader
        case .fingerprint, .newAddress, .documentRemoval: .idReader
        case .cut, .status, .paperNearEnd, .allCharacters: .printer
        case .nonASCII, .symbology, .certainEnd: .scanner
        case .pinKeptFromHost, .hiddenKeys: .pinPad
        }
    }

    /// What a device lacks without it.
    public var explanation: String {
        switch self {
        case .contact: "It takes no card by contact."
        case .contactless: "It takes no card without contact."
        case .securityModule: "It has no slot for a security module."
        case .heldCard: "It does not hold the card: the session ends by Finish or by the idle limit."
        case .fingerprint: "It does not read the fingerprint."
        case .newAddress: "It does not read the new address."
        case .documentRemoval: "It does not tell that the document was taken away."
        case .cut: "It does not cut the paper; the slip is torn off."
        case .status: "It answers no status request; whether a slip was printed is never certain."
        case .paperNearEnd: "It does not tell that the paper is near its end."
        case .allCharacters: "It lacks characters; those of four bytes in GB 18030 are replaced."
        case .nonASCII: "It delivers ASCII only."
        case .symbology: "It does not tell the kind of code."
        case .certainEnd: "A pause may end a code too early."
        case .pinKeptFromHost: "The digits pass through the station's memory, where they are wiped after use."
        case .hiddenKeys: "Bystanders may see the keys; the keypad of the page may be shuffled."
        }
    }
}
