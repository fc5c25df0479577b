import HubProtocol

/// The row ids of a ledger are made of the resident's number, so that all rows of one person stand side by side:
/// `resident · 4096 + ordinal · 64 + position`.
///
/// Rows therefore arrive in ascending order, which is the fastest way into a table, and all payments of a person are one
/// range.
struct RowID: Sendable {
    /// Number of the resident in the file, from 1.
    var resident: Int64
    /// Number of the card or entitlement of the resident, from 0.
    var ordinal: Int
    /// Number of the payment of the entitlement, from 0.
    var position: Int

    var value: Int64 { resident << 12 | Int64(ordinal) << 6 | Int64(position) }

    init(resident: Int64, ordinal: Int, position: Int = 0) {
        precondition(ordinal < 64 && position < 64, "limits of the ledger file are wider than row ids")
        self.resident = resident
        self.ordinal = ordinal
        self.position = position
    }

    init(value: Int64) {
        resident = value >> 12
        ordinal = Int(value >> 6 & 0x3F)
        position = Int(value & 0x3F)
    }

    /// All rows of a resident.
    static func range(of resident: Int64) -> (first: Int64, last: Int64) {
        (resident << 12, resident << 12 | 0xFFF)
    }
}
