import DeviceIO
import USBDevice

/// Finds out what a device is; made on a thread that may block.
struct DeviceSurvey: Sendable {
    let library: any LibUSBLibrary
    let textLimit: Duration

    /// Describes a device.
    ///
    /// - Parameter device: The device, retained for the time being.
    /// - Returns: The snapshot; nil for a device without a place on a bus.
    func describe(_ device: LibUSBDevice) -> USBDeviceInfo? {
        let place = library.place(of: device)
        guard let path = USBPortPath(bus: place.bus, ports: place.ports) else { return nil }
        let id = USBDeviceID(path: path, address: place.address)
        let descriptor: USBDeviceDescriptor
        var info: USBDeviceInfo
        do throws(DeviceError) {
            descriptor = try deviceDescriptor(of: device)
            info = USBDeviceInfo(
                id: id,
                vendor: descriptor.vendor,
                product: descriptor.product,
                deviceClass: descriptor.deviceClass
            )
        } catch {
            return USBDeviceInfo(
                id: id,
                vendor: VendorID(rawValue: 0),
                product: ProductID(rawValue: 0),
                fault: error.code
            )
        }
        do throws(DeviceError) {
            info.interfaces = try configuration(of: device).interfaces
        } catch {
            info.fault = error.code
            return info
        }
        guard Self.mayBeAsked(info) else { return info }
        do throws(DeviceError) {
            try addTexts(to: &info, of: device, descriptor)
        } catch {
            info.fault = error.code
        }
        return info
    }

    /// Hubs have nothing to tell, and smart-card readers belong to the smart-card service, which may be talking to them.
    private static func mayBeAsked(_ info: USBDeviceInfo) -> Bool {
        if info.deviceClass == USBInterfaceClass.hubClass { return false }
        return !info.interfaces.contains { $0.interfaceClass.classCode == USBInterfaceClass.smartCardClass }
    }

    private func deviceDescriptor(of device: LibUSBDevice) throws(DeviceError) -> USBDeviceDescriptor {
        let (returned, bytes) = library.deviceDescriptor(of: device)
        guard returned == .success else { throw DeviceError(returned, at: .open, "reading the device descriptor") }
        return try USBDeviceDescriptor(parsing: bytes)
    }

    private func configuration(of device: LibUSBDevice) throws(DeviceError) -> USBConfiguration {
        let (returned, bytes) = library.configuration(of: device)
        guard returned == .success else {
            // The library reads the kernel's copy: if that cannot be read, it does not have its form.
            throw DeviceError(
                returned == .noDevice ? .unplugged : .malformed,
                "reading the configuration",
                cause: returned
            )
        }
        return try USBConfiguration(parsing: bytes)
    }

    private func addTexts(
        to info: inout USBDeviceInfo,
        of device: LibUSBDevice,
        _ descriptor: USBDeviceDescriptor
    ) throws(DeviceError) {
        let indices = [descriptor.manufacturerIndex, descriptor.productIndex, descriptor.serialNumberIndex]
        if indices.allSatisfy({ $0 == 0 }) { return }
        let (returned, handle) = library.open(device)
        guard returned == .success else { throw DeviceError(returned, at: .open, "opening the device for its texts") }
        defer { library.close(handle) }
        let languages = try textDescriptor(handle, index: 0, language: 0)
        guard let language = try USBStringDescriptor.firstLanguage(languages) else { return }
        func text(at index: UInt8) throws(DeviceError) -> String? {
            if index == 0 { return nil }
            return try USBStringDescriptor.text(textDescriptor(handle, index: index, language: language))
        }
        info.serialNumber = try text(at: descriptor.serialNumberIndex)
        info.manufacturerName = try text(at: descriptor.manufacturerIndex)
        info.productName = try text(at: descriptor.productIndex)
    }

    private func textDescriptor(
        _ handle: LibUSBHandle,
        index: UInt8,
        language: UInt16
    ) throws(DeviceError) -> [UInt8] {
        let request = USBStringDescriptor.request(index: index, language: language)
        let (returned, bytes) = library.textDescriptor(handle, request, milliseconds: textLimit.milliseconds)
        guard returned == .success else { throw DeviceError(returned, at: .transfer, "reading text \(index)") }
        return bytes
    }
}
