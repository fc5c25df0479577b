import Crypto
import Foundation

/// Seals and opens the pages of a ledger file: AES-256-GCM, the page's place as nonce and as authenticated data.
///
/// The key belongs to one file (its salt and generation), so that a place is never sealed twice under one key.
enum SnapshotPage: Sendable {
    static func seal(
        _ page: [UInt8],
        key: SymmetricKey,
        index: Int,
        generation: Int64
    ) throws(HubProtocolError) -> [UInt8] {
        do {
            let box = try AES.GCM.seal(
                page,
                using: key,
                nonce: try AES.GCM.Nonce(data: nonce(index)),
                authenticating: authenticatedData(index: index, generation: generation)
            )
            return [UInt8](box.ciphertext) + [UInt8](box.tag)
        } catch {
            throw HubProtocolError(.ledgerFormat, "page \(index) could not be sealed", cause: error)
        }
    }

    static func open(
        _ sealed: [UInt8],
        key: SymmetricKey,
        index: Int,
        generation: Int64
    ) throws(HubProtocolError) -> [UInt8] {
        do {
            let end = max(sealed.count - SnapshotFormat.pageTagBytes, 0)
            let box = try AES.GCM.SealedBox(
                nonce: try AES.GCM.Nonce(data: nonce(index)),
                ciphertext: sealed[..<end],
                tag: sealed[end...]
            )
            let data = authenticatedData(index: index, generation: generation)
            return [UInt8](try AES.GCM.open(box, using: key, authenticating: data))
        } catch {
            throw HubProtocolError(.ledgerKeyUnknown, "page \(index) does not open with this group key", cause: error)
        }
    }

    /// The page's place, 8 bytes little-endian, and four zero bytes.
    private static func nonce(_ index: Int) -> [UInt8] {
        var writer = ByteWriter()
        writer.appendFixed(UInt64(truncatingIfNeeded: index))
        writer.appendFixed(UInt32(0))
        return writer.bytes
    }

    /// Magic, generation and place, 8 bytes each.
    private static func authenticatedData(index: Int, generation: Int64) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(SnapshotFormat.magic)
        writer.appendFixed(UInt64(bitPattern: generation))
        writer.appendFixed(UInt64(truncatingIfNeeded: index))
        return writer.bytes
    }
}
