public import BlockCipher

/// The security module of a simulated back office (PROTOCOLS.md 1.8b): the text of step 1 goes in, the text for step 2
/// comes out.
///
/// It has the simulator's own keys for every card of the simulator and both algorithms.
public struct VirtualHSM: Sendable {
    /// The most characters of a question: nine fields with the longest answer to reset and terminal number.
    public static let questionLimit = 256

    private let cipher: any BlockCipher
    private let wrongKeys: Set<SimulatedKeys.Purpose>

    /// Makes a module.
    ///
    /// - Parameters:
    ///   - cipher: what computes.
    ///   - wrongKeys: purposes whose keys are wrong.
    public init(cipher: any BlockCipher, wrongKeys: Set<SimulatedKeys.Purpose> = []) {
        self.cipher = cipher
        self.wrongKeys = wrongKeys
    }

    /// Answers the text of step 1 for reading the holder's file.
    ///
    /// - Parameter question: nine fields, each closed by `|`, with one more `|` at the end or not.
    /// - Returns: the text for step 2, or nil if the question does not have its form or names an algorithm that the
    ///   module lacks.
    public func answer(_ question: String) -> String? {
        guard question.utf8.count <= Self.questionLimit else { return nil }
        var fields = question.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
        // What follows the last bar is no field; neither is what follows an extra one.
        while fields.count > 9, fields.last == "" { fields.removeLast() }
        guard fields.count == 9, fields[0].utf8.count == 6, fields[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let historicalBytes = Self.bytes(fields[1]), (8...15).contains(historicalBytes.count),
            let algorithm = Self.algorithm(fields[2]), Self.bytes(fields[3])?.count == 16
        else { return nil }
        let numbers = fields[4...7].compactMap(Self.bytes).filter { $0.count == SimulatedKeys.factorLength }
        guard numbers.count == 4 else { return nil }
        let keys = SimulatedKeys(cipher: cipher, algorithm: algorithm, foreign: wrongKeys)
        let factors = [Array(historicalBytes.suffix(SimulatedKeys.factorLength)), Array((fields[0] + "sx").utf8)]
        guard
            let own = try? keys.result(.internalAuthentication, factors, process: numbers[0], source: numbers[1]),
            let other = try? keys.result(.holder, factors, process: numbers[2], source: numbers[3])
        else { return nil }
        return Self.hex(own + numbers[1]) + "|" + Self.hex(other + numbers[3]) + "|"
    }

    private static func algorithm(_ text: String) -> BlockCipherAlgorithm? {
        switch text {
        case "01": .tripleDES
        case "03": .sm4
        default: nil
        }
    }

    private static func bytes(_ hex: String) -> [UInt8]? {
        let digits = hex.utf8.map { character -> UInt8 in
            switch character {
            case 0x30...0x39: character - 0x30
            case 0x41...0x46: character - 0x41 + 10
            case 0x61...0x66: character - 0x61 + 10
            default: 0xFF
            }
        }
        guard digits.count.isMultiple(of: 2), digits.allSatisfy({ $0 < 16 }) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let text = String(byte, radix: 16, uppercase: true)
            return text.utf8.count == 1 ? "0" + text : text
        }
        .joined()
    }
}
