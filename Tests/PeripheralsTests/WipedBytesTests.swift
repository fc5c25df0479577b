import Testing

@testable import Peripherals

@Suite
struct WipedBytesTests {
    @Test
    func wipingOverwritesEveryByte() {
        var digits = Array("123456".utf8)
        digits.withUnsafeMutableBytes(WipedBytes.wipe)
        #expect(digits == [0, 0, 0, 0, 0, 0])
    }

    @Test
    func memoryIsFilledUpToItsSizeAndUsedAgain() {
        var memory = WipedBytes(capacity: 2)
        memory.append(0x31)
        memory.append(0x32)
        let first = (memory.isFull, memory.count, memory[0], memory[1])
        #expect(first == (true, 2, 0x31, 0x32))
        memory.wipe()
        let wiped = (memory.isFull, memory.count)
        #expect(wiped == (false, 0))
    }
}
