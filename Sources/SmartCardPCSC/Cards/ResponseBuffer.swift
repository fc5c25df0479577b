import Glibc

/// Room for one response, reused by all exchanges of a reader's thread and wiped after each body.
///
/// `@safe`: the memory is made here, lives as long as this object and is read within its bounds only.
@safe final class ResponseBuffer {
    /// The longest extended response that libpcsclite passes on: 64 KiB of data, header and status word
    /// (`MAX_BUFFER_SIZE_EXTENDED`).
    static let size = 4 + 3 + 65_536 + 3 + 2

    let storage: UnsafeMutableRawBufferPointer
    private var used = 0

    init() {
        unsafe storage = .allocate(byteCount: Self.size, alignment: 16)
        unsafe storage.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit {
        wipe()
        unsafe storage.deallocate()
    }

    /// Notes that a response of this length was written.
    func markUsed(_ count: Int) {
        used = max(used, min(count, Self.size))
    }

    /// The first bytes, copied once.
    func bytes(_ count: Int) -> [UInt8] {
        unsafe [UInt8](UnsafeRawBufferPointer(storage).prefix(count))
    }

    /// Overwrites what responses have left: they hold personal data.
    func wipe() {
        guard let address = unsafe storage.baseAddress else { return }
        unsafe explicit_bzero(address, used)
        used = 0
    }
}
