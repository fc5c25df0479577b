/// The public keys that somebody trusts, by name.
public struct VerificationKeys: Sendable {
    private var keys: [String: VerificationKey] = [:]

    /// A set of keys; of two with the same name the later counts.
    public init(_ keys: [VerificationKey]) {
        for key in keys { self.keys[key.keyID] = key }
    }

    /// The key of that name.
    public subscript(keyID: String) -> VerificationKey? { keys[keyID] }
}
