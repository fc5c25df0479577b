import SmartCard

// Selection and records (PROTOCOLS.md 1.1 to 1.5).
extension VirtualCard {
    // MARK: - SELECT

    mutating func select(_ command: CardCommand) -> [UInt8] {
        switch (command.parameter1, command.parameter2) {
        case (0x04, 0x00):
            selectByName(command)
        case (0x00, 0x00), (0x00, 0x02), (0x02, 0x00), (0x02, 0x02):
            selectFile(command)
        case (0x00, _), (0x02, _), (0x04, _):
            answer(CardStatus.fileNotFound)
        default:
            answer(CardStatus.wrongParameters)
        }
    }

    private mutating func selectByName(_ command: CardCommand) -> [UInt8] {
        let name = Array(command.data)
        if name == CardFileSystem.environmentName, image.application == .socialSecurity {
            leaveEnvironment()
            isEnvironmentSelected = true
            return hand(over: fileSystem.environmentControlInformation)
        }
        if let answer = selectPayment(name) { return answer }
        if name == CardFileSystem.paymentName {
            leaveEnvironment()
            return hand(over: [0x6F, 0x10, 0x84, 0x0E] + CardFileSystem.paymentName)
        }
        return answer(CardStatus.fileNotFound)
    }

    private mutating func selectFile(_ command: CardCommand) -> [UInt8] {
        let identifier = Array(command.data)
        guard identifier.count == 2 else { return answer(CardStatus.wrongLength) }
        if identifier == [0x3F, 0x00] {
            leaveEnvironment()
            return hand(over: [0x6F, 0x10, 0x84, 0x0E] + CardFileSystem.paymentName)
        }
        guard isEnvironmentSelected, identifier[0] == 0xEF, fileSystem.files[identifier[1]] != nil else {
            return answer(CardStatus.fileNotFound)
        }
        currentFile = identifier[1]
        return answer(CardStatus.success)
    }

    // MARK: - READ RECORD

    mutating func readRecord(_ command: CardCommand) -> [UInt8] {
        if let paymentSelection { return readPaymentRecord(command, paymentSelection) }
        guard let expected = command.expectedLength, command.data.isEmpty else {
            return answer(CardStatus.wrongLength)
        }
        let shortIdentifier = command.parameter2 >> 3
        if shortIdentifier != 0 {
            guard isEnvironmentSelected, fileSystem.files[shortIdentifier] != nil else {
                return answer(CardStatus.fileNotFound)
            }
            currentFile = shortIdentifier
        }
        guard let identifier = currentFile, let file = fileSystem.files[identifier] else {
            return answer(CardStatus.noCurrentFile)
        }
        guard !file.isProtected || authenticatedKeys.contains(Self.holderKeyReference) else {
            return answer(CardStatus.securityNotSatisfied)
        }
        switch find(command, in: file, isHolderFile: identifier == CardFileSystem.holderFile) {
        case .bytes(let bytes):
            return deliver(bytes, expected: expected)
        case .all(let bytes):
            return answer(CardStatus.success, bytes.prefix(expected))
        case .refused(let status):
            return answer(status)
        }
    }

    private enum Lookup {
        case bytes([UInt8])
        case all([UInt8])
        case refused(UInt16)
    }

    private func find(_ command: CardCommand, in file: CardFileSystem.RecordFile, isHolderFile: Bool) -> Lookup {
        let key = command.parameter1
        switch command.parameter2 & 0x07 {
        case 0x00:
            if isHolderFile, has(.recordNumbersOnly) {
                return .refused(CardStatus.fileNotFound)
            }
            return lookUp(file.records.first { $0.tag == key })
        case 0x04:
            if has(.tagsOnly) {
                return .refused(CardStatus.recordNotFound)
            }
            let index = Int(key) - 1
            return lookUp(file.records.indices.contains(index) ? file.records[index] : nil)
        case 0x05:
            guard key >= 1, Int(key) <= file.records.count, !has(.tagsOnly) else {
                return .refused(CardStatus.recordNotFound)
            }
            let readable = file.records[(Int(key) - 1)...].filter { !$0.isMissing && $0.refusal == nil }
            return .all(readable.flatMap(\.bytes))
        default:
            return .refused(CardStatus.wrongParameters)
        }
    }

    private func lookUp(_ record: CardRecord?) -> Lookup {
        guard let record, !record.isMissing else { return .refused(CardStatus.recordNotFound) }
        if let refusal = record.refusal {
            return .refused(refusal)
        }
        return .bytes(record.bytes)
    }

    // MARK: - Handing data over

    /// Whether data is fetched by 61xx and 6Cxx: T=0 on contacts.
    private var usesGetResponse: Bool { interface == .contact && image.answerStyle == .getResponse }

    /// Answer to a command which sends data to the card and gets data back.
    mutating func hand(over data: [UInt8]) -> [UInt8] {
        guard usesGetResponse else { return answer(CardStatus.success, data) }
        pendingData = data
        return answer(CardStatus.available(data.count))
    }

    /// Answer to a command which only gets data back.
    mutating func deliver(_ record: [UInt8], expected: Int) -> [UInt8] {
        if has(.garbageAnswers) {
            return answer(CardStatus.success, random.bytes(Int(random.next() % 200)))
        }
        if has(.endless61) {
            pendingData = record
            return answer(CardStatus.available(record.count))
        }
        if expected == record.count {
            return answer(CardStatus.success, record)
        }
        if usesGetResponse || expected < record.count {
            return answer(CardStatus.correctLength(record.count))
        }
        return answer(CardStatus.success, record)
    }

    mutating func getResponse(_ command: CardCommand) -> [UInt8] {
        guard command.parameter1 == 0, command.parameter2 == 0 else {
            return answer(CardStatus.wrongParameters)
        }
        guard !pendingData.isEmpty else { return answer(CardStatus.conditionsNotSatisfied) }
        let expected = command.expectedLength ?? 256
        if has(.endless61) {
            return answer(CardStatus.available(pendingData.count), pendingData)
        }
        guard expected <= pendingData.count || expected == 256 else {
            return answer(CardStatus.correctLength(pendingData.count))
        }
        let part = pendingData.prefix(expected)
        pendingData.removeFirst(part.count)
        let status = pendingData.isEmpty ? CardStatus.success : CardStatus.available(pendingData.count)
        return answer(status, part)
    }

    // MARK: - GET CHALLENGE

    mutating func getChallenge(_ command: CardCommand) -> [UInt8] {
        guard command.parameter1 == 0, command.parameter2 == 0 else {
            return answer(CardStatus.wrongParameters)
        }
        guard let count = command.expectedLength, [4, 8, 16].contains(count) else {
            return answer(CardStatus.wrongLength)
        }
        challenge = random.bytes(count)
        return answer(CardStatus.success, challenge)
    }
}
