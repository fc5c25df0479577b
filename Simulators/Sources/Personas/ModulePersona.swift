public import VirtualCard

/// A named terminal security module for a slot of a reader.
public struct ModulePersona: Sendable {
    /// Name of the file without its ending; how commands call the module.
    public var name: String
    /// What is special, in simplified Chinese.
    public var titleChinese: String
    /// What is special, in English.
    public var titleEnglish: String
    /// The module.
    public var image: SecurityModuleImage
    /// The code with which it answers for a card of its algorithm where the dialect `bfde` is configured; nil if it
    /// serves.
    public var code: String?
}
