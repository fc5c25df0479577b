/// How long the commands of a reader may take, from its device profile.
///
/// The standard values are the upper ends of what shipping drivers allow (PROTOCOLS.md 2.3). A serial line adds its own
/// time: 1,295 bytes take 113 ms at 115,200 baud and 1.35 s at 9,600.
public struct SAMVTimings: Hashable, Sendable {
    /// What a time can be: a shorter one no reader keeps, a longer one nobody waits for.
    public static let bounds: ClosedRange<Duration> = .milliseconds(10) ... .seconds(30)

    /// For a document to be found or not.
    public private(set) var find: Duration = .milliseconds(800)
    /// For a document to be selected.
    public private(set) var select: Duration = .milliseconds(300)
    /// For text and photo.
    public private(set) var read: Duration = .milliseconds(2_000)
    /// For text, photo and fingerprints.
    public private(set) var readFingerprint: Duration = .milliseconds(3_000)
    /// For the appended addresses.
    public private(set) var newAddress: Duration = .milliseconds(1_500)
    /// For the number of the security module.
    public private(set) var samID: Duration = .milliseconds(300)
    /// For the status and for the reset of the security module.
    public private(set) var status: Duration = .milliseconds(300)
    /// How long to rest between two finds while nothing is there.
    public private(set) var findPause: Duration = .milliseconds(200)

    private init() {}

    /// The times for readers that need no others.
    public static let standard = SAMVTimings()

    /// Takes the times of a profile; the result is nil when one lies outside ``bounds``.
    ///
    /// - Parameters:
    ///   - find: For a document to be found or not.
    ///   - select: For a document to be selected.
    ///   - read: For text and photo.
    ///   - readFingerprint: For text, photo and fingerprints.
    ///   - newAddress: For the appended addresses.
    ///   - samID: For the number of the security module.
    ///   - status: For the status and for the reset of the security module.
    ///   - findPause: How long to rest between two finds.
    public init?(
        find: Duration = standard.find,
        select: Duration = standard.select,
        read: Duration = standard.read,
        readFingerprint: Duration = standard.readFingerprint,
        newAddress: Duration = standard.newAddress,
        samID: Duration = standard.samID,
        status: Duration = standard.status,
        findPause: Duration = standard.findPause
    ) {
        let all = [find, select, read, readFingerprint, newAddress, samID, status, findPause]
        guard all.allSatisfy(Self.bounds.contains) else { return nil }
        self.find = find
        self.select = select
        self.read = read
        self.readFingerprint = readFingerprint
        self.newAddress = newAddress
        self.samID = samID
        self.status = status
        self.findPause = findPause
    }
}
