import CivilIdentity
import Testing
import VirtualPeripherals

/// Documents and frames that the tests share; nobody in them exists.
enum Sample {
    static func resident(
        configure: (inout VirtualDocument) -> Void = { _ in }
    ) throws -> VirtualDocument {
        try VirtualDocument(
            kind: .resident,
            name: "贾福寿",
            sex: .female,
            birthDate: CivilDate(year: 1942, month: 3, day: 15),
            number: "999999194203151025",
            validFrom: CivilDate(year: 2012, month: 5, day: 6),
            validTo: nil,
            configure: configure
        )
    }

    /// A request of PROTOCOLS.md 2.1.
    static func request(_ command: UInt8, _ parameter: UInt8) -> [UInt8] {
        let body: [UInt8] = [0, 3, command, parameter]
        return [0xAA, 0xAA, 0xAA, 0x96, 0x69] + body + [body.reduce(0, ^)]
    }

    static let samStatus = request(0x11, 0xFF)
    static let samStatusAnswer: [UInt8] = [0xAA, 0xAA, 0xAA, 0x96, 0x69, 0, 4, 0, 0, 0x90, 0x94]

    /// A USB device whose cable is in.
    static func plugged(_ model: DeviceModel) throws -> VirtualUSBDevice {
        let description = try #require(model.description(portPath: "1-1", serial: "SIM-1"))
        var device = VirtualUSBDevice(name: "device", description: description, peripheral: model.makePeripheral())
        _ = device.connected()
        _ = device.receive(.plugged, now: 0)
        return device
    }
}

/// Seeded random numbers, the same on every machine.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let mixed = (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        return mixed ^ (mixed >> 33)
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 24) }
    }

    /// The bytes with a few changed, doubled or taken away.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var result = bytes
        for _ in 0..<Int.random(in: 1...3, using: &self) where !result.isEmpty {
            let place = Int.random(in: result.indices, using: &self)
            switch Int.random(in: 0...2, using: &self) {
            case 0: result[place] = UInt8(truncatingIfNeeded: next() >> 16)
            case 1: result.remove(at: place)
            default: result.insert(result[place], at: place)
            }
        }
        return result
    }
}

/// What a host sees of the frames of a device: bytes for one transfer, and how it ended.
func outcome(of id: UInt32, in frames: [ModelFrame]) -> (bytes: [UInt8], end: ModelFrame?) {
    var bytes: [UInt8] = []
    var end: ModelFrame?
    for frame in frames {
        switch frame {
        case .give(id, let part): bytes += part
        case .done(id), .stall(id), .fail(id), .overflow(id): end = frame
        default: break
        }
    }
    return (bytes, end)
}
