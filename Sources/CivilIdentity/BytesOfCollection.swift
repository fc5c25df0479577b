/// Lends the first bytes of a collection as a buffer, so that the parsers are compiled once and for buffers.
///
/// - Parameters:
///   - bytes: any collection; the usual ones lend their own storage.
///   - limit: how many bytes the parser can use; one more is lent, so that it sees that there are more.
///   - body: gets the buffer, which is valid during the call only.
/// - Returns: what the body returns.
func withBytes<Result>(
    _ bytes: some Collection<UInt8>,
    limit: Int,
    _ body: (UnsafeBufferPointer<UInt8>) -> Result
) -> Result {
    bytes.withContiguousStorageIfAvailable(body) ?? Array(bytes.prefix(limit + 1)).withUnsafeBufferPointer(body)
}
