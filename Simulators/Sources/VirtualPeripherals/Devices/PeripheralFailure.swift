/// A command to a simulated device that cannot be carried out.
package struct PeripheralFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, for the person who gave the command.
    package var description: String

    /// Makes a failure.
    package init(_ description: String) {
        self.description = description
    }
}
