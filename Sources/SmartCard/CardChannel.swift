/// A line to one card, lent to the body of ``CardReader/withCard(_:)`` and valid only inside it.
///
/// A channel is not `Sendable`: it lives on the reader's own thread, where ``transmit(_:)-(UnsafeRawBufferPointer)``
/// blocks.
public protocol CardChannel {
    /// The card's answer to reset, or nil if it could not be parsed.
    var answerToReset: AnswerToReset? { get }

    /// Makes one raw exchange with the card.
    ///
    /// `command` is only read during the call, and no copy of it outlives the call: the caller wipes commands that
    /// carry a PIN.
    ///
    /// - Parameter command: The command APDU, 4 bytes or more.
    /// - Returns: The answer with its status word at the end: 2 bytes or more, with 61xx and 6Cxx as the card gave
    ///   them.
    /// - Throws: ``SmartCardError`` when the card, the reader or the service fails; a status word is never an error
    ///   here.
    func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8]
}

extension CardChannel {
    /// Makes one raw exchange with the card.
    ///
    /// - Parameter command: The command APDU, 4 bytes or more.
    /// - Returns: The answer with its status word at the end.
    /// - Throws: ``SmartCardError`` when the card, the reader or the service fails.
    public func transmit(_ command: [UInt8]) throws(SmartCardError) -> [UInt8] {
        try command.withUnsafeBufferPointer { (buffer) throws(SmartCardError) -> [UInt8] in
            try transmit(UnsafeRawBufferPointer(buffer))
        }
    }
}
