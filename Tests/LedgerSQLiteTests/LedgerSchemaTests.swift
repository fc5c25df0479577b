import Crypto
import Testing

@testable import LedgerSQLite

@Suite struct LedgerSchemaTests {
    /// A shipped migration never changes: add a new one instead of touching these.
    @Test func shippedMigrationsNeverChange() {
        let hashes = LedgerSchema.migrations.map { migration in
            let digest = SHA256.hash(data: Array(migration.sql.utf8))
            return migration.name + " " + digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
        #expect(
            hashes == [
                "1-tables f966378df59863b70317b047d4c55e7f5bf1fe87f949be5e1224c45d482bfbc4",
                "1-indexes 6b1eaf63da8ef21950fa2eb4b641e04d40d758a9a1fa601f99cc925346783555",
            ]
        )
    }

    @Test func codesAreDistinct() {
        let codes = LedgerError.Code.allCases.map(\.rawValue)
        #expect(Set(codes).count == codes.count)
        #expect(codes.allSatisfy { $0.hasPrefix("ledger.") })
    }
}
