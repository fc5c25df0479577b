public import DeviceProfiles

/// Reads device profiles: what a model of device is, as YAML (see the folder `DeviceProfiles`).
public enum DeviceProfileFile: Sendable {
    /// What a file says in its first key; other versions are refused.
    public static let format = "onecard-device-profile-1"
    /// The most bytes of a file; the longest has some three thousand.
    public static let bytesMax = 65_536

    /// Reads a profile.
    ///
    /// - Parameter path: where the file is; its last two parts must be `<kind>/<id>.yaml`.
    /// - Returns: the profile.
    /// - Throws: ``YAMLMistakes`` with every mistake.
    public static func read(_ path: String) throws(YAMLMistakes) -> DeviceProfile {
        try YAMLFile.read(path) { DeviceProfileFileDecoder.profile($0, file: path) }
    }

    /// Decodes a profile.
    ///
    /// - Parameters:
    ///   - text: the content of the file.
    ///   - file: its path, of which the last two parts must be `<kind>/<id>.yaml`.
    /// - Returns: the profile.
    /// - Throws: ``YAMLMistakes`` with every mistake.
    public static func decode(_ text: String, file: String) throws(YAMLMistakes) -> DeviceProfile {
        try YAMLFile.decode(text, file: file) { DeviceProfileFileDecoder.profile($0, file: file) }
    }
}
