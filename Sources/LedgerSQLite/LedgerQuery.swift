/// The statements of a look-up.
enum LedgerQuery: Sendable {
    static let cardByKey = """
        SELECT id, key, number_key, status, issued_on, expires_on FROM cards WHERE key = ?
        """
    static let begin = "BEGIN DEFERRED TRANSACTION"
    static let end = "COMMIT TRANSACTION"
    static let residentByKey = "SELECT id, sealed FROM residents WHERE key = ?"
    static let residentByID = "SELECT key FROM residents WHERE id = ?"
    static let cardsOfResident = """
        SELECT id, key, number_key, status, issued_on, expires_on FROM cards WHERE id BETWEEN ? AND ? ORDER BY id
        """
    static let entitlementsOfResident = """
        SELECT id, code, programme, state, amount, period, from_month, to_month, taper_months, source, sealed_account
        FROM entitlements WHERE id BETWEEN ? AND ? ORDER BY id
        """
    static let paymentsOfResident = """
        SELECT id, month, instalment, amount, state, due_on, credited_on, returned_reason, same_account, sealed_account
        FROM payments WHERE id BETWEEN ? AND ? ORDER BY id
        """

    static let all = [
        begin, end, cardByKey, residentByKey, residentByID, cardsOfResident, entitlementsOfResident,
        paymentsOfResident,
    ]
}
