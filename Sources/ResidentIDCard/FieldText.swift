/// A field of a document: UTF-16, low byte first, filled at its end with spaces (PROTOCOLS.md 2.5), or as some
/// documents have it with zeros.
enum FieldText: Equatable {
    /// Nothing but filling.
    case blank
    /// A text without filling and without control characters.
    case text(String)
    /// No text: half a character, or a code that stands for no character or for an invisible one.
    case unreadable

    /// Decodes a field.
    ///
    /// - Parameter bytes: An even number; every field of a layout has one.
    init(_ bytes: ArraySlice<UInt8>) {
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for index in stride(from: bytes.startIndex, to: bytes.endIndex - 1, by: 2) {
            units.append(UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8)
        }
        guard let first = units.firstIndex(where: { $0 != 0x20 }),
            let last = units.lastIndex(where: { $0 != 0x20 && $0 != 0 })
        else {
            self = .blank
            return
        }
        guard let text = String(validating: units[first...last], as: UTF16.self),
            text.unicodeScalars.allSatisfy(Self.isVisible)
        else {
            self = .unreadable
            return
        }
        self = .text(text)
    }

    /// Whether a scalar stands for a character that can be shown: no control or formatting character, which could turn
    /// a line of the screen round, and none of the codes that stand for nothing.
    private static func isVisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0x3400...0x4DBF, 0x4E00...0x9FFF: return true
        case 0xFFFD, 0xFDD0...0xFDEF: return false
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return false
        default: return scalar.value & 0xFFFE != 0xFFFE
        }
    }
}
