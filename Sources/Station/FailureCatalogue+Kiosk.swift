extension FailureCatalogue {
    /// Kiosk pages.
    static let kioskFailures: [Failure] = []
}
