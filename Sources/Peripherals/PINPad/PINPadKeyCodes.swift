/// Which byte a serial PIN pad sends for which key: the values of a device profile.
public struct PINPadKeyCodes: Hashable, Sendable {
    /// The bytes for 0 to 9.
    public let digits: [UInt8]
    /// The byte for Enter.
    public let enter: UInt8
    /// The byte for Cancel.
    public let cancel: UInt8
    /// The byte for Clear.
    public let clear: UInt8

    /// Makes key codes.
    ///
    /// - Parameters:
    ///   - digits: The bytes for 0 to 9; ASCII on most models.
    ///   - enter: The byte for Enter.
    ///   - cancel: The byte for Cancel.
    ///   - clear: The byte for Clear.
    /// - Throws: ``PeripheralError`` with `pinpad.profile` unless there are ten digits and all bytes differ.
    public init(
        digits: [UInt8] = Array("0123456789".utf8),
        enter: UInt8,
        cancel: UInt8,
        clear: UInt8
    ) throws(PeripheralError) {
        guard digits.count == 10, Set(digits + [enter, cancel, clear]).count == 13 else {
            throw PeripheralError(.pinpadProfile, "ten digits and three keys have codes of their own")
        }
        self.digits = digits
        self.enter = enter
        self.cancel = cancel
        self.clear = clear
    }

    /// The key of a byte.
    ///
    /// - Parameter byte: What the PIN pad sent.
    /// - Returns: Nil for a byte that stands for no key.
    public func key(_ byte: UInt8) -> PINPadKey? {
        switch byte {
        case enter: return .enter
        case cancel: return .cancel
        case clear: return .clear
        default:
            guard let digit = digits.firstIndex(of: byte) else { return nil }
            return .digit(0x30 + UInt8(digit))
        }
    }
}
