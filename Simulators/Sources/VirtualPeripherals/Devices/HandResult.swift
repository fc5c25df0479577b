/// What became of a hand's work.
package struct HandResult: Hashable, Sendable {
    /// Bytes for the host.
    package var outputs: [PeripheralOutput]
    /// An answer for the person.
    package var text: String

    /// Makes a result; most have neither.
    package init(outputs: [PeripheralOutput] = [], text: String = "") {
        self.outputs = outputs
        self.text = text
    }
}
