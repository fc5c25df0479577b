import BlockCipher
import SmartCard

// Authentication of card and terminal, and the commands that need it (PROTOCOLS.md 1.7 and 1.8).
extension VirtualCard {
    /// Failed authentications until a key is blocked.
    static let keyTriesMaximum = 3

    /// The key behind a reference of EXTERNAL AUTHENTICATE.
    private func purpose(_ reference: UInt8) -> SimulatedKeys.Purpose? {
        switch reference {
        case Self.holderKeyReference: image.generation == 3 ? .holder : nil
        case Self.pinKeyReference: .pinUnlock
        default: nil
        }
    }

    private var keys: SimulatedKeys? {
        guard let cipher, let algorithm = (image.cipher ?? .tripleDES).algorithm else { return nil }
        let foreign = has(.foreignKeys) ? Set(SimulatedKeys.Purpose.allCases) : []
        return SimulatedKeys(cipher: cipher, algorithm: algorithm, foreign: foreign)
    }

    /// The factors as a terminal sees them: the last 8 historical bytes, and the city at the start of the
    /// identification code.
    private var factors: [[UInt8]]? {
        guard let answer = try? AnswerToReset(bytes: contentOfAnswerToReset), answer.historicalBytes.count >= 8 else {
            return nil
        }
        let city = image.identificationCode.prefix(3).flatMap { [0x30 + ($0 >> 4), 0x30 + ($0 & 0x0F)] }
        return [Array(answer.historicalBytes.suffix(8)), city + Array("sx".utf8)]
    }

    mutating func internalAuthenticate(_ command: CardCommand) -> [UInt8] {
        guard isEnvironmentSelected else { return answer(CardStatus.conditionsNotSatisfied) }
        guard command.parameter1 == 0, command.parameter2 == 0 else { return answer(CardStatus.referenceNotFound) }
        guard command.data.count == 16 else { return answer(CardStatus.wrongLength) }
        guard let keys, let factors else { return answer(CardStatus.functionNotSupported) }
        let (process, source) = (Array(command.data.prefix(8)), Array(command.data.suffix(8)))
        guard let result = try? keys.result(.internalAuthentication, factors, process: process, source: source) else {
            return answer(CardStatus.noDiagnosis)
        }
        return hand(over: result)
    }

    mutating func externalAuthenticate(_ command: CardCommand, _ challenge: [UInt8]) -> [UInt8] {
        guard isEnvironmentSelected else { return answer(CardStatus.conditionsNotSatisfied) }
        let reference = command.parameter2
        guard command.parameter1 == 0, let purpose = purpose(reference) else {
            return answer(CardStatus.referenceNotFound)
        }
        guard command.data.count == 16 else { return answer(CardStatus.wrongLength) }
        if has(.anyAuthenticationAccepted) {
            authenticatedKeys.insert(reference)
            return answer(CardStatus.success)
        }
        guard challenge.count == 8 else { return answer(CardStatus.conditionsNotSatisfied) }
        guard let keys, let factors else { return answer(CardStatus.functionNotSupported) }
        let triesLeft = keyTries[reference] ?? Self.keyTriesMaximum
        guard triesLeft > 0 else { return answer(CardStatus.authenticationBlocked) }
        let source = Array(command.data.suffix(8))
        guard let result = try? keys.result(purpose, factors, process: challenge, source: source) else {
            return answer(CardStatus.noDiagnosis)
        }
        guard command.data.prefix(8).elementsEqual(result) else {
            keyTries[reference] = triesLeft - 1
            authenticatedKeys.remove(reference)
            return answer(CardStatus.triesLeft(triesLeft - 1))
        }
        keyTries[reference] = Self.keyTriesMaximum
        authenticatedKeys.insert(reference)
        return answer(CardStatus.success)
    }

    /// PIN UNBLOCK and PIN RELOAD, class 84: the data ends with 4 bytes of authentication code.
    mutating func resetPIN(_ command: CardCommand, _ challenge: [UInt8]) -> [UInt8] {
        guard isEnvironmentSelected, authenticatedKeys.contains(Self.pinKeyReference) else {
            return answer(CardStatus.securityNotSatisfied)
        }
        guard command.parameter1 == 0, command.parameter2 <= 1 else { return answer(CardStatus.wrongParameters) }
        guard let keys, let factors else { return answer(CardStatus.functionNotSupported) }
        let blockLength = keys.algorithm.blockLength
        let cipherText = Array(command.data.dropLast(4))
        guard command.data.count >= 4, cipherText.count.isMultiple(of: blockLength),
            cipherText.isEmpty == (command.parameter2 == 0)
        else { return answer(CardStatus.wrongLength) }
        let header = [command.classByte, command.instruction, 0, command.parameter2, UInt8(command.data.count)]
        let random = has(.codeOverChallenge) ? challenge : []
        guard random.count <= blockLength else { return answer(CardStatus.conditionsNotSatisfied) }
        let code = try? keys.authenticationCode(
            .pinSeal,
            factors,
            initialVector: random + [UInt8](repeating: 0, count: blockLength - random.count),
            BlockPadding.padded(header + cipherText, blockLength: blockLength)
        )
        guard let code, command.data.suffix(4).elementsEqual(code.prefix(4)) else {
            authenticatedKeys.remove(Self.pinKeyReference)
            return answer(CardStatus.codeWrong)
        }
        if command.parameter2 == 1 {
            guard let block = try? keys.decrypt(.pinSeal, factors, cipherText), let new = Self.pin(inBlock: block)
            else {
                return answer(CardStatus.wrongData)
            }
            pin = new
        }
        triesLeft = image.triesMaximum
        return answer(CardStatus.success)
    }

    /// Number of bytes, packed digits, padding.
    private static func pin(inBlock block: [UInt8]) -> [UInt8]? {
        guard let content = BlockPadding.unpadded(block), let count = content.first, content.count == Int(count) + 1,
            packedLengths.contains(Int(count)), isPackedPIN(content.dropFirst())
        else { return nil }
        return Array(content.dropFirst())
    }
}
