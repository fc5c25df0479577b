// PIN (PROTOCOLS.md 1.7).
extension VirtualCard {
    /// Bytes of a packed PIN: 4 to 16 digits.
    static let packedLengths = 2...8

    mutating func verify(_ command: CardCommand) -> [UInt8] {
        guard image.application == .socialSecurity, isEnvironmentSelected else {
            return answer(CardStatus.conditionsNotSatisfied)
        }
        guard command.parameter1 == 0, command.parameter2 == 0 else {
            return answer(CardStatus.wrongParameters)
        }
        guard !command.data.isEmpty else {
            return has(.emptyVerifyCostsTry) ? refusePIN() : answer(CardStatus.wrongLength)
        }
        guard Self.packedLengths.contains(command.data.count) else { return answer(CardStatus.wrongLength) }
        return check(command.data) ?? answer(CardStatus.success)
    }

    mutating func changePIN(_ command: CardCommand) -> [UInt8] {
        guard image.application == .socialSecurity, isEnvironmentSelected else {
            return answer(CardStatus.conditionsNotSatisfied)
        }
        guard command.parameter1 == 0x01, command.parameter2 == 0x00 else {
            return answer(CardStatus.wrongParameters)
        }
        // Old PIN, FF, new PIN. Packed digits never contain FF, since an odd last digit is filled with one F only.
        guard let separator = command.data.firstIndex(of: 0xFF) else { return answer(CardStatus.wrongData) }
        let old = command.data[..<separator]
        let new = command.data[(separator + 1)...]
        guard Self.packedLengths.contains(old.count), Self.packedLengths.contains(new.count),
            Self.isPackedPIN(new)
        else {
            return answer(CardStatus.wrongLength)
        }
        if let refusal = check(old) {
            return refusal
        }
        pin = Array(new)
        return answer(CardStatus.success)
    }

    /// Compares a PIN and keeps the count of tries.
    ///
    /// - Returns: nil if it is right, otherwise the refusal.
    private mutating func check(_ candidate: ArraySlice<UInt8>) -> [UInt8]? {
        if has(.anyPINAccepted) {
            isPINVerified = true
            return nil
        }
        guard triesLeft > 0 else { return answer(CardStatus.authenticationBlocked) }
        guard candidate.elementsEqual(pin) else { return refusePIN() }
        triesLeft = image.triesMaximum
        isPINVerified = true
        return nil
    }

    private mutating func refusePIN() -> [UInt8] {
        guard triesLeft > 0 else { return answer(CardStatus.authenticationBlocked) }
        triesLeft -= 1
        isPINVerified = false
        return answer(has(.triesHidden) ? CardStatus.verificationFailed : CardStatus.triesLeft(triesLeft))
    }

    static func isPackedPIN(_ bytes: ArraySlice<UInt8>) -> Bool {
        for (offset, byte) in bytes.enumerated() {
            let low = byte & 0x0F
            let isLast = offset == bytes.count - 1
            guard byte >> 4 <= 9, low <= 9 || (isLast && low == 0x0F) else { return false }
        }
        return true
    }
}
