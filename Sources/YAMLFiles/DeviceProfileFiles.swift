public import DeviceProfiles
import Foundation

/// The device profiles of a folder: `<kind>/<vendor>-<model>.yaml`.
///
/// A file with mistakes takes no other along: what is right stands in the catalogue, and who reads decides whether the
/// catalogue is used. A station that runs keeps the one it has when the new one has mistakes.
public struct DeviceProfileFiles: Sendable {
    /// The most entries of a folder that are looked at.
    static let entriesMax = 1_024

    /// The profiles of the files that are right.
    public let catalogue: DeviceProfileCatalogue
    /// Every mistake, file by file.
    public let mistakes: [YAMLMistake]
    /// The files that were read.
    public let files: [String]

    /// Reads a folder.
    ///
    /// - Parameter folder: the folder, with a folder for each kind of device.
    /// - Returns: what was read; an unreadable folder is a mistake.
    public static func read(_ folder: String) -> DeviceProfileFiles {
        read(paths: [folder])
    }

    /// Reads folders and single files.
    ///
    /// - Parameter paths: folders of profiles, and files `<kind>/<vendor>-<model>.yaml`.
    /// - Returns: what was read.
    public static func read(paths: [String]) -> DeviceProfileFiles {
        var search = Search()
        for path in paths {
            search.isFolder(path) ? search.add(folder: path) : search.add(file: path)
        }
        return search.result
    }

    private init(catalogue: DeviceProfileCatalogue, mistakes: [YAMLMistake], files: [String]) {
        self.catalogue = catalogue
        self.mistakes = mistakes
        self.files = files
    }

    /// What was found so far.
    private struct Search {
        private var profiles: [DeviceProfileID: (profile: DeviceProfile, file: String)] = [:]
        private var mistakes: [YAMLMistake] = []
        private var files: [String] = []

        var result: DeviceProfileFiles {
            DeviceProfileFiles(
                catalogue: DeviceProfileCatalogue(profiles.values.map(\.profile)),
                mistakes: mistakes,
                files: files
            )
        }

        func isFolder(_ path: String) -> Bool { type(path) == .typeDirectory }

        mutating func add(folder: String) {
            for name in entries(folder) where isFolder("\(folder)/\(name)") || name.hasSuffix(".yaml") {
                let path = "\(folder)/\(name)"
                guard isFolder(path), DeviceKind(rawValue: name) != nil else {
                    let kinds = DeviceKind.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
                    note(path, "expected only folders named \(kinds)")
                    continue
                }
                for file in entries(path).map({ "\(path)/\($0)" }) {
                    file.hasSuffix(".yaml") ? add(file: file) : note(file, "expected a `.yaml` file")
                }
            }
        }

        mutating func add(file: String) {
            guard files.count < DeviceProfileCatalogue.profilesMax else {
                return note(file, "more than \(DeviceProfileCatalogue.profilesMax) profiles")
            }
            files.append(file)
            guard type(file) == .typeRegular else { return note(file, "the file cannot be read") }
            guard size(file) <= DeviceProfileFile.bytesMax else {
                return note(file, "the file is larger than \(DeviceProfileFile.bytesMax) bytes")
            }
            do throws(YAMLMistakes) {
                let profile = try DeviceProfileFile.read(file)
                if let other = profiles[profile.id] {
                    note(file, "the profile `\(profile.id)` stands in \(other.file) too")
                } else {
                    profiles[profile.id] = (profile, file)
                }
            } catch {
                mistakes += error.mistakes
            }
        }

        /// The names in a folder in their order, without hidden files and what editors and packages leave behind.
        private mutating func entries(_ folder: String) -> [String] {
            guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
                note(folder, "the folder cannot be read")
                return []
            }
            let shown = names.filter { !$0.hasPrefix(".") && !$0.hasSuffix("~") && !$0.contains(".dpkg-") }
            guard shown.count <= DeviceProfileFiles.entriesMax else {
                note(folder, "more than \(DeviceProfileFiles.entriesMax) entries")
                return []
            }
            return shown.sorted()
        }

        private mutating func note(_ file: String, _ message: String) {
            mistakes.append(YAMLMistake(file: file, line: 0, path: "", message: message))
        }

        /// The type of what a path leads to, also by a link.
        private func type(_ path: String) -> FileAttributeType? { attributes(path)?[.type] as? FileAttributeType }

        private func size(_ path: String) -> Int { (attributes(path)?[.size] as? NSNumber)?.intValue ?? .max }

        private func attributes(_ path: String) -> [FileAttributeKey: Any]? {
            let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
            return try? FileManager.default.attributesOfItem(atPath: target)
        }
    }
}
