/// Status words that a virtual card answers with.
enum CardStatus: Sendable {
    static let success: UInt16 = 0x9000
    static let verificationFailed: UInt16 = 0x6300
    static let wrongLength: UInt16 = 0x6700
    static let wrongFileKind: UInt16 = 0x6981
    static let securityNotSatisfied: UInt16 = 0x6982
    static let authenticationBlocked: UInt16 = 0x6983
    static let conditionsNotSatisfied: UInt16 = 0x6985
    static let noCurrentFile: UInt16 = 0x6986
    static let codeWrong: UInt16 = 0x6988
    static let wrongData: UInt16 = 0x6A80
    static let functionNotSupported: UInt16 = 0x6A81
    static let fileNotFound: UInt16 = 0x6A82
    static let recordNotFound: UInt16 = 0x6A83
    static let wrongParameters: UInt16 = 0x6A86
    static let referenceNotFound: UInt16 = 0x6A88
    static let unknownInstruction: UInt16 = 0x6D00
    static let unknownClass: UInt16 = 0x6E00
    static let noDiagnosis: UInt16 = 0x6F00

    /// 63Cx.
    static func triesLeft(_ count: Int) -> UInt16 { 0x63C0 | UInt16(min(max(count, 0), 15)) }

    /// 61xx.
    static func available(_ count: Int) -> UInt16 { 0x6100 | UInt16(min(count, 256) & 0xFF) }

    /// 6Cxx.
    static func correctLength(_ count: Int) -> UInt16 { 0x6C00 | UInt16(min(count, 256) & 0xFF) }
}

/// Bytes of an answer: data and status word.
func answer(_ status: UInt16, _ data: some Collection<UInt8> = []) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(data.count + 2)
    bytes.append(contentsOf: data)
    bytes.append(UInt8(status >> 8))
    bytes.append(UInt8(status & 0xFF))
    return bytes
}
