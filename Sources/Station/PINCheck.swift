package import CivilIdentity
package import SmartCard
import SocialCard

/// Sends a PIN to a card, and only to the card that was read.
package struct PINCheck: Sendable {
    private let assessor: CardAssessor

    /// - Parameter assessor: knows the card again, and assesses its holder anew.
    package init(assessor: CardAssessor) {
        self.assessor = assessor
    }

    private enum Answer: Sendable {
        case accepted(SocialCardData)
        case wrong(triesLeft: Int?)
        case blocked
    }

    /// Reads the card's identification code, sends VERIFY only if it is the expected card, and reads the files again.
    ///
    /// The tries left must be unknown in the journal before this is called: VERIFY may use one up and its answer be lost.
    ///
    /// - Parameters:
    ///   - pin: the digits, of this check alone; wiped when it ends. If they are wiped before, VERIFY is not sent.
    ///   - reader: where the card lies.
    ///   - expected: the card that was read.
    /// - Returns: what the card said.
    /// - Throws: `identity.card-mismatch` for another card; what reading, VERIFY and assessing throw. It is unknown then
    ///   whether a try was used.
    package func verify(
        _ pin: any PINBuffer,
        on reader: any CardReader,
        expecting expected: CardKey
    ) async throws -> PINOutcome {
        defer { pin.wipe() }
        let assessor = assessor
        let answer = try await reader.withCard { channel -> Answer in
            let code = try SocialCard.readIdentificationCode(channel)
            guard assessor.key(of: code) == expected else { throw IdentityCode.cardMismatch }
            switch try SocialCard.verifyPIN(channel, pin: pin) {
            case .accepted: return .accepted(try SocialCard.read(channel))
            case .wrong(let triesLeft): return .wrong(triesLeft: triesLeft)
            case .blocked: return .blocked
            }
        }
        switch answer {
        case .accepted(let card): return .accepted(try await assess(card, on: reader, expecting: expected))
        case .wrong(let triesLeft): return .wrong(triesLeft: triesLeft)
        case .blocked: return .blocked
        }
    }

    /// A card whose holder's file is closed is opened anew: it must be the same one still.
    private func assess(
        _ card: SocialCardData,
        on reader: any CardReader,
        expecting expected: CardKey
    ) async throws -> CardAssessment {
        guard card.generation == .third else { return try await assessor.assess(card, pinAccepted: true) }
        let opened = try await assessor.read(reader)
        guard let code = opened.identificationCode, assessor.key(of: code) == expected else {
            throw IdentityCode.cardMismatch
        }
        return try await assessor.assess(opened, pinAccepted: true)
    }
}
