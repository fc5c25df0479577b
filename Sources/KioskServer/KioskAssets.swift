/// The files of the page, built into the program (`Assets/`).
enum KioskAssets {
    /// A template of the page and its name.
    struct TemplateFile: Sendable {
        /// The name by which other templates and screens refer to it: the file's name without extension.
        let name: String
        /// Mustache with `[[key]]` for texts.
        let bytes: [UInt8]
    }

    /// Every template.
    static var templates: [TemplateFile] {
        [
            TemplateFile(name: "shell", bytes: PackageResources.shell_mustache),
            TemplateFile(name: "frame", bytes: PackageResources.frame_mustache),
            TemplateFile(name: "contact", bytes: PackageResources.contact_mustache),
            TemplateFile(name: "cardin", bytes: PackageResources.cardin_mustache),
            TemplateFile(name: "cardout", bytes: PackageResources.cardout_mustache),
            TemplateFile(name: "idle", bytes: PackageResources.idle_mustache),
            TemplateFile(name: "reading", bytes: PackageResources.reading_mustache),
            TemplateFile(name: "takecard", bytes: PackageResources.takecard_mustache),
            TemplateFile(name: "greeting", bytes: PackageResources.greeting_mustache),
            TemplateFile(name: "confirmpin", bytes: PackageResources.confirmpin_mustache),
            TemplateFile(name: "pinpad", bytes: PackageResources.pinpad_mustache),
            TemplateFile(name: "laycard", bytes: PackageResources.laycard_mustache),
            TemplateFile(name: "checkingpin", bytes: PackageResources.checkingpin_mustache),
            TemplateFile(name: "benefits", bytes: PackageResources.benefits_mustache),
            TemplateFile(name: "history", bytes: PackageResources.history_mustache),
            TemplateFile(name: "rating", bytes: PackageResources.rating_mustache),
            TemplateFile(name: "thanks", bytes: PackageResources.thanks_mustache),
            TemplateFile(name: "failure", bytes: PackageResources.failure_mustache),
        ]
    }

    /// The texts of a language.
    static func texts(_ language: PageLanguage) -> [StringFile] {
        switch language {
        case .chinese:
            [
                StringFile(name: "zh-Hans.yaml", bytes: PackageResources.zh_Hans_yaml),
                StringFile(name: "failures.zh-Hans.yaml", bytes: PackageResources.failures_zh_Hans_yaml),
            ]
        case .english:
            [
                StringFile(name: "en.yaml", bytes: PackageResources.en_yaml),
                StringFile(name: "failures.en.yaml", bytes: PackageResources.failures_en_yaml),
            ]
        }
    }

    /// The style sheet.
    static var styleSheet: [UInt8] { PackageResources.kiosk_css }
    /// The script.
    static var script: [UInt8] { PackageResources.kiosk_js }
}
