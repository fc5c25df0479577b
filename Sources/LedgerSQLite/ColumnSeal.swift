import Crypto
import Foundation
import HubProtocol

/// Seals the columns with names, numbers and accounts: AES-256-GCM.
///
/// Each ledger has a key of its own, from the storage key and 32 random bytes in the ledger. Column and row are the
/// nonce, which is therefore never used twice and needs no room; a value that was moved to another place does not open.
struct ColumnSeal: Sendable {
    /// The columns, by the number that goes into the nonce; they never change.
    enum Column: UInt32, Sendable {
        case resident = 1
        case cardNumber = 2
        case entitlementAccount = 3
        case paymentAccount = 4
    }

    private let key: SymmetricKey

    /// Bytes of the tag after each sealed value.
    static let tagBytes = 16
    private static let nonceBytes = 12
    /// Bytes of the salt.
    static let saltBytes = 32

    init(storageKey: StorageKey, salt: [UInt8]) {
        key = SymmetricKey(data: storageKey.derivedBytes(purpose: "ledger column 1", salt: salt))
    }

    /// Appends ciphertext and tag.
    func seal(
        _ value: some DataProtocol,
        _ column: Column,
        row: Int64,
        appendingTo bytes: inout [UInt8]
    ) throws {
        let box = try AES.GCM.seal(
            value,
            using: key,
            nonce: try Self.withNonceBytes(column, row) { try AES.GCM.Nonce(data: $0) }
        )
        // Copied as memory; iterating over the pieces byte by byte would take longer than sealing them.
        box.ciphertext.withUnsafeBytes { bytes.append(contentsOf: $0) }
        box.tag.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }

    /// Opens ciphertext and tag.
    ///
    /// - Throws: `ledger.damaged` when the value is not the one that was sealed in this place.
    func open(_ sealed: UnsafeRawBufferPointer, _ column: Column, row: Int64) throws(LedgerError) -> [UInt8] {
        do {
            // One buffer with nonce, ciphertext and tag is what the library keeps anyway.
            var combined = Data(capacity: Self.nonceBytes + sealed.count)
            Self.withNonceBytes(column, row) { combined.append(contentsOf: $0) }
            combined.append(contentsOf: sealed)
            return [UInt8](try AES.GCM.open(try AES.GCM.SealedBox(combined: combined), using: key))
        } catch {
            throw LedgerError(.damaged, "a sealed column of the ledger does not open", cause: error)
        }
    }

    private static func withNonceBytes<Result>(
        _ column: Column,
        _ row: Int64,
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try withUnsafeTemporaryAllocation(byteCount: nonceBytes, alignment: 8) { buffer in
            buffer.storeBytes(of: row.littleEndian, toByteOffset: 0, as: Int64.self)
            buffer.storeBytes(of: column.rawValue.littleEndian, toByteOffset: 8, as: UInt32.self)
            return try body(UnsafeRawBufferPointer(buffer))
        }
    }
}
