import CivilIdentity
import SmartCard
import SocialCard

/// Sends the entered PIN to the card, and only to the card that was read.
struct PINCheck: Sendable {
    let services: ServicePointController.Services

    private enum Answer: Sendable {
        case otherCard
        case verified(PINVerification, SocialCardData?)
    }

    /// Reads the card's identification code, sends VERIFY only if it is the expected card, and reads the files again.
    func verify(on reader: ReaderName, expecting expected: CardKey) async -> PINOutcome {
        let assessor = services.assessor
        let pin = services.pin
        do {
            let answer = try await services.reader(reader).withCard { channel -> Answer in
                let code = try SocialCard.readIdentificationCode(channel)
                guard assessor.key(of: code) == expected else { return .otherCard }
                let verification = try SocialCard.verifyPIN(channel, pin: pin)
                guard case .accepted = verification else { return .verified(verification, nil) }
                return .verified(verification, try SocialCard.read(channel))
            }
            return try await outcome(answer)
        } catch {
            return .failed(code: FailureCode.of(error))
        }
    }

    private func outcome(_ answer: Answer) async throws -> PINOutcome {
        switch answer {
        case .otherCard: .failed(code: IdentityCode.cardMismatch.rawValue)
        case .verified(.wrong(let triesLeft), _): .wrong(triesLeft: triesLeft)
        case .verified(.blocked, _): .blocked
        case .verified(.accepted, let card?): .accepted(try await services.assessor.assess(card, pinAccepted: true))
        case .verified(.accepted, nil): .failed(code: IdentityCode.recordIncomplete.rawValue)
        }
    }
}
