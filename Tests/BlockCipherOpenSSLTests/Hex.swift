/// Bytes from hexadecimal text; spaces are for the eye, and anything else is a mistake in the test.
func hex(_ fields: String...) -> [UInt8] {
    let digits = fields.joined().filter { $0 != " " }.compactMap(\.hexDigitValue)
    precondition(digits.count.isMultiple(of: 2))
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}
