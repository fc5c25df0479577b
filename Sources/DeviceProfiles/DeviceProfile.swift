/// What one model of device is: how it is found, which protocol it speaks, its timings, its quirks and what it lacks.
///
/// A profile is data of a file in the folder `DeviceProfiles`; a new model needs a file and no release. The values here
/// are plain, so that this target knows no driver.
public struct DeviceProfile: Hashable, Sendable {
    /// What a reader of the profile should know, at most this many characters in each language.
    public static let noteCharactersMax = 600
    /// The most characters of a title, a vendor or a model: one line of a list.
    public static let titleCharactersMax = 60

    /// The name of the profile, which is the name of its file too.
    public var id: DeviceProfileID
    /// What people call the device.
    public var title: ProfileText
    /// Who makes it, or `Generic`.
    public var vendor: String
    /// Its model, or the class of devices.
    public var model: String
    /// What a technician should know.
    public var notes: ProfileText
    /// Where the facts of the profile come from; at least one.
    public var sources: [ProfileSource]
    /// Whether the device is a simulator's; a station that is not simulated itself refuses it.
    public var isSimulated: Bool
    /// Whether the station takes such a device unasked.
    public var claim: DeviceClaim
    /// How the device is reached and recognised.
    public var connection: DeviceConnection
    /// What belongs to the protocol of the device.
    public var settings: DeviceSettings
    /// Where the model departs from its protocol; each at most once.
    public var quirks: [DeviceQuirk]
    /// What the model lacks of what its kind of device may have; each at most once.
    public var cannot: [DeviceCapability]

    /// The kind of device, which follows from its protocol.
    public var kind: DeviceKind { settings.deviceProtocol.kind }

    /// Makes a profile of values that were checked.
    ///
    /// - Parameters:
    ///   - id: The name of the profile.
    ///   - title: What people call the device.
    ///   - vendor: Who makes it.
    ///   - model: Its model.
    ///   - notes: What a technician should know.
    ///   - sources: Where the facts come from.
    ///   - isSimulated: Whether the device is a simulator's.
    ///   - claim: Whether the station takes such a device unasked.
    ///   - connection: How the device is reached and recognised.
    ///   - settings: What belongs to the protocol.
    ///   - quirks: Where the model departs from its protocol.
    ///   - cannot: What the model lacks.
    public init(
        id: DeviceProfileID,
        title: ProfileText,
        vendor: String,
        model: String,
        notes: ProfileText,
        sources: [ProfileSource],
        isSimulated: Bool,
        claim: DeviceClaim,
        connection: DeviceConnection,
        settings: DeviceSettings,
        quirks: [DeviceQuirk],
        cannot: [DeviceCapability]
    ) {
        self.id = id
        self.title = title
        self.vendor = vendor
        self.model = model
        self.notes = notes
        self.sources = sources
        self.isSimulated = isSimulated
        self.claim = claim
        self.connection = connection
        self.settings = settings
        self.quirks = quirks
        self.cannot = cannot
    }
}
