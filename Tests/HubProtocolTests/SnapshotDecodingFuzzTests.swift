import Testing

@testable import HubProtocol

@Suite struct SnapshotDecodingFuzzTests {
    private func manifest() throws -> SnapshotManifest {
        try SnapshotFront(bytes: Sample.file(Sample.records()).front).verifiedManifest(
            hubKeys: VerificationKeys([Sample.hub().verificationKey])
        )
    }

    @Test func manifestsSurviveRandomAndMutatedInput() throws {
        let valid = try manifest().encoded()
        var random = SplitMix64(seed: 0x4D41_4E03)
        for round in 0..<100_000 {
            let input = round % 8 == 0 ? random.bytes(random.below(40)) : random.mutation(of: valid)
            do {
                let manifest = try SnapshotManifest(canonical: input)
                #expect(try manifest.encoded() == input)
            } catch {
                #expect([.ledgerFormat, .ledgerTooLarge].contains(error.code))
            }
        }
    }

    @Test func frontsSurviveRandomAndMutatedInput() throws {
        let valid = try Sample.file(Sample.records()).front
        let keys = VerificationKeys([try Sample.hub().verificationKey])
        var random = SplitMix64(seed: 0x4652_4F04)
        for round in 0..<100_000 {
            let input = round % 2 == 0 ? random.bytes(random.below(40)) : random.mutation(of: valid)
            guard let front = try? SnapshotFront(bytes: input) else { continue }
            #expect(front.bytes == input)
            // Verification is slow; a few hundred are enough here.
            guard round % 500 == 1, input != valid else { continue }
            #expect(throws: HubProtocolError.self) { try front.verifiedManifest(hubKeys: keys) }
        }
    }

    @Test func pagesSurviveRandomAndMutatedInput() throws {
        let manifest = try manifest()
        let records = try Sample.records()
        let bodies = try records.map { try $0.encoded() }
        let declarations = Array(bodies.prefix(3).joined())
        let people = Array(bodies.dropFirst(3).joined())
        var prepared = SnapshotRecordDecoder(manifest: manifest)
        try prepared.begin(page: declarations)
        while try prepared.next() != nil {}
        var random = SplitMix64(seed: 0x5041_4705)
        var whole = 0
        for round in 0..<100_000 {
            let input = round % 8 == 0 ? random.bytes(random.below(80)) : random.mutation(of: people)
            var decoder = prepared
            do {
                try decoder.begin(page: input)
                var bytes: [UInt8] = []
                while let record = try decoder.next() { bytes += try record.encoded() }
                #expect(bytes == input)
                whole += 1
            } catch {
                #expect(error.code == .ledgerFormat)
            }
        }
        #expect(whole > 100)
    }

    @Test func declarationsSurviveRandomAndMutatedInput() throws {
        let manifest = try manifest()
        let page = try Array(Sample.records().prefix(3).map { try $0.encoded() }.joined())
        var random = SplitMix64(seed: 0x4445_4306)
        for _ in 0..<100_000 {
            let input = random.mutation(of: page)
            var decoder = SnapshotRecordDecoder(manifest: manifest)
            do {
                try decoder.begin(page: input)
                while try decoder.next() != nil {}
            } catch {
                #expect(error.code == .ledgerFormat)
            }
        }
    }
}
