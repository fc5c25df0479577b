import DeviceProfiles
import Foundation
import Testing
import YAMLFiles

@Suite
struct DeviceProfileFilesTests {
    /// A folder of its own for the time of a test.
    private func withFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("profiles-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    private func write(_ text: String, _ folder: URL, _ name: String) throws {
        let url = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try text.write(to: url, atomically: true, encoding: .utf8)
    }

    private func messages(_ folder: URL) -> [String] {
        DeviceProfileFiles.read(folder.path).mistakes.map { mistake in
            "\(mistake.file.dropFirst(folder.path.count + 1)): \(mistake.message)"
        }
    }

    @Test
    func shippedFolderIsReadWhole() {
        let read = DeviceProfileFiles.read(DeviceProfileSheet.folder.path)
        #expect(read.mistakes.isEmpty, "\(read.mistakes)")
        #expect(read.files.count == DeviceProfileSheet.files.count)
        #expect(read.catalogue.profiles.count == read.files.count)
    }

    @Test
    func rightFilesAreReadBesideWrongOnes() throws {
        try withFolder { folder in
            let text = try DeviceProfileSheet.text("printer/generic-escpos-usb.yaml")
            try write(text, folder, "printer/generic-escpos-usb.yaml")
            try write("format: 1", folder, "printer/generic-broken.yaml")
            let read = DeviceProfileFiles.read(folder.path)
            #expect(read.catalogue.profiles.map(\.id.rawValue) == ["generic-escpos-usb"])
            #expect(!read.mistakes.isEmpty)
            #expect(read.mistakes.allSatisfy { $0.file.hasSuffix("printer/generic-broken.yaml") })
        }
    }

    @Test
    func sameProfileTwiceIsAMistake() throws {
        try withFolder { folder in
            let text = try DeviceProfileSheet.text("printer/generic-escpos-usb.yaml")
            try write(text, folder, "a/printer/generic-escpos-usb.yaml")
            try write(text, folder, "b/printer/generic-escpos-usb.yaml")
            let read = DeviceProfileFiles.read(paths: [folder.path + "/a", folder.path + "/b"])
            #expect(read.mistakes.count == 1)
            #expect(read.mistakes.first?.message.contains("stands in") == true)
            #expect(read.catalogue.profiles.count == 1)
        }
    }

    @Test
    func strangersAreToldAndLeftoversAreNot() throws {
        try withFolder { folder in
            try write("", folder, "README.md")
            try write("", folder, "profile.schema.json")
            try write("", folder, "printer/.hidden.yaml")
            try write("", folder, "printer/generic-escpos-usb.yaml~")
            try write("", folder, "printer/generic-escpos-usb.yaml.dpkg-old")
            #expect(messages(folder).isEmpty)
            try write("", folder, "printer/generic-escpos-usb.yml")
            try write("", folder, "printers/generic-escpos-usb.yaml")
            try write("", folder, "generic-escpos-usb.yaml")
            let kinds = "`card-reader`, `id-reader`, `printer`, `scanner`, `pin-pad`"
            #expect(
                messages(folder) == [
                    "generic-escpos-usb.yaml: expected only folders named \(kinds)",
                    "printer/generic-escpos-usb.yml: expected a `.yaml` file",
                    "printers: expected only folders named \(kinds)",
                ]
            )
        }
    }

    @Test
    func filesThatCannotBeReadAreToldAndNeverWaitedFor() throws {
        try withFolder { folder in
            #expect(messages(folder.appendingPathComponent("nowhere")).count == 1)
            try write("# " + String(repeating: "a", count: DeviceProfileFile.bytesMax), folder, "printer/a-b.yaml")
            try write("", folder, "scanner/link.yaml")
            try FileManager.default.removeItem(atPath: folder.path + "/scanner/link.yaml")
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/scanner/link.yaml",
                withDestinationPath: "/dev/zero"
            )
            #expect(
                messages(folder) == [
                    "printer/a-b.yaml: the file is larger than \(DeviceProfileFile.bytesMax) bytes",
                    "scanner/link.yaml: the file cannot be read",
                ]
            )
        }
    }

    @Test
    func foldersWithTooManyFilesAreBounded() throws {
        try withFolder { folder in
            for number in 0...DeviceProfileCatalogue.profilesMax {
                try write("a: b", folder, "printer/a-\(number).yaml")
            }
            let read = DeviceProfileFiles.read(folder.path)
            #expect(read.files.count == DeviceProfileCatalogue.profilesMax)
            #expect(read.mistakes.contains { $0.message == "more than 256 profiles" })
        }
    }
}
