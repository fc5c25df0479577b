import ResidentIDCard
import Testing

/// The suite for every reader, over the behaving module.
@Suite
struct IDReaderConformanceTests {
    struct SimulatedStand: IDReaderStand {
        let device: SAMVDevice
        let document: VirtualDocument
        let expectedKind: IdentityDocument.Kind

        var patience: Duration { .seconds(5) }

        func makeReader() async throws -> ResidentIDReader { device.reader }

        func place() async throws {
            device.change { $0.document = document }
        }

        func lift() async throws {
            device.change { $0.document = nil }
        }
    }

    @Test(arguments: [false, true], [1, 7, 64, 4_096])
    func aSimulatedReaderConforms(_ isSplit: Bool, _ pieceMax: Int) async throws {
        for wantsLifting in [false, true] {
            let device = SAMVDevice(isSplit: isSplit, pieceMax: pieceMax)
            device.change { $0.wantsLifting = wantsLifting }
            let document = VirtualDocument(text: Samples.resident.bytes, addresses: Samples.addresses)
            try await IDReaderConformance.run(
                SimulatedStand(device: device, document: document, expectedKind: .resident)
            )
        }
    }
}
