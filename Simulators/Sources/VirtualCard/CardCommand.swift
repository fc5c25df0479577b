/// A command as a card sees it: parsed here on its own, so that a mistake of the house's encoder is met by another
/// reading of ISO 7816-3.
struct CardCommand: Sendable {
    var classByte: UInt8
    var instruction: UInt8
    var parameter1: UInt8
    var parameter2: UInt8
    var data: ArraySlice<UInt8>
    /// Expected length 1...256, nil if no Le was sent.
    var expectedLength: Int?

    /// Parses a short command; extended length is refused, as these cards do.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 4, bytes.count <= 4 + 1 + 255 + 1 else { return nil }
        classByte = bytes[0]
        instruction = bytes[1]
        parameter1 = bytes[2]
        parameter2 = bytes[3]
        data = []
        expectedLength = nil
        switch bytes.count {
        case 4:
            return
        case 5:
            expectedLength = Self.length(bytes[4])
        default:
            let count = Int(bytes[4])
            let end = 5 + count
            guard count > 0, bytes.count == end || bytes.count == end + 1 else { return nil }
            data = bytes[5..<end]
            expectedLength = bytes.count == end ? nil : Self.length(bytes[end])
        }
    }

    private static func length(_ byte: UInt8) -> Int { byte == 0 ? 256 : Int(byte) }
}
