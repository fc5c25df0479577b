package import CivilIdentity

/// `station.yaml`, decoded.
package struct StationConfiguration: Sendable, Equatable {
    /// Identifies the station in the journal: 1 to 64 of a-z, 0-9 and `-`.
    package var id: String
    /// Name that residents see.
    package var name: String
    /// The village or community it stands in.
    package var division: DivisionCode
    /// Telephone number shown with every failure.
    package var hotline: String
    /// Whether simulated readers are accepted and every page is watermarked.
    package var simulated: Bool
    /// Where journal, ledger and socket stand.
    package var stateDirectory: String
    /// Where the keys stand; nil when the service manager hands them over.
    package var keyDirectory: String?
    /// The policy pack.
    package var policyFile: String
    /// The folder of device profiles; nil for the installed one.
    package var profileDirectory: String?
    /// Port of the kiosk pages on the loopback address.
    package var kioskPort: Int
    /// Origin that may frame the pages; only with `simulated`.
    package var simulatorOrigin: String?
    /// The service points, at least one.
    package var servicePoints: [ServicePoint]

    package init(
        id: String,
        name: String,
        division: DivisionCode,
        hotline: String,
        simulated: Bool,
        stateDirectory: String,
        keyDirectory: String?,
        policyFile: String,
        profileDirectory: String? = nil,
        kioskPort: Int,
        simulatorOrigin: String?,
        servicePoints: [ServicePoint]
    ) {
        self.id = id
        self.name = name
        self.division = division
        self.hotline = hotline
        self.simulated = simulated
        self.stateDirectory = stateDirectory
        self.keyDirectory = keyDirectory
        self.policyFile = policyFile
        self.profileDirectory = profileDirectory
        self.kioskPort = kioskPort
        self.simulatorOrigin = simulatorOrigin
        self.servicePoints = servicePoints
    }
}
