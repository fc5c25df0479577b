/// A response APDU: data and status word (ISO 7816-3, 12.1).
///
/// The description shows the status word and the number of data bytes, never data.
public struct ResponseAPDU: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The most data bytes that one response can carry.
    public static let dataLimit = 65_536

    /// The data field.
    public var data: [UInt8]

    /// SW1 and SW2.
    public var statusWord: StatusWord

    /// Makes a response.
    ///
    /// - Parameters:
    ///   - data: The data field.
    ///   - statusWord: SW1 and SW2.
    public init(data: [UInt8] = [], statusWord: StatusWord) {
        self.data = data
        self.statusWord = statusWord
    }

    /// Takes the bytes as a reader gives them; an array that is handed over is not copied.
    ///
    /// - Parameter bytes: Data and status word.
    /// - Throws: ``SmartCardError`` with `apdu.malformed` if there is no status word, if SW1 is neither 6X nor 9X (ISO
    ///   7816-3, 12.1.1), or if there is more data than ``dataLimit``.
    public init(bytes: consuming [UInt8]) throws(SmartCardError) {
        let count = bytes.count
        guard count >= 2, count <= Self.dataLimit + 2 else {
            throw SmartCardError(.apduMalformed, "a response has \(count) bytes")
        }
        let statusWord = StatusWord(sw1: bytes[count - 2], sw2: bytes[count - 1])
        guard statusWord.isWellFormed else {
            throw SmartCardError(.apduMalformed, "a response of \(count) bytes ends with no status word")
        }
        bytes.removeLast(2)
        self.data = bytes
        self.statusWord = statusWord
    }

    /// Data and status word.
    public var bytes: [UInt8] { data + [statusWord.sw1, statusWord.sw2] }

    /// Status word and number of data bytes, never data.
    public var description: String {
        data.isEmpty ? "\(statusWord)" : "\(data.count) bytes, \(statusWord)"
    }

    /// The same as ``description``: data is not shown to debuggers' printing either.
    public var debugDescription: String { description }
}
