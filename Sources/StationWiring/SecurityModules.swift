import DeviceDrivers
import DeviceProfiles
import LinuxHost
import SmartCard
package import SmartCardPCSC
package import SocialCard
package import Station
import YAMLFiles

/// The security modules of the service points, by their profiles.
package struct SecurityModules: Sendable {
    private var dialects: [ServicePointID: (namePrefix: String, dialect: PSAMDialect)] = [:]
    /// The service point that comes first in station.yaml and has a security module.
    private let first: ServicePointID?
    private let acceptsSimulated: Bool

    /// Reads the profiles that service points name; without a security module no profile is read.
    ///
    /// - Throws: `config.invalid` for a profile that is missing, has mistakes, or is of no security module.
    package init(_ configuration: StationConfiguration) throws {
        acceptsSimulated = configuration.simulated
        first = configuration.servicePoints.first { $0.securityModule != nil }?.id
        guard first != nil else { return }
        let folder = configuration.profileDirectory ?? ProfileFolder.found
        let read = DeviceProfileFiles.read(folder)
        if let first = read.mistakes.first { throw StationError(.configurationInvalid, first.description) }
        for point in configuration.servicePoints {
            guard let module = point.securityModule else { continue }
            dialects[point.id] = (module.namePrefix, try dialect(of: module, in: read.catalogue))
        }
    }

    private func dialect(
        of module: ServicePoint.SecurityModule,
        in catalogue: DeviceProfileCatalogue
    ) throws -> PSAMDialect {
        guard let profile = DeviceProfileID(rawValue: module.profile).flatMap(catalogue.profile),
            case .ccid(let settings) = profile.settings
        else { throw StationError(.configurationInvalid, "there is no card reader of profile \(module.profile)") }
        guard acceptsSimulated || !profile.isSimulated else {
            throw StationError(.configurationInvalid, "profile \(profile.id) is only for `simulated: true`")
        }
        let wanted = settings.securityModules.filter { module.commands ?? $0.commands.rawValue == $0.commands.rawValue }
        guard wanted.count == 1 else {
            throw StationError(
                .configurationInvalid,
                "profile \(profile.id) describes \(wanted.count) security modules: name the `commands` of one"
            )
        }
        var dialect = wanted[0].driver
        dialect.algorithms = module.algorithms
        return dialect
    }

    /// What proves the cards of a service point.
    ///
    /// - Parameters:
    ///   - point: The service point; nil for a command, which takes the first security module of the station.
    ///   - cards: The card service.
    /// - Returns: A reading that proves nothing where there is no security module.
    package func reading(of point: ServicePointID?, cards: PCSCCardService) -> AuthenticatedReading {
        guard let chosen = point ?? first, let (namePrefix, dialect) = dialects[chosen] else {
            return AuthenticatedReading(services: [])
        }
        let slot = SlotReader(namePrefix: namePrefix, acceptsSimulated: acceptsSimulated, service: cards)
        return AuthenticatedReading(services: [PSAMService(reader: slot, dialect: dialect)])
    }
}

/// A slot that is found by the beginning of its PC/SC name whenever it is used: the rest of the name changes after a replug.
private struct SlotReader: CardReader {
    let namePrefix: String
    let acceptsSimulated: Bool
    let service: PCSCCardService

    var name: ReaderName { ReaderName(rawValue: namePrefix) }

    func withCard<Result: Sendable>(
        _ body: @escaping @Sendable (any CardChannel) throws -> Result
    ) async throws -> Result {
        let names = try await PCSCCardService.listReaders().map(\.name)
        let found = names.first { name in
            name.rawValue.hasPrefix(namePrefix) && (acceptsSimulated || !PCSCEnvironment.isSimulatedReader(name))
        }
        guard let found else { throw SmartCardError(.readerNotFound, "no reader is named \(namePrefix)") }
        return try await service.reader(found).withCard(body)
    }
}
