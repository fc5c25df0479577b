/// A value that is known, with its source, or not known at all; a guess is a defect (INV-28).
public enum Known<Value> {
    /// Known. The citation names document and clause; nil when the value comes from the ledger.
    case known(Value, citation: String?)
    /// Not known: nothing is computed from it.
    case unknown

    /// The value, or nil.
    public var value: Value? {
        switch self {
        case .known(let value, _): value
        case .unknown: nil
        }
    }

    /// Document and clause, if the value is known and has them.
    public var citation: String? {
        switch self {
        case .known(_, let citation): citation
        case .unknown: nil
        }
    }
}

extension Known: Sendable where Value: Sendable {}
extension Known: Equatable where Value: Equatable {}
extension Known: Hashable where Value: Hashable {}
