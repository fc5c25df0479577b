extension CanonicalJSON {
    /// Reads the one byte form of a value and refuses every other form of it.
    ///
    /// - Parameters:
    ///   - bytes: The whole document.
    ///   - limits: Bounds of the document, checked before anything is stored.
    /// - Throws: ``CanonicalJSONError`` with the place of the first mistake.
    public init(canonical bytes: [UInt8], limits: Limits) throws(CanonicalJSONError) {
        guard bytes.count <= limits.bytes else { throw CanonicalJSONError(reason: .tooLong, offset: limits.bytes) }
        var parser = Parser(bytes: bytes)
        self = try parser.value(depthLeft: limits.depth)
        guard parser.isAtEnd else { throw parser.mistake(.incomplete) }
    }

    private struct Parser {
        let bytes: [UInt8]
        var offset = 0

        init(bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { offset == bytes.count }
        var current: UInt8? { offset < bytes.count ? bytes[offset] : nil }

        func mistake(_ reason: CanonicalJSONError.Reason) -> CanonicalJSONError {
            CanonicalJSONError(reason: reason, offset: offset)
        }

        mutating func expect(_ byte: UInt8) throws(CanonicalJSONError) {
            guard let found = current else { throw mistake(.incomplete) }
            guard found == byte else { throw mistake(.unexpectedByte) }
            offset += 1
        }

        mutating func take(_ byte: UInt8) -> Bool {
            guard current == byte else { return false }
            offset += 1
            return true
        }

        mutating func word(_ text: StaticString, _ value: CanonicalJSON) throws(CanonicalJSONError) -> CanonicalJSON {
            for index in 0..<text.utf8CodeUnitCount { try expect(text.utf8Start[index]) }
            return value
        }

        mutating func value(depthLeft: Int) throws(CanonicalJSONError) -> CanonicalJSON {
            guard let first = current else { throw mistake(.incomplete) }
            switch first {
            case UInt8(ascii: "\""): return .string(try string())
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .integer(try integer())
            case UInt8(ascii: "t"): return try word("true", .boolean(true))
            case UInt8(ascii: "f"): return try word("false", .boolean(false))
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                guard depthLeft > 0 else { throw mistake(.tooDeep) }
                offset += 1
                return first == UInt8(ascii: "[")
                    ? .array(try elements(depthLeft: depthLeft - 1))
                    : .object(try members(depthLeft: depthLeft - 1))
            default: throw mistake(.unexpectedByte)
            }
        }

        mutating func elements(depthLeft: Int) throws(CanonicalJSONError) -> [CanonicalJSON] {
            var result: [CanonicalJSON] = []
            if take(UInt8(ascii: "]")) { return result }
            while true {
                result.append(try value(depthLeft: depthLeft))
                if take(UInt8(ascii: "]")) { return result }
                try expect(UInt8(ascii: ","))
            }
        }

        mutating func members(depthLeft: Int) throws(CanonicalJSONError) -> [String: CanonicalJSON] {
            var result: [String: CanonicalJSON] = [:]
            if take(UInt8(ascii: "}")) { return result }
            var previous = ""
            while true {
                let start = offset
                let key = try string()
                guard (1...maximumKeyBytes).contains(key.utf8.count), key.utf8.allSatisfy(isKeyByte), previous < key
                else { throw CanonicalJSONError(reason: .key, offset: start) }
                previous = key
                try expect(UInt8(ascii: ":"))
                result[key] = try value(depthLeft: depthLeft)
                if take(UInt8(ascii: "}")) { return result }
                try expect(UInt8(ascii: ","))
            }
        }

        mutating func integer() throws(CanonicalJSONError) -> Int64 {
            let start = offset
            let isNegative = take(UInt8(ascii: "-"))
            var number: Int64 = 0
            var digits = 0
            while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                // Counted downwards, since the smallest number has no positive counterpart.
                let (tens, tooLarge) = number.multipliedReportingOverflow(by: 10)
                let (next, isOver) = tens.subtractingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
                guard !tooLarge, !isOver, digits == 0 || number != 0 else {
                    throw CanonicalJSONError(reason: .number, offset: start)
                }
                number = next
                digits += 1
                offset += 1
            }
            guard digits > 0, !(isNegative && number == 0), isNegative || number != Int64.min else {
                throw CanonicalJSONError(reason: .number, offset: start)
            }
            return isNegative ? number : -number
        }

        mutating func string() throws(CanonicalJSONError) -> String {
            let start = offset
            try expect(UInt8(ascii: "\""))
            var text: [UInt8] = []
            while true {
                guard let byte = current else { throw mistake(.incomplete) }
                offset += 1
                switch byte {
                case UInt8(ascii: "\""):
                    guard let result = String(validating: text, as: UTF8.self) else {
                        throw CanonicalJSONError(reason: .string, offset: start)
                    }
                    return result
                case UInt8(ascii: "\\"): text.append(try escape())
                case 0..<0x20: throw CanonicalJSONError(reason: .string, offset: start)
                default: text.append(byte)
                }
            }
        }

        mutating func escape() throws(CanonicalJSONError) -> UInt8 {
            guard let letter = current else { throw mistake(.incomplete) }
            offset += 1
            switch letter {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return letter
            case UInt8(ascii: "b"): return 0x08
            case UInt8(ascii: "t"): return 0x09
            case UInt8(ascii: "n"): return 0x0A
            case UInt8(ascii: "f"): return 0x0C
            case UInt8(ascii: "r"): return 0x0D
            case UInt8(ascii: "u"):
                try expect(UInt8(ascii: "0"))
                try expect(UInt8(ascii: "0"))
                guard let high = current.flatMap(Hex.value), high <= 1 else { throw mistake(.string) }
                offset += 1
                guard let low = current.flatMap(Hex.value) else { throw mistake(.string) }
                offset += 1
                let control = high << 4 | low
                guard ![0x08, 0x09, 0x0A, 0x0C, 0x0D].contains(control) else { throw mistake(.string) }
                return control
            default: throw mistake(.string)
            }
        }
    }
}
