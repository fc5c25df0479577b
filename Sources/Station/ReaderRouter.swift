import HubProtocol
package import SmartCard

/// Leads reader events to the service points that they belong to, and tells each point whether it can serve.
package actor ReaderRouter {
    /// What the router knows about one reader.
    private struct Attachment {
        var controller: ServicePointController
        var interface: CardInterface
    }

    private let controllers: [ServicePointController]
    private let acceptsSimulated: Bool
    private let isSimulated: @Sendable (ReaderName) -> Bool
    private let random: RandomSource
    private let journal: any Journal
    private var attachments: [ReaderName: Attachment] = [:]
    private var serviceCode: String? = SmartCardError.Code.serviceNotRunning.rawValue
    private var blockingCode: String?
    private var degradedCode: String?
    private let rows: AsyncStream<StationEvent>
    private let rowQueue: AsyncStream<StationEvent>.Continuation

    /// Changes of the station's state that may wait for the disk; the oldest are kept.
    private static let rowQueueLength = 256

    /// - Parameters:
    ///   - controllers: of the service points.
    ///   - acceptsSimulated: whether station.yaml says `simulated: true`; otherwise simulated readers are ignored.
    ///   - isSimulated: tells a simulated reader by its name.
    ///   - random: makes the names of sessions.
    ///   - journal: gets the rows about the station.
    package init(
        controllers: [ServicePointController],
        acceptsSimulated: Bool,
        isSimulated: @escaping @Sendable (ReaderName) -> Bool,
        random: RandomSource,
        journal: any Journal
    ) {
        self.controllers = controllers
        self.acceptsSimulated = acceptsSimulated
        self.isSimulated = isSimulated
        self.random = random
        self.journal = journal
        (rows, rowQueue) = AsyncStream.makeStream(bufferingPolicy: .bufferingOldest(Self.rowQueueLength))
    }

    /// Takes in the events until the stream ends; rows about the station go to the journal beside.
    package func run(_ events: AsyncStream<ReaderEvent>) async {
        let rows = rows
        let journal = journal
        await withDiscardingTaskGroup { group in
            group.addTask {
                // A journal that cannot write is told by the service points; the readers are not stopped by it.
                for await row in rows { try? await journal.append([row]) }
            }
            await announce()
            for await event in events { await handle(event) }
            rowQueue.finish()
        }
    }

    /// A reason outside the readers why nobody can be served (no ledger), or nil.
    package func block(code: String?) async {
        blockingCode = code
        await announce()
    }

    /// The code of what is wrong with the card service, and how many service points have no reader.
    package var state: (serviceCode: String?, pointsWithoutReader: Int) {
        (serviceCode, controllers.count { !hasReader($0) })
    }

    private func hasReader(_ controller: ServicePointController) -> Bool {
        attachments.values.contains { $0.controller === controller }
    }

    private func handle(_ event: ReaderEvent) async {
        switch event {
        case .serviceAvailable:
            serviceCode = nil
            await announce()
        case .serviceLost(let code):
            serviceCode = code.rawValue
            for (reader, attachment) in attachments {
                await attachment.controller.handle(.presenceUnknown(reader, code: code.rawValue))
            }
            attachments = [:]
            await announce()
        case .readerArrived(let reader): await arrived(reader)
        case .readerLeft(let reader): await left(reader)
        case .cardInserted(let reader, _, _):
            guard let attachment = attachments[reader] else { return }
            let session = random.token()
            await attachment.controller.handle(.cardInserted(reader, attachment.interface, session: session))
        case .cardRemoved(let reader):
            await attachments[reader]?.controller.handle(.cardRemoved(reader))
        case .cardMute(let reader):
            await attachments[reader]?.controller.handle(.cardMute(reader))
        case .presenceUnknown(let reader):
            let code = SmartCardError.Code.readerUnplugged.rawValue
            await attachments[reader]?.controller.handle(.presenceUnknown(reader, code: code))
        }
    }

    private func arrived(_ reader: ReaderName) async {
        guard acceptsSimulated || !isSimulated(reader) else { return }
        for controller in controllers {
            guard let interface = controller.point.interface(of: reader) else { continue }
            attachments[reader] = Attachment(controller: controller, interface: interface)
            break
        }
        await announce()
    }

    private func left(_ reader: ReaderName) async {
        guard let attachment = attachments.removeValue(forKey: reader) else { return }
        let code = SmartCardError.Code.readerUnplugged.rawValue
        await attachment.controller.handle(.presenceUnknown(reader, code: code))
        await announce()
    }

    /// Tells every service point whether it can serve, and the journal when that changes for the station.
    private func announce() async {
        var worst: String?
        for controller in controllers {
            let code =
                serviceCode ?? (hasReader(controller) ? blockingCode : SmartCardError.Code.readerNotFound.rawValue)
            worst = worst ?? code
            await controller.handle(.readiness(code: code))
        }
        record(worst)
    }

    private func record(_ code: String?) {
        guard code != degradedCode else { return }
        let former = degradedCode
        degradedCode = code
        let event =
            if let code {
                StationEvent(.deviceDegraded, servicePoint: "", attributes: ["code": .string(code)])
            } else {
                StationEvent(.deviceRecovered, servicePoint: "", attributes: ["code": .string(former ?? "")])
            }
        rowQueue.yield(event)
    }
}
