import ResidentIDCard
import Testing

/// A place where a reader can be tried: a simulated one, recorded traffic, or hardware with a person beside it.
protocol IDReaderStand: Sendable {
    /// What the document that is put on must give.
    var expectedKind: IdentityDocument.Kind { get }

    /// How long to wait for a document.
    var patience: Duration { get }

    /// A reader over a line that nobody else uses.
    func makeReader() async throws -> ResidentIDReader

    /// Puts the document on.
    func place() async throws

    /// Takes the document off.
    func lift() async throws
}

/// What every resident-ID reader must do, whatever the line and whatever stands behind it.
enum IDReaderConformance {
    /// Runs the whole suite; a deviation is an issue of the test.
    static func run(_ stand: some IDReaderStand) async throws {
        try await stand.lift()
        var reader = try await stand.makeReader()
        try await checkModule(&reader)
        await expectNothing(&reader, stand)
        let first = try await checkDocument(&reader, stand)
        try await stand.lift()
        await expectNothing(&reader, stand)
        let second = try await checkDocument(&reader, stand)
        #expect(first == second)
        try await stand.lift()
        try await checkModule(&reader)
    }

    private static func checkModule(_ reader: inout ResidentIDReader) async throws {
        try await reader.resetSAM()
        try await reader.checkStatus()
        let identifier = try await reader.samIdentifier()
        #expect(identifier.text.utf8.count >= 36)
        #expect(try await reader.samIdentifier() == identifier)
    }

    private static func checkDocument(
        _ reader: inout ResidentIDReader,
        _ stand: some IDReaderStand
    ) async throws -> ResidentIDReading {
        try await stand.place()
        let reading = try await reader.readDocument(.init(appendedAddresses: true), within: stand.patience)
        #expect(reading.document.kind == stand.expectedKind)
        #expect(reading.photo?.count == 1_024)
        #expect(reading.fingerprint == nil)
        #expect(reading.document.warnings == [])
        // A document that stays is read again, or must be lifted; it is never gone.
        do {
            let again = try await reader.readDocument(.init(appendedAddresses: true), within: .zero)
            #expect(again == reading)
        } catch {
            #expect(error.code == .liftFirst)
        }
        return reading
    }

    /// The first search after a reading may say that the document must be lifted, the next one not.
    private static func expectNothing(_ reader: inout ResidentIDReader, _ stand: some IDReaderStand) async {
        var codes: [ResidentIDError.Code] = []
        for _ in 0..<2 {
            do {
                _ = try await reader.readDocument(within: .zero)
                Issue.record("a document was read where none lies")
            } catch {
                codes.append(error.code)
            }
        }
        #expect(codes == [.noDocument, .noDocument] || codes == [.liftFirst, .noDocument])
    }
}
