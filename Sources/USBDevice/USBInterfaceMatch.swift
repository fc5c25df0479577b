/// Which interface of a device is meant: by number, by what it does, or both; what is nil may be anything.
public struct USBInterfaceMatch: Hashable, Sendable {
    /// The number of the interface.
    public var number: UInt8?

    /// The class.
    public var classCode: UInt8?

    /// The subclass.
    public var subclass: UInt8?

    /// The protocol.
    public var protocolCode: UInt8?

    /// Makes a rule.
    ///
    /// - Parameters:
    ///   - number: The number of the interface, or nil for any.
    ///   - classCode: The class, or nil for any.
    ///   - subclass: The subclass, or nil for any.
    ///   - protocolCode: The protocol, or nil for any.
    public init(number: UInt8? = nil, classCode: UInt8? = nil, subclass: UInt8? = nil, protocolCode: UInt8? = nil) {
        self.number = number
        self.classCode = classCode
        self.subclass = subclass
        self.protocolCode = protocolCode
    }

    /// Whether an interface is meant.
    ///
    /// - Parameter interface: The interface, in one of its settings.
    /// - Returns: Whether all that is given fits.
    public func matches(_ interface: USBInterface) -> Bool {
        func fits(_ wanted: UInt8?, _ value: UInt8) -> Bool { wanted.map { $0 == value } ?? true }
        let found = interface.interfaceClass
        return fits(number, interface.number) && fits(classCode, found.classCode) && fits(subclass, found.subclass)
            && fits(protocolCode, found.protocolCode)
    }
}
