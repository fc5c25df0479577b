import HubProtocol
import Testing

@Suite struct EventEnvelopeTests {
    private func envelope(sequence: Int64 = 1, payload: CanonicalJSON = ["point": "desk-1"]) throws -> EventEnvelope {
        try EventEnvelope.signed(
            station: Sample.stationID(),
            sequence: sequence,
            previousHash: sequence == 1 ? EventEnvelope.firstPreviousHash : [UInt8](repeating: 5, count: 32),
            clock: HybridLogicalClock.start.advanced(now: 1_767_225_600_000),
            kind: "CardInserted",
            payload: payload,
            by: Sample.station()
        )
    }

    @Test func hasGoldenBytes() throws {
        let envelope = try envelope()
        let expected =
            "4f43455601" + "12" + "6a6d2d3434303730333030313030312d3031" + "0100000000000000"
            + String(repeating: "0", count: 64) + "00a8da769b010000" + "00000000" + "0c" + "43617264496e736572746564"
            + "09" + "73746174696f6e2d31" + "12000000" + "7b22706f696e74223a226465736b2d31227d"
        #expect(text(envelope.signedBytes) == expected)
        #expect(text(envelope.hash) == "720392d1e6bd3efd451fa28de2fc11fc737557f9cbf3c92cf77b796bf1234010")
    }

    @Test func isSignedByTheStation() throws {
        let envelope = try envelope()
        #expect(envelope.isSigned(by: try Sample.station().verificationKey))
        #expect(!envelope.isSigned(by: try Sample.hub(keyID: "station-1").verificationKey))
        #expect(!envelope.isSigned(by: try Sample.hub().verificationKey))
    }

    @Test func comesBackFromItsBytes() throws {
        let envelope = try envelope(sequence: 2, payload: ["attributes": ["text": "低保"], "point": "k"])
        #expect(try EventEnvelope(bytes: envelope.bytes) == envelope)
        #expect(envelope.bytes.count <= EventEnvelope.maximumBytes)
    }

    @Test func everyChangedByteIsRefusedOrUnsigned() throws {
        let envelope = try envelope()
        let key = try Sample.station().verificationKey
        for index in envelope.bytes.indices {
            var bytes = envelope.bytes
            bytes[index] ^= 1
            guard let changed = try? EventEnvelope(bytes: bytes) else { continue }
            #expect(!changed.isSigned(by: key), "byte \(index)")
            #expect(changed.hash != envelope.hash, "byte \(index)")
        }
    }

    @Test func refusesFieldsOutOfBounds() throws {
        let valid = try envelope()
        func copy(
            sequence: Int64? = nil,
            previousHash: [UInt8]? = nil,
            kind: String? = nil,
            keyID: String? = nil,
            payload: [UInt8]? = nil,
            signature: [UInt8]? = nil
        ) throws -> EventEnvelope {
            try EventEnvelope(
                station: valid.station,
                sequence: sequence ?? valid.sequence,
                previousHash: previousHash ?? valid.previousHash,
                clock: valid.clock,
                kind: kind ?? valid.kind,
                keyID: keyID ?? valid.keyID,
                payload: payload ?? valid.payload,
                signature: signature ?? valid.signature
            )
        }
        #expect(try copy() == valid)
        let attempts: [() throws -> EventEnvelope] = [
            { try copy(sequence: 0) }, { try copy(sequence: 2) }, { try copy(previousHash: [1]) },
            { try copy(previousHash: [UInt8](repeating: 1, count: 32)) }, { try copy(kind: "") },
            { try copy(kind: "Card Inserted") }, { try copy(keyID: "Ä") }, { try copy(payload: Array("[]".utf8)) },
            { try copy(payload: Array("{ }".utf8)) }, { try copy(payload: []) }, { try copy(signature: []) },
        ]
        for attempt in attempts {
            let error = #expect(throws: HubProtocolError.self) { try attempt() }
            #expect(error?.code == .envelopeMalformed)
        }
        let big: CanonicalJSON = ["x": .string(String(repeating: "x", count: 16 * 1_024))]
        let error = #expect(throws: HubProtocolError.self) { try envelope(payload: big) }
        #expect(error?.code == .envelopeMalformed)
    }

    @Test func survivesRandomAndMutatedInput() throws {
        let valid = try envelope().bytes
        var random = SplitMix64(seed: 0x4556_5402)
        for round in 0..<100_000 {
            let input = round % 4 == 0 ? random.bytes(random.below(64)) : random.mutation(of: valid)
            do {
                let envelope = try EventEnvelope(bytes: input)
                #expect(envelope.bytes == input)
            } catch {
                #expect(error.code == .envelopeMalformed)
            }
        }
    }

    @Test func headsHaveOneLine() throws {
        let head = try envelope().head
        #expect(head.text.hasPrefix("onecard-journal-head v1 jm-440703001001-01 1 "))
        #expect(try JournalHead(text: head.text) == head)
        #expect(try JournalHead(text: head.text + "\n") == head)
    }

    @Test(arguments: [
        "", "onecard-journal-head v1 a 1", "onecard-journal-head v2 a 1 " + String(repeating: "0", count: 64),
        "onecard-journal-head v1 A 1 " + String(repeating: "0", count: 64),
        "onecard-journal-head v1 a 0 " + String(repeating: "0", count: 64),
        "onecard-journal-head v1 a 01 " + String(repeating: "0", count: 64),
        "onecard-journal-head v1 a +1 " + String(repeating: "0", count: 64),
        "onecard-journal-head v1 a 1 " + String(repeating: "F", count: 64),
        "onecard-journal-head v1 a 1  " + String(repeating: "0", count: 64),
        "onecard-journal-head v1 a 1 " + String(repeating: "0", count: 65),
    ])
    func refusesOtherHeadLines(line: String) {
        let error = #expect(throws: HubProtocolError.self) { try JournalHead(text: line) }
        #expect(error?.code == .headMalformed)
    }

    private func text(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
