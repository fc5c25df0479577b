/// Rows on their way from the decoding thread to the inserting thread, in the order of the file.
///
/// All their bytes stand in one array, so that a batch of thousands of rows costs a handful of allocations. The columns
/// that are to be sealed are plain until ``seal(with:)``, which the inserting thread calls: so both threads have as much
/// to do.
struct RowBatch: Sendable {
    /// A part of ``bytes``, or NULL.
    struct Part: Sendable {
        var start: Int32
        /// -1 for NULL.
        var count: Int32

        static let null = Part(start: 0, count: -1)
    }

    struct Resident: Sendable {
        var id: Int64
        var key: Part
        var sealed: Part
    }

    struct Card: Sendable {
        var id: Int64
        var key: Part
        var numberKey: Part
        var status: Int64
        var issuedOn: Int64?
        var expiresOn: Int64?
        var replacedBy: Part
        var since: Int64?
        var sealedNumber: Part
    }

    struct Entitlement: Sendable {
        var id: Int64
        var code: Part
        var programme: Int64
        var state: Int64
        var amount: Int64?
        var period: Int64?
        var from: Int64?
        var to: Int64?
        var taperMonths: Int64?
        var source: Int64
        var sealedAccount: Part
    }

    struct Payment: Sendable {
        var id: Int64
        var month: Int64
        var instalment: Int64
        var amount: Int64
        var state: Int64
        var dueOn: Int64?
        var creditedOn: Int64?
        var returnedReason: Part
        var sameAccount: Int64
        var sealedAccount: Part
    }

    var bytes: [UInt8] = []
    var residents: [Resident] = []
    var cards: [Card] = []
    var entitlements: [Entitlement] = []
    var payments: [Payment] = []

    /// Appends bytes and returns where they stand.
    mutating func part(of more: some Collection<UInt8>) -> Part {
        let start = bytes.count
        bytes.append(contentsOf: more)
        return Part(start: Int32(truncatingIfNeeded: start), count: Int32(truncatingIfNeeded: bytes.count - start))
    }

    /// Whether the batch is large enough to be handed over.
    ///
    /// 64 KiB of bytes is some hundred people: with a few batches in flight the memory stays far below a few MiB.
    var isFull: Bool { bytes.count >= 64 * 1024 }
}
