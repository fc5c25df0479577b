public import DeviceProfiles
public import SocialCard

extension SecurityModuleDialect {
    /// The commands and keys of the profile for the driver.
    public var driver: PSAMDialect {
        var dialect: PSAMDialect =
            switch commands {
            case .bfde: .bfde
            case .init801A: .cla801a
            }
        dialect.folder =
            directory.count == 2 ? .file(UInt16(directory[0]) << 8 | UInt16(directory[1])) : .application(directory)
        dialect.levels = levels
        dialect.holderKey = holderKey.driver
        dialect.internalKey = internalKey?.driver
        dialect.pinUnlockKey = pinUnlockKey.driver
        dialect.pinSealKey = pinSealKey.driver
        return dialect
    }
}

extension SecurityModuleDialect.Key {
    fileprivate var driver: PSAMDialect.Key {
        // The range of the type is that of the profile's decoder.
        PSAMDialect.Key(type: type & PSAMDialect.Key.typeLimit, identifier: identifier)
    }
}
