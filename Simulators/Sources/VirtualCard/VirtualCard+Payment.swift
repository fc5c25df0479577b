import SmartCard

// The financial application (PROTOCOLS.md 5): what it gives to everybody, and nothing else.
extension VirtualCard {
    /// SELECT of one of its names; nil if the name is none of them.
    mutating func selectPayment(_ name: [UInt8]) -> [UInt8]? {
        guard let payment else { return nil }
        let selection: (PaymentFileSystem.Selection, [UInt8])
        switch name {
        case CardFileSystem.paymentName: selection = (.directory, payment.directoryInformation)
        case PaymentFileSystem.contactlessName where interface == .contactless:
            selection = (.directory, payment.contactlessInformation)
        case PaymentFileSystem.application: selection = (.application, payment.applicationInformation)
        default: return nil
        }
        leaveEnvironment()
        paymentSelection = selection.0
        return hand(over: selection.1)
    }

    /// READ RECORD by number and short identifier.
    mutating func readPaymentRecord(_ command: CardCommand, _ selection: PaymentFileSystem.Selection) -> [UInt8] {
        guard let payment, let expected = command.expectedLength, command.data.isEmpty else {
            return answer(CardStatus.wrongLength)
        }
        guard command.parameter2 & 0x07 == 0x04 else { return answer(CardStatus.wrongParameters) }
        let files = selection == .directory ? payment.directory : payment.files
        guard let records = files[command.parameter2 >> 3] else { return answer(CardStatus.fileNotFound) }
        let index = Int(command.parameter1) - 1
        guard records.indices.contains(index) else { return answer(CardStatus.recordNotFound) }
        return deliver(records[index], expected: expected)
    }

    mutating func getData(_ command: CardCommand) -> [UInt8] {
        guard paymentSelection == .application, let payment else { return answer(CardStatus.conditionsNotSatisfied) }
        guard let expected = command.expectedLength else { return answer(CardStatus.wrongLength) }
        let tag = UInt16(command.parameter1) << 8 | UInt16(command.parameter2)
        guard let data = payment.data[tag] else { return answer(CardStatus.referenceNotFound) }
        return deliver(data, expected: expected)
    }
}
