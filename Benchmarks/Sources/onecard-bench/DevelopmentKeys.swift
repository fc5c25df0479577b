import Foundation
import HubProtocol

/// The keys of a development station, from its key folder.
struct DevelopmentKeys {
    let group: StationGroupKey
    let hub: VerificationKeys
    let storage: StorageKey

    /// Reads the files that `onecard-sim keys` makes.
    ///
    /// - Throws: ``BenchError``, or what the keys themselves say.
    init(directory: String) throws {
        let group = try KeyLine(directory, "station-group.key")
        let hub = try KeyLine(directory, "hub-signing.pub")
        let storage = try KeyLine(directory, "storage.key")
        self.group = try StationGroupKey(keyID: group.number, secret: group.bytes)
        self.hub = VerificationKeys([try VerificationKey(keyID: hub.name, bytes: hub.bytes)])
        self.storage = try StorageKey(keyID: storage.number, secret: storage.bytes)
    }
}

/// One line: `onecard-key v1 <kind> <key id> development <base64>`.
private struct KeyLine {
    let name: String
    let bytes: [UInt8]

    var number: UInt8 {
        get throws {
            guard let number = UInt8(name) else { throw BenchError("the id of a key is no number") }
            return number
        }
    }

    init(_ directory: String, _ file: String) throws {
        let words = try String(contentsOfFile: "\(directory)/\(file)", encoding: .utf8).split(
            whereSeparator: \.isWhitespace
        )
        guard words.count == 6, words[4] == "development", let data = Data(base64Encoded: String(words[5])) else {
            throw BenchError("\(file) is no development key")
        }
        name = String(words[3])
        bytes = [UInt8](data)
    }
}
