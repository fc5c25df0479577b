import ArgumentParser
import Foundation
import LinuxHost
import Logging
import SmartCardPCSC
import Station
import YAMLFiles

/// The daemon of a station.
@main
struct DaemonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "onecardd",
        abstract: "Drives the readers and the kiosk pages of a community service station.",
        discussion: "Exit status: 0 stopped in good order, 2 configuration, 6 service."
    )

    @Option(name: .long, help: "The station's configuration.")
    var config = "/etc/onecard/station.yaml"

    @Flag(name: .long, help: "Check the configuration, the policy pack and the keys, and stop.")
    var check = false

    @Flag(name: .long, help: "Print the address of each kiosk page, with its token, once it can be opened.")
    var printPages = false

    @Option(name: .long, help: "Least level of the log: trace, debug, info, notice, warning, error.")
    var logLevel = "info"

    func run() async throws {
        let dumpsAreOff = ProcessHardening.disableDumps()
        let logger = try makeLogger()
        if !dumpsAreOff { logger.warning("core dumps could not be switched off") }
        do {
            let environment = ProcessInfo.processInfo.environment
            let setup = try DaemonSetup(configurationFile: config, environment: environment)
            PCSCEnvironment.apply(simulated: setup.configuration.simulated)
            guard !check else { return print("the configuration is right") }
            try await Daemon(setup: setup, logger: logger, printPages: printPages).run()
        } catch {
            // The whole text goes to the error stream: a configuration has many mistakes, each with its line.
            FileHandle.standardError.write(Data("onecardd: \(error)\n".utf8))
            let isUsage = error is YAMLMistakes || FailureCatalogue.entry(for: FailureCode.of(error)).kind == .usage
            ProcessEnd.now(isUsage ? 2 : 6)
        }
        ProcessEnd.now(0)
    }

    private func makeLogger() throws -> Logger {
        guard let level = Logger.Level(rawValue: logLevel) else {
            throw ValidationError("--log-level is one of trace, debug, info, notice, warning, error")
        }
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        var logger = Logger(label: "onecardd")
        logger.logLevel = level
        return logger
    }
}
