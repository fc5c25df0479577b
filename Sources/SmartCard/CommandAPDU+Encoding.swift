extension CommandAPDU {
    /// Whether Lc and Le take the extended form: more than 255 data bytes, or more than 256 wanted.
    public var isExtended: Bool { data.count > 255 || (expectedLength ?? 0) > 256 }

    /// The number of bytes of the encoded command.
    public var encodedLength: Int {
        let header = 4
        guard isExtended else {
            return header + (data.isEmpty ? 0 : 1 + data.count) + (expectedLength == nil ? 0 : 1)
        }
        // The zero byte that tells the extended form stands once, before Lc, or before Le if there is no Lc.
        return header + 1 + (data.isEmpty ? 0 : 2 + data.count) + (expectedLength == nil ? 0 : 2)
    }

    /// The encoded command, in the short form where that is possible.
    public var bytes: [UInt8] {
        let count = encodedLength
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialised in
            encode(into: UnsafeMutableRawBufferPointer(buffer))
            initialised = count
        }
    }

    /// Encodes the command into memory on the stack and lends it to `body`: no array is made.
    func withEncodedBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws(SmartCardError) -> Result
    ) throws(SmartCardError) -> Result {
        let count = encodedLength
        return try withUnsafeTemporaryAllocation(byteCount: count, alignment: 1) {
            (buffer: UnsafeMutableRawBufferPointer) throws(SmartCardError) -> Result in
            let command = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
            encode(into: command)
            return try body(UnsafeRawBufferPointer(command))
        }
    }

    /// Writes the command into `buffer`, which has exactly ``encodedLength`` bytes.
    private func encode(into buffer: UnsafeMutableRawBufferPointer) {
        buffer[0] = cla
        buffer[1] = ins
        buffer[2] = p1
        buffer[3] = p2
        var end = 4
        let extended = isExtended
        if extended {
            buffer[end] = 0
            end += 1
        }
        if !data.isEmpty {
            if extended {
                buffer[end] = UInt8(truncatingIfNeeded: data.count >> 8)
                end += 1
            }
            buffer[end] = UInt8(truncatingIfNeeded: data.count)
            end += 1
            UnsafeMutableRawBufferPointer(rebasing: buffer[end...]).copyBytes(from: data)
            end += data.count
        }
        if let expectedLength {
            if extended {
                buffer[end] = UInt8(truncatingIfNeeded: expectedLength >> 8)
                end += 1
            }
            // 256 and 65,536 become 0.
            buffer[end] = UInt8(truncatingIfNeeded: expectedLength)
        }
    }
}
