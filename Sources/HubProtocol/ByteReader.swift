/// Reads the binary forms of this module strictly: never past the end, only shortest numbers, only valid UTF-8.
struct ByteReader: Sendable {
    private let storage: [UInt8]
    private let code: HubProtocolError.Code
    private(set) var offset: Int
    private var end: Int

    /// Starts at the first byte; mistakes are reported under the code.
    init(_ bytes: [UInt8], code: HubProtocolError.Code) {
        storage = bytes
        offset = 0
        end = bytes.count
        self.code = code
    }

    var isAtEnd: Bool { offset == end }
    var remaining: Int { end - offset }

    func mistake(_ message: String, fileID: String = #fileID, line: Int = #line) -> HubProtocolError {
        HubProtocolError(code, "\(message) at byte \(offset)", fileID: fileID, line: line)
    }

    mutating func byte() throws(HubProtocolError) -> UInt8 {
        guard offset < end else { throw mistake("the data ends too early") }
        defer { offset &+= 1 }
        return storage[offset]
    }

    mutating func bytes(count: Int) throws(HubProtocolError) -> [UInt8] {
        Array(try slice(count: count))
    }

    mutating func slice(count: Int) throws(HubProtocolError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw mistake("the data ends too early") }
        defer { offset &+= count }
        return storage[offset..<(offset &+ count)]
    }

    mutating func fixed<Number: FixedWidthInteger & UnsignedInteger>(
        _ type: Number.Type
    ) throws(HubProtocolError) -> Number {
        var number: Number = 0
        for position in 0..<(Number.bitWidth / 8) {
            number |= Number(try byte()) << Number(position * 8)
        }
        return number
    }

    /// Unsigned LEB128, shortest form only.
    ///
    /// - Parameter limit: The largest number allowed.
    /// - Returns: The number.
    /// - Throws: The reader's code.
    mutating func varint(max limit: UInt64) throws(HubProtocolError) -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            let bits = UInt64(next & 0x7F)
            guard shift < 63 || (shift == 63 && bits <= 1) else { throw mistake("a number is too long") }
            number |= bits << shift
            if next & 0x80 == 0 {
                guard next != 0 || shift == 0 else { throw mistake("a number is not in its shortest form") }
                guard number <= limit else { throw mistake("a number is over its limit") }
                return number
            }
            shift &+= 7
        }
    }

    mutating func integer(max limit: Int) throws(HubProtocolError) -> Int {
        Int(truncatingIfNeeded: try varint(max: UInt64(truncatingIfNeeded: limit)))
    }

    /// UTF-8 after one byte of length.
    mutating func shortText() throws(HubProtocolError) -> String {
        let count = Int(try byte())
        return try text(of: slice(count: count))
    }

    func text(of bytes: ArraySlice<UInt8>) throws(HubProtocolError) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else { throw mistake("a text is not UTF-8") }
        return text
    }

    /// Lets the reader end after so many bytes, until ``leave(_:)``.
    ///
    /// - Parameter count: How many bytes.
    /// - Returns: The end that was in force.
    /// - Throws: The reader's code.
    mutating func enter(count: Int) throws(HubProtocolError) -> Int {
        guard count >= 0, count <= remaining else { throw mistake("the data ends too early") }
        defer { end = offset &+ count }
        return end
    }

    /// Goes back to an earlier end; everything up to the inner end must have been read.
    mutating func leave(_ outer: Int) throws(HubProtocolError) {
        guard isAtEnd else { throw mistake("a record is longer than its content") }
        end = outer
    }
}
