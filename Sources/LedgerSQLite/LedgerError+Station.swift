public import Station

extension LedgerError: CodedFailure {
    /// The stable code.
    public var failureCode: String { code.rawValue }
}
