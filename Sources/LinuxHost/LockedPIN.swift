import Glibc
import SocialCard
package import Station
import Synchronization

/// The digits of a PIN in one page of memory that is locked, kept out of core dumps, and overwritten after use.
///
/// The digits are never copied out: the card layer reads them through `withDigits`, in place. A wipe never waits: during
/// such a reading it is put off to its end, so that no half-wiped PIN is sent to a card and a removed card blanks at once.
package final class LockedPIN: PINBuffer {
    private struct State {
        var digits = 0
        var isBeingRead = false
        var mustBeWiped = false
    }

    private let state = Mutex(State())
    // Unsafe: touched inside `state.withLock`, and by the one reader between `isBeingRead` set and cleared, when
    // nobody else touches it.
    private nonisolated(unsafe) let page: UnsafeMutableRawBufferPointer

    /// Whether the kernel locked the page (RLIMIT_MEMLOCK may forbid it); told by the health page.
    package let isLocked: Bool

    package init() {
        let size = Int(sysconf(Int32(_SC_PAGESIZE)))
        let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let memory, memory != MAP_FAILED else { preconditionFailure("no memory for one page") }
        page = UnsafeMutableRawBufferPointer(start: memory, count: size)
        isLocked = mlock(memory, size) == 0
        madvise(memory, size, MADV_DONTDUMP)
        madvise(memory, size, MADV_DONTFORK)
    }

    deinit {
        guard let memory = page.baseAddress else { return }
        explicit_bzero(memory, page.count)
        munmap(memory, page.count)
    }

    package var count: Int { state.withLock { $0.mustBeWiped ? 0 : $0.digits } }

    package func append(_ digit: UInt8) -> Bool {
        state.withLock { state in
            guard !state.isBeingRead, state.digits < SocialCard.pinLengths.upperBound,
                (0x30...0x39).contains(digit)
            else { return false }
            page[state.digits] = digit
            state.digits += 1
            return true
        }
    }

    package func deleteLast() {
        state.withLock { state in
            guard !state.isBeingRead, state.digits > 0 else { return }
            state.digits -= 1
            page[state.digits] = 0
        }
    }

    package func wipe() {
        state.withLock { state in
            if state.isBeingRead { state.mustBeWiped = true } else { overwrite(&state) }
        }
    }

    package func take() -> any PINBuffer {
        let taken = LockedPIN()
        state.withLock { state in
            guard !state.isBeingRead else { return }
            taken.fill(from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(page)[..<state.digits]))
            overwrite(&state)
        }
        return taken
    }

    private func fill(from digits: UnsafeRawBufferPointer) {
        state.withLock { state in
            page.copyMemory(from: digits)
            state.digits = digits.count
        }
    }

    /// Lends the digits; a second reader beside the first is lent none.
    package func withDigits<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let lent: Int? = state.withLock { state in
            guard !state.isBeingRead else { return nil }
            state.isBeingRead = true
            return state.digits
        }
        guard let digits = lent else { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        defer {
            state.withLock { state in
                state.isBeingRead = false
                if state.mustBeWiped { overwrite(&state) }
            }
        }
        return try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(page)[..<digits]))
    }

    private func overwrite(_ state: inout State) {
        if let memory = page.baseAddress { explicit_bzero(memory, page.count) }
        state.digits = 0
        state.mustBeWiped = false
    }
}
