/// Padding of ISO/IEC 7816-4: the byte 80, then zeros up to a whole block; always at least one byte.
public enum BlockPadding: Sendable {
    /// The first byte of the padding.
    public static let marker: UInt8 = 0x80

    /// The length of data with its padding.
    ///
    /// - Parameters:
    ///   - count: The number of bytes without padding.
    ///   - blockLength: The number of bytes of a block, above zero.
    /// - Returns: The next multiple of the block's length above `count`.
    public static func paddedLength(_ count: Int, blockLength: Int) -> Int {
        (count / blockLength + 1) * blockLength
    }

    /// Pads data.
    ///
    /// - Parameters:
    ///   - data: The data.
    ///   - blockLength: The number of bytes of a block, above zero.
    /// - Returns: Whole blocks.
    public static func padded(_ data: [UInt8], blockLength: Int) -> [UInt8] {
        let zeros = paddedLength(data.count, blockLength: blockLength) - data.count - 1
        return data + [marker] + [UInt8](repeating: 0, count: zeros)
    }

    /// Takes the padding off.
    ///
    /// - Parameter data: Padded data.
    /// - Returns: The data, or nil if it does not end with 80 and zeros.
    public static func unpadded(_ data: [UInt8]) -> [UInt8]? {
        guard let end = data.lastIndex(where: { $0 != 0 }), data[end] == marker else { return nil }
        return Array(data[..<end])
    }
}
