package import SmartCard
package import VirtualCard

/// A reader with a virtual chip under power, for tests without any driver.
package actor ChipReader: CardReader {
    package nonisolated let name: ReaderName
    private let channel: ChipChannel

    /// Puts a chip in and powers it up.
    package init(_ chip: VirtualChip, interface: CardInterface = .contact, name: String = "Virtual Reader 00 00") {
        self.name = ReaderName(name)
        channel = ChipChannel(chip, interface: interface)
    }

    /// Lends the chip.
    package func withCard<Result: Sendable>(
        _ body: @escaping @Sendable (any CardChannel) throws -> Result
    ) async throws -> Result {
        try body(channel)
    }

    /// Takes the power away and gives it again.
    package func reset() {
        channel.reset()
    }

    /// The chip as it is now.
    package var chip: VirtualChip { channel.chip }

    /// Class and instruction of every command since the start.
    package var instructions: Set<[UInt8]> { channel.instructions }
}

/// A channel straight into a virtual chip.
package final class ChipChannel: CardChannel {
    package private(set) var chip: VirtualChip
    package private(set) var answerToReset: AnswerToReset?
    package private(set) var instructions: Set<[UInt8]> = []
    private let interface: CardInterface

    /// Powers a chip up.
    package init(_ chip: VirtualChip, interface: CardInterface = .contact) {
        self.chip = chip
        self.interface = interface
        reset()
    }

    /// Takes the power away and gives it again.
    package func reset() {
        answerToReset = chip.reset(interface: interface).flatMap { try? AnswerToReset(bytes: $0) }
    }

    /// Makes one exchange.
    package func transmit(_ command: UnsafeRawBufferPointer) throws(SmartCardError) -> [UInt8] {
        instructions.insert(Array(command.prefix(2)))
        return chip.respond(to: Array(command))
    }
}

@available(*, unavailable)
extension ChipChannel: Sendable {}
