import CLibUSB
import Glibc
import USBDevice

extension LibUSB {
    /// What belongs to a transfer until its completion has returned: its memory and who is told.
    ///
    /// `@safe`: the memory is made here, lives as long as this object, and does not leave this file.
    @safe private final class Belongings {
        let buffer: UnsafeMutableRawBufferPointer
        /// Where the data begins, behind the set-up of a control transfer.
        let dataOffset: Int
        let isIn: Bool
        let completion: @Sendable (LibUSBCompletion) -> Void

        init(_ request: LibUSBTransferRequest, _ completion: @escaping @Sendable (LibUSBCompletion) -> Void) {
            let isControl = if case .control = request.target { true } else { false }
            dataOffset = isControl ? MemoryLayout<libusb_control_setup>.size : 0
            unsafe buffer = .allocate(byteCount: max(dataOffset + request.payload.count, 1), alignment: 8)
            self.completion = completion
            switch request.payload {
            case .in:
                isIn = true
                unsafe buffer.initializeMemory(as: UInt8.self, repeating: 0)
            case .out(let bytes):
                isIn = false
                unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[dataOffset...]).copyBytes(from: bytes)
            }
        }

        deinit {
            // Answers of readers are personal.
            if let address = unsafe buffer.baseAddress { unsafe explicit_bzero(address, buffer.count) }
            unsafe buffer.deallocate()
        }

        func tell(_ status: LibUSBTransferStatus, count: Int32) {
            let count = unsafe min(max(Int(count), 0), buffer.count - dataOffset)
            let bytes = isIn ? unsafe Array(buffer[dataOffset..<dataOffset + count]) : []
            completion(LibUSBCompletion(status: status, count: count, bytes: bytes))
        }
    }

    func submit(
        _ handle: LibUSBHandle,
        _ request: LibUSBTransferRequest,
        _ completion: @escaping @Sendable (LibUSBCompletion) -> Void
    ) -> (returned: LibUSBCode, transfer: LibUSBTransfer) {
        guard let transfer = unsafe libusb_alloc_transfer(0) else {
            return (.noMemory, LibUSBTransfer(address: 0))
        }
        let belongings = Belongings(request, completion)
        let buffer = unsafe belongings.buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        switch request.target {
        case .control(let setup):
            unsafe libusb_fill_control_setup(
                buffer,
                setup.requestType,
                setup.request,
                setup.value,
                setup.index,
                UInt16(request.payload.count)
            )
            unsafe transfer.pointee.endpoint = 0
            unsafe transfer.pointee.type = UInt8(LIBUSB_TRANSFER_TYPE_CONTROL.rawValue)
        case .bulk(let endpoint):
            unsafe transfer.pointee.endpoint = endpoint.rawValue
            unsafe transfer.pointee.type = UInt8(LIBUSB_TRANSFER_TYPE_BULK.rawValue)
        case .interrupt(let endpoint):
            unsafe transfer.pointee.endpoint = endpoint.rawValue
            unsafe transfer.pointee.type = UInt8(LIBUSB_TRANSFER_TYPE_INTERRUPT.rawValue)
        }
        unsafe transfer.pointee.dev_handle = handle.pointer
        unsafe transfer.pointee.timeout = max(request.milliseconds, 1)
        unsafe transfer.pointee.buffer = buffer
        unsafe transfer.pointee.length = CInt(belongings.dataOffset + request.payload.count)
        unsafe transfer.pointee.callback = { transfer in
            guard let transfer = unsafe transfer, let argument = unsafe transfer.pointee.user_data else { return }
            let belongings = unsafe Unmanaged<Belongings>.fromOpaque(argument).takeRetainedValue()
            let status = unsafe LibUSBTransferStatus(transfer.pointee.status)
            belongings.tell(status, count: unsafe transfer.pointee.actual_length)
            unsafe libusb_free_transfer(transfer)
        }
        let retained = unsafe Unmanaged.passRetained(belongings)
        unsafe transfer.pointee.user_data = unsafe retained.toOpaque()
        let returned = LibUSBCode(rawValue: unsafe libusb_submit_transfer(transfer))
        guard returned == .success else {
            unsafe retained.release()
            unsafe libusb_free_transfer(transfer)
            return (returned, LibUSBTransfer(address: 0))
        }
        return (.success, LibUSBTransfer(address: UInt(bitPattern: transfer)))
    }

    func cancel(_ transfer: LibUSBTransfer) -> LibUSBCode {
        let pointer = unsafe UnsafeMutablePointer<libusb_transfer>(bitPattern: transfer.address)
        return LibUSBCode(rawValue: unsafe libusb_cancel_transfer(pointer))
    }
}
