extension FailureCatalogue {
    /// Ledger.
    static let ledgerFailures: [Failure] = [
        Failure(
            "ledger.aged",
            .service,
            "The ledger's data is older than the policy allows for amounts.",
            "Import a newer ledger file."
        ),
    ]
}
