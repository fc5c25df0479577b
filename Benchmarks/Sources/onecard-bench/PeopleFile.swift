import CivilIdentity
import Foundation

/// People who have entitlements, as both sides of the look-up row read them; synthetic people only.
///
/// 18 characters of the citizen number and 16 bytes of the card's identification code for each, nothing between.
struct PeopleFile {
    static let numberBytes = CitizenNumber.length
    static let entryBytes = numberBytes + 16

    private let bytes: [UInt8]

    /// Reads the file.
    ///
    /// - Throws: ``BenchError`` when it holds nobody.
    init(path: String) throws {
        bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        guard !bytes.isEmpty, bytes.count.isMultiple(of: Self.entryBytes) else {
            throw BenchError("the file of people is empty or cut")
        }
    }

    var count: Int { bytes.count / Self.entryBytes }

    /// The number and the identification code of a person.
    subscript(index: Int) -> (number: ArraySlice<UInt8>, code: ArraySlice<UInt8>) {
        let start = index * Self.entryBytes
        return (
            bytes[start..<(start + Self.numberBytes)], bytes[(start + Self.numberBytes)..<(start + Self.entryBytes)]
        )
    }
}
