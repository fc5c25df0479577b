import CivilIdentity
import Testing

@Suite
struct CivilIdentityErrorTests {
    @Test
    func codesAreStableAndDistinct() {
        let codes = CivilIdentityError.Code.allCases.map(\.rawValue)
        #expect(Set(codes).count == codes.count)
        #expect(codes.contains("number.check-digit"))
        #expect(codes.allSatisfy { $0.wholeMatch(of: /[a-z]+\.[a-z]+(-[a-z]+)*/) != nil })
    }

    @Test
    func descriptionIsCodeAndMessage() {
        let error = CivilIdentityError(.nameEmpty, "the name is empty")
        #expect("\(error)" == "name.empty: the name is empty")
    }
}
