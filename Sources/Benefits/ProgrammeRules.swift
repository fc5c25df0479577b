/// What the policy says about one programme.
public struct ProgrammeRules: Hashable, Sendable {
    /// The day of the month on which it is paid, 1...31.
    public var payDay: Known<Int>
    /// The age in years from which a person is entitled; nil for a programme that does not depend on age.
    public var minimumAge: Known<Int>?

    /// Nothing is known.
    public static let unknown = ProgrammeRules(payDay: .unknown, minimumAge: nil)

    /// Creates rules.
    public init(payDay: Known<Int>, minimumAge: Known<Int>? = nil) {
        self.payDay = payDay
        self.minimumAge = minimumAge
    }
}
