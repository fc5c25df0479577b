import CLibUSB

// The library keeps what the kernel read when the device was plugged in, and hands it out as C structures. They are written
// back as bytes, so that one strict parser decides what is well-formed.
extension LibUSB {
    func deviceDescriptor(of device: LibUSBDevice) -> (returned: LibUSBCode, bytes: [UInt8]) {
        var descriptor = libusb_device_descriptor()
        let returned = LibUSBCode(rawValue: unsafe libusb_get_device_descriptor(device.pointer, &descriptor))
        guard returned == .success else { return (returned, []) }
        var bytes = [descriptor.bLength, descriptor.bDescriptorType]
        bytes += descriptor.bcdUSB.lowByteFirst
        bytes += [descriptor.bDeviceClass, descriptor.bDeviceSubClass, descriptor.bDeviceProtocol]
        bytes += [descriptor.bMaxPacketSize0]
        bytes += descriptor.idVendor.lowByteFirst
        bytes += descriptor.idProduct.lowByteFirst
        bytes += descriptor.bcdDevice.lowByteFirst
        bytes += [
            descriptor.iManufacturer, descriptor.iProduct, descriptor.iSerialNumber, descriptor.bNumConfigurations,
        ]
        return (.success, bytes)
    }

    func configuration(of device: LibUSBDevice) -> (returned: LibUSBCode, bytes: [UInt8]) {
        var descriptor: UnsafeMutablePointer<libusb_config_descriptor>?
        let returned = LibUSBCode(
            rawValue: unsafe libusb_get_active_config_descriptor(device.pointer, &descriptor)
        )
        guard returned == .success, let descriptor = unsafe descriptor else { return (returned, []) }
        defer { unsafe libusb_free_config_descriptor(descriptor) }
        return unsafe (.success, Self.bytes(of: descriptor.pointee))
    }

    private static func bytes(of configuration: libusb_config_descriptor) -> [UInt8] {
        var body: [UInt8] = []
        let interfaces = unsafe UnsafeBufferPointer(
            start: configuration.interface,
            count: Int(configuration.bNumInterfaces)
        )
        for index in interfaces.indices {
            let settings = unsafe UnsafeBufferPointer(
                start: interfaces[index].altsetting,
                count: Int(interfaces[index].num_altsetting)
            )
            for index in settings.indices { unsafe body += bytes(of: settings[index]) }
        }
        // Classes' descriptors are left out: nothing here reads them, and the library gives no order for them.
        let total = UInt16(clamping: 9 + body.count)
        return unsafe [9, configuration.bDescriptorType] + total.lowByteFirst
            + [configuration.bNumInterfaces, configuration.bConfigurationValue, configuration.iConfiguration]
            + [configuration.bmAttributes, configuration.MaxPower] + body
    }

    private static func bytes(of setting: libusb_interface_descriptor) -> [UInt8] {
        var bytes: [UInt8] = unsafe [
            9, setting.bDescriptorType, setting.bInterfaceNumber, setting.bAlternateSetting, setting.bNumEndpoints,
            setting.bInterfaceClass, setting.bInterfaceSubClass, setting.bInterfaceProtocol, setting.iInterface,
        ]
        let endpoints = unsafe UnsafeBufferPointer(start: setting.endpoint, count: Int(setting.bNumEndpoints))
        for index in endpoints.indices {
            let endpoint = unsafe endpoints[index]
            unsafe bytes += [7, endpoint.bDescriptorType, endpoint.bEndpointAddress, endpoint.bmAttributes]
            unsafe bytes += endpoint.wMaxPacketSize.lowByteFirst + [endpoint.bInterval]
        }
        return bytes
    }
}

extension UInt16 {
    fileprivate var lowByteFirst: [UInt8] { [UInt8(truncatingIfNeeded: self), UInt8(truncatingIfNeeded: self >> 8)] }
}
