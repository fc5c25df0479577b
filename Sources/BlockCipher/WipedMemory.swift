import Synchronization

/// The wiping of memory that held a key or a command with a PIN.
///
/// How the wiping is kept: the optimiser may drop plain stores to memory that nobody reads again, also behind a
/// function call that it can see through. It may not drop atomic stores: LLVM removes a dead store only if it is
/// neither volatile nor ordered (its guide to atomics; `StoreInst::isUnordered` in dead-store elimination). So each
/// byte is overwritten by a sequentially consistent store of `Atomic<UInt8>`, which has the size and layout of the byte
/// itself. The cost is nothing beside an exchange with a card. What remains out of reach is a register that held a
/// byte for a moment; the memory is never copied.
package enum WipedMemory: Sendable {
    /// Overwrites every byte with zero.
    ///
    /// - Parameter memory: The memory.
    package static func wipe(_ memory: UnsafeMutableRawBufferPointer) {
        let cells = memory.bindMemory(to: Atomic<UInt8>.self)
        for index in cells.indices {
            cells[index].store(0, ordering: .sequentiallyConsistent)
        }
    }
}
