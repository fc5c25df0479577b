// swift-tools-version: 6.2

import PackageDescription

/// Settings of every Swift target: each upcoming feature is on and every warning is an error.
let strictSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
    .treatWarning("ExplicitSendable", as: .error),
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
/// The SQLite of this system, as GRDB binds it.
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

/// The test target of a target, with what its tests import beside it.
func tests(of target: String, _ dependencies: Target.Dependency...) -> Target {
    .testTarget(
        name: "\(target)Tests",
        dependencies: [.byName(name: target)] + dependencies,
        exclude: target == "KioskServer" ? ["Snapshots"] : [],
        swiftSettings: strictSettings
    )
}

let tests: [Target] = [
    tests(of: "SmartCard"),
    tests(of: "CivilIdentity"),
    tests(of: "SocialCard", "CivilIdentity", "SmartCard"),
    tests(of: "Benefits", "CivilIdentity"),
    tests(of: "HubProtocol", "Benefits", "CivilIdentity", crypto),
    tests(of: "Station", "Benefits", "CivilIdentity", "HubProtocol", "SmartCard", "SocialCard"),
    tests(of: "SmartCardPCSC", "CPCSCLite", "SmartCard"),
    tests(of: "LedgerSQLite", "Benefits", "CivilIdentity", "HubProtocol", "Station", crypto, grdb),
    tests(of: "JournalSQLite", "Benefits", "CivilIdentity", "HubProtocol", "Station", grdb),
    tests(
        of: "KioskServer",
        "Benefits",
        "CivilIdentity",
        "Station",
        logging,
        serviceLifecycle,
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio")
    ),
    tests(of: "YAMLFiles", "Benefits", "CivilIdentity", "SmartCard", "Station"),
    tests(of: "LinuxHost", "HubProtocol", "SocialCard", "Station"),
]

let package = Package(
    name: "OneCard",
    products: [
        .executable(name: "onecardd", targets: ["onecardd"]),
        .executable(name: "onecard", targets: ["onecard"]),
        .library(
            name: "OneCardGround",
            targets: ["SmartCard", "CivilIdentity", "SocialCard", "Benefits", "HubProtocol", "YAMLFiles"]
        ),
        .library(name: "OneCardCore", targets: ["Station"]),
        .library(name: "OneCardAdapters", targets: ["SmartCardPCSC", "LedgerSQLite", "JournalSQLite", "LinuxHost"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        // 1 C: each imported by exactly one adapter.
        .systemLibrary(name: "CPCSCLite", pkgConfig: "libpcsclite", providers: [.apt(["libpcsclite-dev"])]),
        .target(name: "CLinuxHost"),

        // 2 ground
        .target(name: "SmartCard", swiftSettings: strictSettings),
        .target(name: "CivilIdentity", dependencies: [crypto], swiftSettings: strictSettings),

        // 3 nouns
        .target(name: "SocialCard", dependencies: ["SmartCard", "CivilIdentity"], swiftSettings: strictSettings),
        .target(name: "Benefits", dependencies: ["CivilIdentity"], swiftSettings: strictSettings),

        // 4 contract
        .target(
            name: "HubProtocol",
            dependencies: ["Benefits", "CivilIdentity", crypto],
            swiftSettings: strictSettings
        ),

        // 5 core
        .target(
            name: "Station",
            dependencies: ["Benefits", "CivilIdentity", "HubProtocol", "SmartCard", "SocialCard", crypto],
            swiftSettings: strictSettings
        ),

        // 6 adapters
        .target(
            name: "SmartCardPCSC",
            dependencies: ["CPCSCLite", "SmartCard"],
            swiftSettings: strictSettings + [.strictMemorySafety()]
        ),
        .target(
            name: "LedgerSQLite",
            dependencies: ["Benefits", "CivilIdentity", "HubProtocol", "Station", crypto, grdb, sqlite],
            swiftSettings: strictSettings
        ),
        .target(
            name: "JournalSQLite",
            dependencies: ["Benefits", "CivilIdentity", "HubProtocol", "Station", grdb],
            swiftSettings: strictSettings
        ),
        .target(
            name: "KioskServer",
            dependencies: [
                "Benefits", "CivilIdentity", "Station", crypto, logging,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                serviceLifecycle,
            ],
            resources: [.embedInCode("Assets")],
            swiftSettings: strictSettings
        ),
        .target(
            name: "YAMLFiles",
            dependencies: ["Benefits", "CivilIdentity", "SmartCard", "Station", "Yams"],
            swiftSettings: strictSettings
        ),
        .target(
            name: "LinuxHost",
            dependencies: ["CLinuxHost", "HubProtocol", "SocialCard", "Station"],
            swiftSettings: strictSettings
        ),

        // 7 outside: parse, configure, wire, run.
        .executableTarget(
            name: "onecardd",
            dependencies: [
                "Benefits", "CivilIdentity", "HubProtocol", "JournalSQLite", "KioskServer", "LedgerSQLite", "LinuxHost",
                "SmartCard", "SmartCardPCSC", "SocialCard", "Station", "YAMLFiles",
                argumentParser, logging, serviceLifecycle,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strictSettings
        ),
        .executableTarget(
            name: "onecard",
            dependencies: [
                "Benefits", "CivilIdentity", "HubProtocol", "JournalSQLite", "LedgerSQLite", "LinuxHost",
                "SmartCard", "SmartCardPCSC", "SocialCard", "Station", "YAMLFiles",
                argumentParser,
            ],
            swiftSettings: strictSettings
        ),
    ] + tests,
    swiftLanguageModes: [.v6]
)
