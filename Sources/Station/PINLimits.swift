/// Bounds of a PIN (PROTOCOLS.md 1.7).
package enum PINLimits {
    /// Digits of a PIN.
    package static let digits = 4...16
}
