import HubProtocol
import Testing

@testable import LedgerSQLite

@Suite struct CurrentLedgerTests {
    private let current = CurrentLedger(
        fileName: "ledger-43.sqlite",
        generation: 43,
        bytes: 123_456,
        fileHash: [UInt8](repeating: 0xAB, count: 32),
        manifestHash: [UInt8](repeating: 0x0C, count: 32)
    )

    @Test func comesBackFromItsText() throws {
        let key = try LedgerSample.storageKey()
        #expect(try CurrentLedger(bytes: current.bytes(storageKey: key), storageKey: key) == current)
    }

    @Test func anyChangedByteIsFound() throws {
        let key = try LedgerSample.storageKey()
        let text = current.bytes(storageKey: key)
        for index in text.indices {
            var changed = text
            changed[index] ^= 1
            let error = #expect(throws: LedgerError.self) { try CurrentLedger(bytes: changed, storageKey: key) }
            #expect(error?.code == .damaged || error?.code == .keyUnknown)
        }
    }

    @Test(arguments: [
        "../x.sqlite", "ledger-0.sqlite", "ledger-1-1.sqlite", "ledger-01.sqlite", "ledger-1.sqlite ", "",
    ])
    func otherFileNamesAreRefusedEvenWhenSigned(name: String) throws {
        let key = try LedgerSample.storageKey()
        var other = current
        other.fileName = name
        let error = #expect(throws: LedgerError.self) {
            try CurrentLedger(bytes: other.bytes(storageKey: key), storageKey: key)
        }
        #expect(error?.code == .damaged)
    }

    @Test func survivesRandomAndMutatedInput() throws {
        let key = try LedgerSample.storageKey()
        let text = current.bytes(storageKey: key)
        var state: UInt64 = 0x4355_5207
        func next() -> Int {
            // SplitMix64, seeded, so that a failing run can be repeated.
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return Int(truncatingIfNeeded: (mixed ^ (mixed >> 31)) >> 1)
        }
        for round in 0..<100_000 {
            var input = text
            switch round % 4 {
            case 0: input = (0..<(next() % 40)).map { _ in UInt8(truncatingIfNeeded: next()) }
            case 1: input[next() % input.count] = UInt8(truncatingIfNeeded: next())
            case 2: input.removeLast(1 + next() % input.count)
            default: input.insert(UInt8(truncatingIfNeeded: next()), at: next() % input.count)
            }
            guard input != text else { continue }
            #expect(throws: LedgerError.self) { try CurrentLedger(bytes: input, storageKey: key) }
        }
    }
}
