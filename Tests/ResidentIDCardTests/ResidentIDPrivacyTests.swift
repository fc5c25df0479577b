import CivilIdentity
import ResidentIDCard
import Testing

@Suite
struct ResidentIDPrivacyTests {
    static let secrets = ["9999", "张", "试验", "1940", "2015", "UTO", "DOE", "1980", "H9", "街"]

    static func texts(of value: any Sendable) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return ["\(value)", String(reflecting: value), dumped]
    }

    @Test
    func descriptionsAndReflectionShowNothingOfAPersonINV19() async throws {
        let device = SAMVDevice(isSplit: false)
        device.change {
            $0.document = VirtualDocument(
                text: Samples.resident.bytes,
                fingerprint: Array(repeating: 0x42, count: 512),
                addresses: Samples.addresses
            )
        }
        var reader = device.reader
        let options = ResidentIDReader.Options(fingerprint: true, appendedAddresses: true)
        let reading = try await reader.readDocument(options, within: .zero)
        let unknown = IdentityDocument(text: Samples.resident.with("Y", at: 248, 2).bytes)
        let response = SAMVResponse(status: .success, data: Samples.resident.bytes)
        let values: [(any Sendable)?] = [
            reading, reading.document, reading.photo, reading.fingerprint, reading.appendedAddresses,
            reading.document.address, reading.document.citizenNumber, IdentityDocument(text: Samples.foreign.bytes),
            unknown, unknown?.textBlock, response, response.frame, SAMVFrameEvent.frame(response.frame),
        ]
        for value in values {
            for text in Self.texts(of: try #require(value)) {
                for secret in Self.secrets {
                    #expect(!text.contains(secret))
                }
                // Bytes of a block would be printed in decimal, one after another.
                #expect(!text.contains("32, 0"))
                #expect(!text.contains("66, 66"))
            }
        }
        #expect("\(reading)" == "identity document of kind resident (redacted, 0 warnings), photo of 1024 bytes")
    }

    @Test
    func errorsNameCommandAndStatusOnly() async {
        let device = SAMVDevice(isSplit: false)
        device.change { $0.document = VirtualDocument(text: Samples.resident.bytes) }
        device.add(.status(SAMVStatus(0x69, 0x82, 0x40)), at: .read)
        var reader = device.reader
        let error = await #expect(throws: ResidentIDError.self) { try await reader.readDocument(within: .zero) }
        #expect(error.map { "\($0)" } == "id.refused: read: unknown status (69 82 40)")
    }
}
