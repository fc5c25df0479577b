public import Benefits

/// Reads policy packs: a city's rules as YAML (see the folder `Policies`).
public enum PolicyFile: Sendable {
    /// What a file says in its first key; other versions are refused.
    public static let format = "onecard-policy-1"

    /// Reads the rules of a policy pack.
    ///
    /// - Parameter path: where the file is.
    /// - Returns: the rules; the indicators of the pack are checked and left out.
    /// - Throws: ``YAMLMistakes`` with every mistake.
    public static func read(_ path: String) throws(YAMLMistakes) -> BenefitPolicy {
        try YAMLFile.read(path, PolicyPackDecoder.pack).policy
    }

    /// Decodes a policy pack.
    ///
    /// - Parameters:
    ///   - text: the content of the file.
    ///   - file: its name, for the mistakes.
    /// - Returns: rules and indicators.
    /// - Throws: ``YAMLMistakes`` with every mistake.
    public static func decode(_ text: String, file: String) throws(YAMLMistakes) -> PolicyPack {
        try YAMLFile.decode(text, file: file, PolicyPackDecoder.pack)
    }
}
