/// What a card is for.
public enum CardApplication: String, Hashable, Sendable, CaseIterable {
    /// A social-security card.
    case socialSecurity = "social-security"
    /// A bank card without a social-security application: SELECT SSSE is answered with 6A82.
    case bank
}

/// How a contact card hands out data.
public enum AnswerStyle: String, Hashable, Sendable, CaseIterable {
    /// As T=0 does: 61xx and GET RESPONSE after SELECT, 6Cxx when Le does not fit.
    case getResponse = "get-response"
    /// Data at once; Le 00 gives all.
    case direct
}

/// The algorithm environment told in the FCI (tag 9F0C, PROTOCOLS.md 1.1).
public enum CardCipher: String, Hashable, Sendable, CaseIterable {
    /// Triple DES.
    case tripleDES = "3des"
    /// SSF33.
    case ssf33
    /// SM4.
    case sm4

    /// Value of the byte behind `9F 0C 03 86 01`.
    public var environment: UInt8 {
        switch self {
        case .tripleDES: 0x01
        case .ssf33: 0x02
        case .sm4: 0x03
        }
    }
}
