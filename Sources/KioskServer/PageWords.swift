import Benefits

/// The words of one language for the things on a screen.
struct PageWords: Sendable {
    /// The texts.
    let table: StringTable

    /// Writes amounts and dates.
    var format: DisplayFormat { DisplayFormat(table: table) }

    /// The name of a programme; the Chinese one where there is no English one.
    func name(_ programme: Programme) -> String {
        switch table.language {
        case .chinese: programme.name.chinese
        case .english: programme.name.english.isEmpty ? programme.name.chinese : programme.name.english
        }
    }

    /// Why the bank sent a payment back; a code that is not known sends the person to the desk.
    func returnReason(_ code: String?) -> String {
        code.flatMap { table.texts["reason.\($0)"] } ?? table.text("reason.other")
    }
}
