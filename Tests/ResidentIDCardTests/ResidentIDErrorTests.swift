import DeviceIO
import ResidentIDCard
import Testing

@Suite
struct ResidentIDErrorTests {
    @Test
    func codesAndWarningsAreStableAndDistinct() {
        let codes = ResidentIDError.Code.allCases.map(\.rawValue)
        let warnings = IdentityWarning.allCases.map(\.rawValue)
        #expect(codes.count == 14)
        #expect(Set(codes + warnings).count == codes.count + warnings.count)
        #expect(codes.allSatisfy { ResidentIDError.Code(rawValue: $0)?.description == $0 })
        #expect(codes.allSatisfy { $0.wholeMatch(of: /id\.[a-z0-9-]+/) != nil })
        #expect(warnings.allSatisfy { IdentityWarning(rawValue: $0)?.description == $0 })
        #expect(warnings.allSatisfy { $0.wholeMatch(of: /warning\.id\.[a-z0-9-]+/) != nil })
        #expect(ResidentIDError.Code(rawValue: "id.unheard-of") == nil)
        #expect(IdentityWarning(rawValue: "warning.id.unheard-of") == nil)
    }

    @Test
    func descriptionHasCodeMessageAndCause() {
        let error = ResidentIDError(.timeout, "find", cause: DeviceError(.timeout, "read"))
        #expect(error.description == "id.timeout: find (caused by device.timeout: read)")
        #expect(ResidentIDError(.refused, "find").description == "id.refused: find")
    }
}
