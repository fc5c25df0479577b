/// How far a print job is.
public struct PrintProgress: Hashable, Sendable {
    /// The attempt, from 1 on.
    public var attempt: Int
    /// How many chunks of this attempt the printer has taken.
    public var chunksTaken: Int
    /// How many chunks the slip has.
    public var chunksTotal: Int

    /// Makes a progress.
    ///
    /// - Parameters:
    ///   - attempt: The attempt, from 1 on.
    ///   - chunksTaken: How many chunks of this attempt the printer has taken.
    ///   - chunksTotal: How many chunks the slip has.
    public init(attempt: Int, chunksTaken: Int, chunksTotal: Int) {
        self.attempt = attempt
        self.chunksTaken = chunksTaken
        self.chunksTotal = chunksTotal
    }
}
