extension RowBatch {
    /// Seals every column that is stored sealed.
    ///
    /// - Throws: What sealing throws.
    mutating func seal(with seal: ColumnSeal) throws {
        for index in residents.indices {
            let row = residents[index]
            residents[index].sealed = try sealed(row.sealed, .resident, row: row.id, seal)
        }
        for index in cards.indices {
            let row = cards[index]
            cards[index].sealedNumber = try sealed(row.sealedNumber, .cardNumber, row: row.id, seal)
        }
        for index in entitlements.indices where entitlements[index].sealedAccount.count >= 0 {
            let row = entitlements[index]
            entitlements[index].sealedAccount = try sealed(row.sealedAccount, .entitlementAccount, row: row.id, seal)
        }
        for index in payments.indices where payments[index].sealedAccount.count >= 0 {
            let row = payments[index]
            payments[index].sealedAccount = try sealed(row.sealedAccount, .paymentAccount, row: row.id, seal)
        }
    }

    /// Appends the sealed form of a part behind everything else; the plain one is never bound to a statement.
    private mutating func sealed(
        _ part: Part,
        _ column: ColumnSeal.Column,
        row: Int64,
        _ seal: ColumnSeal
    ) throws -> Part {
        let start = bytes.count
        // A copy, since a slice that is still in use would make the append copy all bytes of the batch.
        let plain = Array(bytes[Int(part.start)..<Int(part.start + part.count)])
        try seal.seal(plain, column, row: row, appendingTo: &bytes)
        return Part(start: Int32(truncatingIfNeeded: start), count: Int32(truncatingIfNeeded: bytes.count - start))
    }
}
