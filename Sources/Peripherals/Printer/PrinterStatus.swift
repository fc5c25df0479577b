/// What a printer says about itself: the conditions that hold, or none when it is ready (PROTOCOLS.md 7.1, 7.2).
public struct PrinterStatus: Hashable, Sendable, CustomStringConvertible {
    /// The conditions that hold.
    public var conditions: Set<PrinterCondition>

    /// Makes a status.
    ///
    /// - Parameter conditions: The conditions that hold.
    public init(_ conditions: Set<PrinterCondition> = []) {
        self.conditions = conditions
    }

    /// Nothing is wrong.
    public static let ready = PrinterStatus()

    /// The printer said nothing that can be understood.
    public static let unknown = PrinterStatus([.unknown])

    /// The worst condition because of which nothing is printed; nil when the printer prints.
    public var blocking: PrinterCondition? {
        PrinterCondition.allCases.first { conditions.contains($0) && $0.code != nil }
    }

    /// Whether the printer is known to print.
    public var isReady: Bool { blocking == nil }

    /// The conditions, the worst first, or `ready`.
    public var description: String {
        guard !conditions.isEmpty else { return "ready" }
        return PrinterCondition.allCases.filter(conditions.contains).map(\.rawValue).joined(separator: ", ")
    }
}

extension PrinterStatus {
    /// The numbers of the real-time status requests, `DLE EOT 1…4`.
    public static let realTimeNumbers: ClosedRange<UInt8> = 1...4

    /// Reads the answers to the real-time status requests, one byte each.
    ///
    /// - Parameters:
    ///   - answers: The bytes by the number of the request; one that is missing, or whose fixed bits are wrong, makes
    ///     the status ``PrinterCondition/unknown`` beside what the others say.
    ///   - printer: Which bits mean the paper.
    public init(realTime answers: [UInt8: UInt8], printer: PrinterCapabilities) {
        self.init()
        for number in Self.realTimeNumbers {
            guard let answer = answers[number], Self.isRealTimeAnswer(answer) else {
                conditions.insert(.unknown)
                continue
            }
            read(answer, of: number, printer)
        }
        // The cause says more than that the printer is offline.
        if hasCause { conditions.remove(.offline) }
    }

    /// Whether the fixed bits of a real-time answer are right: 0 and 7 clear, 1 and 4 set.
    ///
    /// - Parameter byte: What the printer sent.
    /// - Returns: False for the answer to another request.
    public static func isRealTimeAnswer(_ byte: UInt8) -> Bool { byte & 0x93 == 0x12 }

    /// Whether something is known that keeps the printer from printing.
    private var hasCause: Bool {
        conditions.contains { $0.code != nil && $0 != .offline && $0 != .unknown }
    }

    private mutating func read(_ answer: UInt8, of number: UInt8, _ printer: PrinterCapabilities) {
        func insert(_ condition: PrinterCondition, _ bits: UInt8) {
            if answer & bits != 0 { conditions.insert(condition) }
        }
        switch number {
        case 1:
            insert(.offline, 0x08)
        case 2:
            insert(.coverOpen, 0x04)
            insert(.paperEnd, 0x20)
            // Paper is being fed by the button, or an error that the third answer names.
            insert(.offline, 0x48)
        case 3:
            insert(.cutterError, 0x08)
            insert(.unrecoverable, 0x20)
            insert(.overheated, 0x40)
        default:
            insert(.paperEnd, printer.paperEndBits)
            insert(.paperNearEnd, printer.paperNearEndBits)
        }
    }

    /// Reads the port status of the USB printer class.
    ///
    /// Many printers always answer 18, so that ready by this byte alone means little.
    ///
    /// - Parameter portStatus: Bit 5 paper empty, bit 4 selected, bit 3 no error; the others are clear.
    public init(portStatus: UInt8) {
        self.init()
        guard portStatus & 0xC7 == 0 else {
            conditions = [.unknown]
            return
        }
        if portStatus & 0x20 != 0 {
            conditions.insert(.paperEnd)
        } else if portStatus & 0x18 != 0x18 {
            conditions.insert(.offline)
        }
    }

    /// Reads the answer to `GS r 1`, the paper sensor in order behind the data.
    ///
    /// A byte whose fixed bits, 4 and 7, are not clear gives nil: it is a real-time answer that came late.
    ///
    /// - Parameter paperSensor: Bits 0 and 1 near end, bits 2 and 3 end.
    public init?(paperSensor: UInt8) {
        guard paperSensor & 0x90 == 0 else { return nil }
        self.init()
        if paperSensor & 0x03 != 0 { conditions.insert(.paperNearEnd) }
        if paperSensor & 0x0C != 0 { conditions.insert(.paperEnd) }
    }

    /// The conditions of the real-time answers and of the port status together.
    ///
    /// A port status does not make up for a missing answer: only its bad news counts.
    ///
    /// - Parameter port: What the port status says.
    /// - Returns: All conditions that one of the two knows.
    public func merged(withPort port: PrinterStatus) -> PrinterStatus {
        var known = PrinterStatus(conditions.union(port.conditions.subtracting([.unknown])))
        if known.hasCause { known.conditions.subtract([.offline, .unknown]) }
        return known
    }
}
