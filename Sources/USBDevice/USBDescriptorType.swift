/// The types of descriptors that are read here (USB 2.0, table 9-5).
enum USBDescriptorType {
    static let device: UInt8 = 1
    static let configuration: UInt8 = 2
    static let string: UInt8 = 3
    static let interface: UInt8 = 4
    static let endpoint: UInt8 = 5
}
