import Foundation

/// Where the device profiles are when nobody names a folder.
package enum ProfileFolder: Sendable {
    /// Where the package puts them.
    package static let installed = "/etc/onecard/profiles"

    /// The installed folder; on a machine without one, that of the checkout from which the program was built.
    package static var found: String {
        let candidates = [installed] + checkouts
        return candidates.first { FileManager.default.fileExists(atPath: $0) } ?? installed
    }

    /// The program stands in `.build/<triple>/<configuration>` of the checkout, or of a package beside it.
    private static var checkouts: [String] {
        let link = "/proc/self/exe"
        guard let program = try? FileManager.default.destinationOfSymbolicLink(atPath: link) else { return [] }
        let folder = URL(fileURLWithPath: program).deletingLastPathComponent()
        return ["../../../DeviceProfiles", "../../../../DeviceProfiles"].map {
            folder.appendingPathComponent($0).standardizedFileURL.path
        }
    }
}
