import Synchronization

/// Memory of a fixed size for bytes that may be digits of a PIN; it is wiped when they are done with, and at its end.
///
/// The optimiser may drop plain stores to memory that nobody reads again, but no atomic ones; so each byte is
/// overwritten by a sequentially consistent store. Nothing is ever copied to grow.
///
/// Unchecked, since the memory has this one owner, which cannot be copied, and is reached through it alone.
struct WipedBytes: ~Copyable, @unchecked Sendable {
    private let memory: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    /// Makes memory without bytes.
    ///
    /// - Parameter capacity: The most bytes.
    init(capacity: Int) {
        memory = .allocate(byteCount: capacity, alignment: 1)
        Self.wipe(memory)
    }

    deinit {
        Self.wipe(memory)
        memory.deallocate()
    }

    var isFull: Bool { count == memory.count }

    /// The byte at an index below ``count``.
    subscript(index: Int) -> UInt8 {
        precondition((0..<count).contains(index), "the byte is there")
        return memory[index]
    }

    /// Adds a byte; there must be room.
    mutating func append(_ byte: UInt8) {
        precondition(!isFull, "there is room for the byte")
        memory[count] = byte
        count += 1
    }

    /// Overwrites and drops all bytes.
    mutating func wipe() {
        Self.wipe(UnsafeMutableRawBufferPointer(rebasing: memory[..<count]))
        count = 0
    }

    /// Overwrites every byte with zero; the memory is bound to bytes again.
    static func wipe(_ memory: UnsafeMutableRawBufferPointer) {
        let cells = memory.bindMemory(to: Atomic<UInt8>.self)
        for index in cells.indices {
            cells[index].store(0, ordering: .sequentiallyConsistent)
        }
        memory.bindMemory(to: UInt8.self)
    }
}
