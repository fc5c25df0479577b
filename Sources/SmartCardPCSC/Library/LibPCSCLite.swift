import CPCSCLite

/// The real libpcsclite, linked dynamically because client and service must speak the same protocol version.
struct LibPCSCLite: PCSCLibrary {
    /// Room for the names of the 16 readers that pcscd allows before version 2.5, with reserve; more is asked for when needed.
    private static let listSize = 8 * 1024

    /// The most that a list of readers may need: 500 names of 128 bytes; a longer answer is a broken service.
    private static let largestList = 64 * 1024

    /// The longest answer to reset (ISO 7816-3, 8.2.1).
    private static let longestAnswerToReset = 33

    func establish() -> (returned: PCSCReturnCode, context: PCSCContextHandle) {
        var context: SCARDCONTEXT = 0
        let result = unsafe SCardEstablishContext(DWORD(SCARD_SCOPE_SYSTEM), nil, nil, &context)
        return (PCSCReturnCode(result), PCSCContextHandle(rawValue: context))
    }

    func release(_ context: PCSCContextHandle) {
        // After a restart of the service this answers NO_SERVICE and frees the context all the same.
        _ = SCardReleaseContext(context.rawValue)
    }

    func cancel(_ context: PCSCContextHandle) -> PCSCReturnCode {
        PCSCReturnCode(SCardCancel(context.rawValue))
    }

    func listReaders(_ context: PCSCContextHandle) -> (returned: PCSCReturnCode, names: [String]) {
        var size = Self.listSize
        while true {
            var length = DWORD(size)
            var buffer = [CChar](repeating: 0, count: size)
            let result = unsafe SCardListReaders(context.rawValue, nil, &buffer, &length)
            let returned = PCSCReturnCode(result)
            if returned == .insufficientBuffer, length > DWORD(size), length <= DWORD(Self.largestList) {
                size = Int(length)
                continue
            }
            guard returned == .success else { return (returned, []) }
            return (returned, Self.names(in: buffer.prefix(Int(min(length, DWORD(size))))))
        }
    }

    /// The names of a multi-string; a name that is not UTF-8 is left out, as it could not be given back.
    private static func names(in list: ArraySlice<CChar>) -> [String] {
        list.split(separator: 0).compactMap { name in
            String(validating: name.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    func waitForChange(
        _ context: PCSCContextHandle,
        milliseconds: UInt32,
        readers: inout [PCSCWatchedReader]
    ) -> PCSCReturnCode {
        // All names stand in one array, each with its zero at the end, and live as long as the call.
        let names = readers.map { $0.name.utf8CString }
        let characters = names.flatMap { $0 }
        var states = unsafe [SCARD_READERSTATE](repeating: SCARD_READERSTATE(), count: readers.count)
        let result = unsafe characters.withUnsafeBufferPointer { characters in
            var offset = 0
            for index in readers.indices {
                unsafe states[index].szReader = characters.baseAddress?.advanced(by: offset)
                unsafe states[index].dwCurrentState = DWORD(readers[index].known.rawValue)
                offset += names[index].count
            }
            return unsafe SCardGetStatusChange(
                context.rawValue,
                DWORD(milliseconds),
                &states,
                DWORD(states.count)
            )
        }
        for index in readers.indices {
            let state = unsafe states[index]
            readers[index].event = PCSCReaderState(
                rawValue: UInt32(truncatingIfNeeded: unsafe state.dwEventState)
            )
            let length = Int(min(unsafe state.cbAtr, DWORD(Self.longestAnswerToReset)))
            readers[index].answerToReset = unsafe withUnsafeBytes(of: state.rgbAtr) { unsafe Array($0.prefix(length)) }
        }
        return PCSCReturnCode(result)
    }

    func connect(
        _ context: PCSCContextHandle,
        reader: String
    ) -> (returned: PCSCReturnCode, card: PCSCCardHandle, protocolNumber: UInt) {
        var card: SCARDHANDLE = 0
        var protocolNumber: DWORD = 0
        let result = unsafe SCardConnect(
            context.rawValue,
            reader,
            DWORD(SCARD_SHARE_SHARED),
            DWORD(SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1),
            &card,
            &protocolNumber
        )
        return (PCSCReturnCode(result), PCSCCardHandle(rawValue: card), protocolNumber)
    }

    func reconnect(_ card: PCSCCardHandle) -> (returned: PCSCReturnCode, protocolNumber: UInt) {
        var protocolNumber: DWORD = 0
        let result = unsafe SCardReconnect(
            card.rawValue,
            DWORD(SCARD_SHARE_SHARED),
            DWORD(SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1),
            DWORD(SCARD_LEAVE_CARD),
            &protocolNumber
        )
        return (PCSCReturnCode(result), protocolNumber)
    }

    func disconnect(_ card: PCSCCardHandle) -> PCSCReturnCode {
        PCSCReturnCode(SCardDisconnect(card.rawValue, DWORD(SCARD_LEAVE_CARD)))
    }

    func beginTransaction(_ card: PCSCCardHandle) -> PCSCReturnCode {
        PCSCReturnCode(SCardBeginTransaction(card.rawValue))
    }

    func endTransaction(_ card: PCSCCardHandle) -> PCSCReturnCode {
        PCSCReturnCode(SCardEndTransaction(card.rawValue, DWORD(SCARD_LEAVE_CARD)))
    }

    func transmit(
        _ card: PCSCCardHandle,
        protocolNumber: UInt,
        command: UnsafeRawBufferPointer,
        response: UnsafeMutableRawBufferPointer,
        count: inout Int
    ) -> PCSCReturnCode {
        var length = DWORD(response.count)
        let result = unsafe SCardTransmit(
            card.rawValue,
            CPCSCLite_pci(protocolNumber),
            command.baseAddress?.assumingMemoryBound(to: UInt8.self),
            DWORD(command.count),
            nil,
            response.baseAddress?.assumingMemoryBound(to: UInt8.self),
            &length
        )
        count = Int(min(length, DWORD(response.count)))
        return PCSCReturnCode(result)
    }

    func answerToReset(_ card: PCSCCardHandle) -> (returned: PCSCReturnCode, bytes: [UInt8]) {
        var bytes = [UInt8](repeating: 0, count: Self.longestAnswerToReset)
        var length = DWORD(bytes.count)
        let result = unsafe SCardGetAttrib(card.rawValue, CPCSCLite_answerToResetAttribute(), &bytes, &length)
        if PCSCReturnCode(result) == .success { return (.success, Array(bytes.prefix(Int(length)))) }
        // Not every driver knows the attribute. The status has the bytes too; it comes second because the library before 2.0
        // keeps one table of readers for all threads, which this call writes.
        length = DWORD(bytes.count)
        let returned = PCSCReturnCode(unsafe SCardStatus(card.rawValue, nil, nil, nil, nil, &bytes, &length))
        return (returned, returned == .success ? Array(bytes.prefix(Int(length))) : [])
    }
}
