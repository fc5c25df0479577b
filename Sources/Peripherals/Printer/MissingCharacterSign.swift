/// What is printed for a character that a printer lacks; both fill the two columns of the character.
public enum MissingCharacterSign: String, Sendable, CaseIterable {
    /// 〓, which every printer with GB 2312 has.
    case geta
    /// `??`.
    case questionMarks = "question-marks"

    /// The bytes for the printer.
    var bytes: [UInt8] {
        switch self {
        case .geta: [0xA1, 0xFE]
        case .questionMarks: [0x3F, 0x3F]
        }
    }
}
