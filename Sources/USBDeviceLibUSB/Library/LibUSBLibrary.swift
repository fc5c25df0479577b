import USBDevice

/// The functions of libusb that are used here; a seam, so that hangs and failures can be played in tests.
protocol LibUSBLibrary: Sendable {
    /// Starts a context; blocks while the devices are listed.
    func start() -> (returned: LibUSBCode, context: LibUSBContext)

    /// Ends a context that has no open device, and its watch; no other call on it may run or follow.
    func end(_ context: LibUSBContext, _ watch: LibUSBWatch?)

    /// Tells of all devices at once, on this thread, and of changes later, on the thread that handles events.
    func watch(
        _ context: LibUSBContext,
        _ sink: @escaping @Sendable (LibUSBPlugEvent) -> Void
    ) -> (returned: LibUSBCode, watch: LibUSBWatch)

    /// Waits for events and calls back for them; comes back early after ``interrupt(_:)``.
    func handleEvents(_ context: LibUSBContext, milliseconds: Int) -> LibUSBCode

    /// Makes the present or the next wait for events come back.
    func interrupt(_ context: LibUSBContext)

    /// Keeps a device alive.
    func retain(_ device: LibUSBDevice)

    /// Ends what ``retain(_:)`` began.
    func release(_ device: LibUSBDevice)

    /// Where a device is.
    func place(of device: LibUSBDevice) -> LibUSBPlace

    /// The device descriptor, as bytes.
    func deviceDescriptor(of device: LibUSBDevice) -> (returned: LibUSBCode, bytes: [UInt8])

    /// The active configuration with all that belongs to it, as bytes; nothing is asked of the device.
    func configuration(of device: LibUSBDevice) -> (returned: LibUSBCode, bytes: [UInt8])

    /// Opens a device.
    func open(_ device: LibUSBDevice) -> (returned: LibUSBCode, handle: LibUSBHandle)

    /// Closes a device that has no transfers; no other call on the handle may run or follow.
    func close(_ handle: LibUSBHandle)

    /// Asks for a text and waits for it.
    func textDescriptor(
        _ handle: LibUSBHandle,
        _ request: USBControlRequest,
        milliseconds: UInt32
    ) -> (returned: LibUSBCode, bytes: [UInt8])

    /// Takes an interface, from a driver of the kernel too.
    func claim(_ handle: LibUSBHandle, interface: UInt8) -> LibUSBCode

    /// Gives an interface back, to the driver that it was taken from.
    func release(_ handle: LibUSBHandle, interface: UInt8) -> LibUSBCode

    /// Chooses the setting of a claimed interface.
    func set(_ handle: LibUSBHandle, interface: UInt8, alternateSetting: UInt8) -> LibUSBCode

    /// Ends the halt of an endpoint.
    func clearHalt(_ handle: LibUSBHandle, _ endpoint: EndpointAddress) -> LibUSBCode

    /// Resets the device.
    func reset(_ handle: LibUSBHandle) -> LibUSBCode

    /// Hands in a transfer; does not wait.
    ///
    /// - Parameters:
    ///   - handle: The open device.
    ///   - request: The transfer; its data is copied.
    ///   - completion: Called once, on the thread that handles events, if the result is success; never from inside this
    ///     call. Until it returns the transfer may be cancelled.
    /// - Returns: The result, and what names the transfer if that is success.
    func submit(
        _ handle: LibUSBHandle,
        _ request: LibUSBTransferRequest,
        _ completion: @escaping @Sendable (LibUSBCompletion) -> Void
    ) -> (returned: LibUSBCode, transfer: LibUSBTransfer)

    /// Asks for the early end of a transfer, which is told by its completion.
    func cancel(_ transfer: LibUSBTransfer) -> LibUSBCode
}
