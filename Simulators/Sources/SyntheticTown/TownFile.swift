import CivilIdentity
import Crypto
import Foundation
public import HubProtocol

/// Writes a town as a ledger file.
public enum TownFile: Sendable {
    /// Writes the file.
    ///
    /// The pages go to a temporary file beside it first, because the signed front tells their hashes. Equal arguments
    /// make equal bytes.
    ///
    /// - Parameters:
    ///   - path: of the ledger file; replaced in one step when it is whole.
    ///   - town: the residents.
    ///   - generation: number of the file, larger than that of every earlier one.
    ///   - fingerprint: of the card files behind the personas.
    ///   - groupKey: seals the pages.
    ///   - signingKey: of the city.
    ///   - progress: called with the number of generated residents.
    /// - Throws: `HubProtocolError`, and errors of the file system.
    public static func write(
        to path: String,
        town: SyntheticTown,
        generation: Int64,
        fingerprint: [UInt8],
        groupKey: StationGroupKey,
        signingKey: SigningKey,
        progress: (Int) -> Void
    ) throws {
        let pages = try ScratchFile(path: path + ".pages")
        var writer = try SnapshotWriter(
            division: town.plan.division,
            generation: generation,
            createdAt: town.plan.asOf,
            salt: salt(of: town.plan, generation: generation, fingerprint: fingerprint),
            groupKey: groupKey
        ) { page in
            try pages.append(page)
        }
        try town.records(progress: progress) { record in
            try writer.append(record)
        }
        let front = try writer.finish(signingKey: signingKey)
        let whole = try ScratchFile(path: path + ".part")
        try front.withUnsafeBytes { try whole.append($0) }
        try whole.append(contentsOf: pages)
        try whole.rename(to: path)
    }

    /// The salt gives each file a page key of its own, so everything that changes the pages goes into it.
    private static func salt(of plan: TownPlan, generation: Int64, fingerprint: [UInt8]) -> [UInt8] {
        let text = """
            onecard synthetic town \(TownPlan.rulesVersion)
            \(plan.residents) \(plan.seed) \(plan.division.rawValue) \(plan.asOf) \(generation)

            """
        var hash = SHA256()
        hash.update(data: Data(text.utf8))
        hash.update(data: Data(fingerprint))
        return Array(hash.finalize())
    }
}
