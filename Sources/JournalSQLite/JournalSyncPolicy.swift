/// When rows count as written.
package enum JournalSyncPolicy: Sendable {
    /// After the disk has told that it has them (`PRAGMA synchronous = FULL`).
    case full
    /// At once. Only for the test that proves that the test of `full` can fail.
    case offForProof
}
