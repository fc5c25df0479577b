import DeviceProfiles

/// The fields that device profiles share.
extension YAMLMapping {
    /// A line of text for people: no control or format characters, so that no file changes what a terminal does.
    func line(_ key: String, lengthMax: Int) -> String? {
        guard let text = string(key, lengthMax: lengthMax) else { return nil }
        let isClean = text.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: false
            default: true
            }
        }
        guard isClean else {
            note("expected one line without control characters", at: key)
            return nil
        }
        return text
    }

    /// A text in both languages.
    func bilingual(_ key: String, lengthMax: Int) -> ProfileText? {
        guard let entry = mapping(key) else { return nil }
        let chinese = entry.line("zh", lengthMax: lengthMax)
        let english = entry.line("en", lengthMax: lengthMax)
        guard let chinese, let english else { return nil }
        return ProfileText(chinese: chinese, english: english)
    }

    /// A duration in whole milliseconds.
    func milliseconds(_ key: String, in range: ClosedRange<Int>) -> Duration? {
        integer(key, in: range).map { .milliseconds($0) }
    }

    /// A number of exactly as many hexadecimal digits, in lower case.
    func hex<Number: FixedWidthInteger & UnsignedInteger>(_ key: String, as type: Number.Type) -> Number? {
        guard let text = string(key) else { return nil }
        let number = Self.hexNumber(text, as: type)
        if number == nil { note("expected \(Number.bitWidth / 4) hexadecimal digits in lower case", at: key) }
        return number
    }

    /// A number as with `hex`, or the word `any`, which is nil inside the result.
    func hexOrAny<Number: FixedWidthInteger & UnsignedInteger>(_ key: String, as type: Number.Type) -> Number?? {
        guard let text = string(key) else { return nil }
        if text == "any" { return .some(nil) }
        guard let number = Self.hexNumber(text, as: type) else {
            note("expected `any` or \(Number.bitWidth / 4) hexadecimal digits in lower case", at: key)
            return nil
        }
        return .some(number)
    }

    /// Bytes in hexadecimal, in lower case.
    func hexBytes(_ key: String, count: ClosedRange<Int>) -> [UInt8]? {
        guard let text = string(key) else { return nil }
        guard let bytes = Self.hexBytes(text), count.contains(bytes.count) else {
            note(
                "expected \(count.lowerBound)...\(count.upperBound) bytes in hexadecimal digits in lower case",
                at: key
            )
            return nil
        }
        return bytes
    }

    /// Bytes as with `hexBytes`, or the word `none`, which is no bytes.
    func hexBytesOrNone(_ key: String, countMax: Int) -> [UInt8]? {
        guard let text = string(key) else { return nil }
        if text == "none" { return [] }
        guard let bytes = Self.hexBytes(text), (1...countMax).contains(bytes.count) else {
            note("expected `none` or 1...\(countMax) bytes in hexadecimal digits in lower case", at: key)
            return nil
        }
        return bytes
    }

    static func hexNumber<Number: FixedWidthInteger & UnsignedInteger>(_ text: String, as: Number.Type) -> Number? {
        text.utf8.count == Number.bitWidth / 4 && text.utf8.allSatisfy(isHexDigit) ? Number(text, radix: 16) : nil
    }

    private static func hexBytes(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2), digits.allSatisfy(isHexDigit) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).compactMap { index in
            UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16)
        }
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
    }

    /// A closed list of names, each at most once.
    func names<Name: RawRepresentable & CaseIterable & Hashable>(_ key: String, allowed: [Name]) -> [Name]?
    where Name.RawValue == String {
        guard let texts = strings(key, count: 0...Name.allCases.count, oneOf: allowed.map(\.rawValue)) else {
            return nil
        }
        let names = texts.compactMap { Name(rawValue: $0) }
        guard Set(names).count == names.count else {
            note("a name stands more than once", at: key)
            return nil
        }
        return names
    }
}
