import CLibUSB
import USBDevice

/// The real libusb-1.0.
struct LibUSB: LibUSBLibrary {
    /// The function that a watch tells.
    private final class Sink {
        let tell: @Sendable (LibUSBPlugEvent) -> Void

        init(_ tell: @escaping @Sendable (LibUSBPlugEvent) -> Void) {
            self.tell = tell
        }
    }

    func start() -> (returned: LibUSBCode, context: LibUSBContext) {
        var context: OpaquePointer?
        let returned = LibUSBCode(rawValue: unsafe libusb_init(&context))
        return (returned, LibUSBContext(address: UInt(bitPattern: context)))
    }

    func end(_ context: LibUSBContext, _ watch: LibUSBWatch?) {
        if let watch { unsafe libusb_hotplug_deregister_callback(context.pointer, watch.number) }
        unsafe libusb_exit(context.pointer)
        if let sink = unsafe watch.flatMap({ unsafe UnsafeRawPointer(bitPattern: $0.sink) }) {
            unsafe Unmanaged<Sink>.fromOpaque(sink).release()
        }
    }

    func watch(
        _ context: LibUSBContext,
        _ sink: @escaping @Sendable (LibUSBPlugEvent) -> Void
    ) -> (returned: LibUSBCode, watch: LibUSBWatch) {
        guard libusb_has_capability(LIBUSB_CAP_HAS_HOTPLUG.rawValue) != 0 else {
            return (.notSupported, LibUSBWatch(number: 0, sink: 0))
        }
        let retained = unsafe Unmanaged.passRetained(Sink(sink))
        let events = LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED.rawValue | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT.rawValue
        var number: libusb_hotplug_callback_handle = 0
        let result = unsafe libusb_hotplug_register_callback(
            context.pointer,
            CInt(bitPattern: events),
            CInt(bitPattern: LIBUSB_HOTPLUG_ENUMERATE.rawValue),
            LIBUSB_HOTPLUG_MATCH_ANY,
            LIBUSB_HOTPLUG_MATCH_ANY,
            LIBUSB_HOTPLUG_MATCH_ANY,
            { _, device, event, argument in
                guard let argument = unsafe argument else { return 0 }
                let sink = unsafe Unmanaged<Sink>.fromOpaque(argument).takeUnretainedValue()
                let device = LibUSBDevice(address: UInt(bitPattern: device))
                sink.tell(event == LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT ? .left(device) : .arrived(device))
                return 0
            },
            retained.toOpaque(),
            &number
        )
        guard result == 0 else {
            unsafe retained.release()
            return (LibUSBCode(rawValue: result), LibUSBWatch(number: 0, sink: 0))
        }
        return unsafe (.success, LibUSBWatch(number: number, sink: UInt(bitPattern: retained.toOpaque())))
    }

    func handleEvents(_ context: LibUSBContext, milliseconds: Int) -> LibUSBCode {
        var time = timeval(tv_sec: milliseconds / 1000, tv_usec: milliseconds % 1000 * 1000)
        return LibUSBCode(rawValue: unsafe libusb_handle_events_timeout_completed(context.pointer, &time, nil))
    }

    func interrupt(_ context: LibUSBContext) {
        unsafe libusb_interrupt_event_handler(context.pointer)
    }

    func retain(_ device: LibUSBDevice) {
        _ = unsafe libusb_ref_device(device.pointer)
    }

    func release(_ device: LibUSBDevice) {
        unsafe libusb_unref_device(device.pointer)
    }

    func place(of device: LibUSBDevice) -> LibUSBPlace {
        var ports = [UInt8](repeating: 0, count: USBPortPath.portsMax)
        let count = unsafe libusb_get_port_numbers(device.pointer, &ports, CInt(ports.count))
        return LibUSBPlace(
            bus: unsafe libusb_get_bus_number(device.pointer),
            ports: Array(ports.prefix(Int(max(count, 0)))),
            address: unsafe libusb_get_device_address(device.pointer)
        )
    }

    func open(_ device: LibUSBDevice) -> (returned: LibUSBCode, handle: LibUSBHandle) {
        var handle: OpaquePointer?
        let returned = LibUSBCode(rawValue: unsafe libusb_open(device.pointer, &handle))
        if returned == .success {
            // Where the system cannot do this, no driver of it stands in the way either.
            _ = unsafe libusb_set_auto_detach_kernel_driver(handle, 1)
        }
        return (returned, LibUSBHandle(address: UInt(bitPattern: handle)))
    }

    func close(_ handle: LibUSBHandle) {
        unsafe libusb_close(handle.pointer)
    }

    func textDescriptor(
        _ handle: LibUSBHandle,
        _ request: USBControlRequest,
        milliseconds: UInt32
    ) -> (returned: LibUSBCode, bytes: [UInt8]) {
        var bytes = [UInt8](repeating: 0, count: USBStringDescriptor.lengthMax)
        let result = unsafe libusb_control_transfer(
            handle.pointer,
            request.requestType,
            request.request,
            request.value,
            request.index,
            &bytes,
            UInt16(bytes.count),
            milliseconds
        )
        return (LibUSBCode(rawValue: result), Array(bytes.prefix(Int(max(result, 0)))))
    }

    func claim(_ handle: LibUSBHandle, interface: UInt8) -> LibUSBCode {
        LibUSBCode(rawValue: unsafe libusb_claim_interface(handle.pointer, CInt(interface)))
    }

    func release(_ handle: LibUSBHandle, interface: UInt8) -> LibUSBCode {
        LibUSBCode(rawValue: unsafe libusb_release_interface(handle.pointer, CInt(interface)))
    }

    func set(_ handle: LibUSBHandle, interface: UInt8, alternateSetting: UInt8) -> LibUSBCode {
        LibUSBCode(
            rawValue: unsafe libusb_set_interface_alt_setting(handle.pointer, CInt(interface), CInt(alternateSetting))
        )
    }

    func clearHalt(_ handle: LibUSBHandle, _ endpoint: EndpointAddress) -> LibUSBCode {
        LibUSBCode(rawValue: unsafe libusb_clear_halt(handle.pointer, endpoint.rawValue))
    }

    func reset(_ handle: LibUSBHandle) -> LibUSBCode {
        LibUSBCode(rawValue: unsafe libusb_reset_device(handle.pointer))
    }
}

extension LibUSBContext {
    var pointer: OpaquePointer? { unsafe OpaquePointer(bitPattern: address) }
}

extension LibUSBDevice {
    var pointer: OpaquePointer? { unsafe OpaquePointer(bitPattern: address) }
}

extension LibUSBHandle {
    var pointer: OpaquePointer? { unsafe OpaquePointer(bitPattern: address) }
}
