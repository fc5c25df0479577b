/// A PIN that somebody entered, in memory that its owner locks and wipes.
public protocol PINDigits {
    /// The number of digits.
    var count: Int { get }

    /// Lends the digits to `body` as ASCII bytes; neither they nor a copy may outlive it.
    ///
    /// - Parameter body: What is done with the digits.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws.
    func withDigits<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result
}
