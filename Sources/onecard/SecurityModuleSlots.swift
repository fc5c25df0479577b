import DeviceProfiles
import LinuxHost
import SmartCard
import YAMLFiles

/// The readers that are slots of security modules, by their profiles: nobody puts a resident's card there.
struct SecurityModuleSlots: Sendable {
    // Profiles with mistakes are told by the commands that are about profiles.
    private let catalogue = DeviceProfileFiles.read(ProfileFolder.found).catalogue

    func contains(_ reader: ReaderName) -> Bool {
        let match = catalogue.match(pcscName: reader.rawValue, kind: .cardReader).match
        return match?.slot?.isSecurityModule ?? false
    }
}
