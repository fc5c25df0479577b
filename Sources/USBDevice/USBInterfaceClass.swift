/// What an interface does: class, subclass and protocol (USB 2.0, 9.6.5).
public struct USBInterfaceClass: Hashable, Sendable, CustomStringConvertible {
    /// The class, such as 7 for printers and 0xFF for a maker's own.
    public var classCode: UInt8

    /// The subclass, whose meaning depends on the class.
    public var subclass: UInt8

    /// The protocol, whose meaning depends on both.
    public var protocolCode: UInt8

    /// Makes a description.
    ///
    /// - Parameters:
    ///   - classCode: The class.
    ///   - subclass: The subclass.
    ///   - protocolCode: The protocol.
    public init(classCode: UInt8, subclass: UInt8, protocolCode: UInt8) {
        self.classCode = classCode
        self.subclass = subclass
        self.protocolCode = protocolCode
    }

    /// The class of human interface devices (HID 1.11, 4.1).
    public static let humanInterfaceClass: UInt8 = 0x03
    /// The class of printers (PROTOCOLS.md 7.2).
    public static let printerClass: UInt8 = 0x07
    /// The class of hubs (USB 2.0, 11.23.1).
    public static let hubClass: UInt8 = 0x09
    /// The class of smart-card readers, which belong to the smart-card service (CCID 1.1, 4.1).
    public static let smartCardClass: UInt8 = 0x0B
    /// The class of a maker's own protocols.
    public static let vendorClass: UInt8 = 0xFF

    /// The three numbers in hexadecimal, such as `07/01/02`.
    public var description: String {
        [classCode, subclass, protocolCode].map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16) }
            .joined(separator: "/")
    }
}
