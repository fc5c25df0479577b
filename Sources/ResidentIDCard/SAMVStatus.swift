/// The three status bytes of a response: two of the document, one of the reader (PROTOCOLS.md 2.3).
public struct SAMVStatus: RawRepresentable, Hashable, Sendable {
    /// SW1 SW2 SW3 as one number, 0...0xFFFFFF.
    public let rawValue: UInt32

    /// Creates from a number.
    ///
    /// - Parameter rawValue: SW1 SW2 SW3; bits above 24 are dropped.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue & 0xFF_FFFF
    }

    /// Creates from the three bytes.
    ///
    /// - Parameters:
    ///   - sw1: The first byte of the document's answer.
    ///   - sw2: The second byte of the document's answer.
    ///   - sw3: The byte of the reader.
    public init(_ sw1: UInt8, _ sw2: UInt8, _ sw3: UInt8) {
        self.init(rawValue: UInt32(sw1) << 16 | UInt32(sw2) << 8 | UInt32(sw3))
    }

    /// The bytes of the document, SW1 and SW2.
    public var documentStatus: UInt16 { UInt16(truncatingIfNeeded: rawValue >> 8) }

    /// The byte of the reader, SW3.
    public var readerStatus: UInt8 { UInt8(truncatingIfNeeded: rawValue) }

    /// 00 00 90.
    public static let success = SAMVStatus(0x00, 0x00, 0x90)
    /// 00 00 9F.
    public static let documentFound = SAMVStatus(0x00, 0x00, 0x9F)
}

extension SAMVStatus {
    /// What a status means.
    public enum Meaning: String, Hashable, Sendable, CaseIterable {
        /// 00 00 90.
        case success = "success"
        /// 00 00 9F: the answer to find.
        case documentFound = "document found"
        /// 00 00 10: the reader got a request with a wrong checksum.
        case requestChecksumWrong = "wrong checksum of the request"
        /// 00 00 11: the reader got a request with a wrong length.
        case requestLengthWrong = "wrong length of the request"
        /// 00 00 21: the reader does not know the command.
        case commandUnknown = "unknown command"
        /// 00 00 24: the reader says no more.
        case unspecifiedError = "unspecified error"
        /// xx xx 31: the security module does not accept the document.
        case documentAuthenticationFailed = "security module does not accept the document"
        /// 00 00 32: the document does not accept the security module.
        case moduleAuthenticationFailed = "document does not accept the security module"
        /// 00 00 33: the signature over the data does not fit.
        case verificationFailed = "data of the document do not verify"
        /// 00 00 40: a card of another kind.
        case wrongDocumentKind = "card of another kind"
        /// xx xx 41: the document did not give its data.
        case readFailed = "read failed"
        /// xx xx 47: the document gave no random number.
        case challengeFailed = "no random number from the document"
        /// 00 00 60: the security module is broken.
        case selfTestFailed = "self test of the security module failed"
        /// 00 00 66: the security module was not released for use.
        case notAuthorised = "security module not authorised"
        /// 00 00 80: no document.
        case findFailed = "no document found"
        /// xx xx 81: the document could not be selected.
        case selectFailed = "document could not be selected"
        /// 00 00 91: the document has no such content.
        case noContent = "no such content"
        /// Any other status.
        case unknown = "unknown status"
    }

    /// What the status means; ``Meaning/unknown`` if no list has it.
    public var meaning: Meaning {
        switch (documentStatus, readerStatus) {
        case (0, 0x90): .success
        case (0, 0x9F): .documentFound
        case (0, 0x10): .requestChecksumWrong
        case (0, 0x11): .requestLengthWrong
        case (0, 0x21): .commandUnknown
        case (0, 0x24): .unspecifiedError
        case (_, 0x31): .documentAuthenticationFailed
        case (0, 0x32): .moduleAuthenticationFailed
        case (0, 0x33): .verificationFailed
        case (0, 0x40): .wrongDocumentKind
        case (_, 0x41): .readFailed
        case (_, 0x47): .challengeFailed
        case (0, 0x60): .selfTestFailed
        case (0, 0x66): .notAuthorised
        case (0, 0x80): .findFailed
        case (_, 0x81): .selectFailed
        case (0, 0x91): .noContent
        default: .unknown
        }
    }
}

extension SAMVStatus: CustomStringConvertible {
    /// The three bytes in hexadecimal, such as `00 00 90`.
    public var description: String {
        [rawValue >> 16, rawValue >> 8, rawValue].map { byte in
            let digits = String(byte & 0xFF, radix: 16, uppercase: true)
            return digits.utf8.count == 1 ? "0\(digits)" : digits
        }.joined(separator: " ")
    }
}
