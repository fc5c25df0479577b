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
        dependencies: [.byName(name: target), "SeededRandom"] + dependencies,
        exclude: target == "KioskServer" ? ["Snapshots"] : [],
        swiftSettings: strictSettings
    )
}

let tests: [Target] = [
    tests(of: "SmartCard"),
    tests(of: "CivilIdentity"),
    tests(of: "USBDevice", "DeviceIO"),
    tests(of: "SocialCard", "BlockCipher", "BlockCipherOpenSSL", "CivilIdentity", "SmartCard"),
    tests(of: "ResidentIDCard", "CivilIdentity", "DeviceIO"),
    tests(of: "Peripherals", "CivilIdentity", "DeviceIO"),
    tests(of: "DeviceProfiles"),
    tests(of: "DeviceDrivers", "DeviceIO", "DeviceProfiles", "ResidentIDCard", "USBDevice", "YAMLFiles"),
    tests(of: "Benefits", "CivilIdentity"),
    tests(of: "HubProtocol", "Benefits", "CivilIdentity", crypto),
    tests(
        of: "Station",
        "Benefits",
        "CivilIdentity",
        "HubProtocol",
        "Peripherals",
        "SmartCard",
        "SocialCard",
        "DeviceIO",
        "ResidentIDCard"
    ),
    tests(of: "SmartCardPCSC", "CPCSCLite", "SmartCard"),
    tests(of: "USBDeviceLibUSB", "CLibUSB", "DeviceIO", "USBDevice"),
    tests(of: "DeviceFiles", "DeviceIO"),
    tests(of: "BlockCipherOpenSSL", "BlockCipher"),
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
    tests(of: "YAMLFiles", "Benefits", "CivilIdentity", "DeviceProfiles", "SmartCard", "SocialCard", "Station"),
    tests(of: "LinuxHost", "HubProtocol", "SocialCard", "Station"),
]

let package = Package(
    name: "OneCard",
    products: [
        .executable(name: "onecardd", targets: ["onecardd"]),
        .executable(name: "onecard", targets: ["onecard"]),
        .library(
            name: "OneCardGround",
            targets: [
                "SmartCard", "BlockCipher", "BlockCipherOpenSSL", "CivilIdentity", "DeviceIO", "SocialCard",
                "ResidentIDCard", "DeviceProfiles", "Benefits", "HubProtocol", "YAMLFiles",
            ]
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
        .systemLibrary(name: "CLibUSB", pkgConfig: "libusb-1.0", providers: [.apt(["libusb-1.0-0-dev"])]),
        .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "CLinuxHost"),

        // For tests: random numbers that come again.
        .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: strictSettings),

        // 2 ground
        .target(name: "SmartCard", swiftSettings: strictSettings),
        .target(name: "CivilIdentity", dependencies: [crypto], swiftSettings: strictSettings),
        .target(name: "BlockCipher", swiftSettings: strictSettings),
        .target(name: "DeviceIO", swiftSettings: strictSettings),
        .target(name: "USBDevice", dependencies: ["DeviceIO"], swiftSettings: strictSettings),

        // 3 nouns
        .target(
            name: "SocialCard",
            dependencies: ["BlockCipher", "SmartCard", "CivilIdentity"],
            swiftSettings: strictSettings
        ),
        .target(name: "ResidentIDCard", dependencies: ["CivilIdentity", "DeviceIO"], swiftSettings: strictSettings),
        .target(name: "Peripherals", dependencies: ["CivilIdentity", "DeviceIO"], swiftSettings: strictSettings),
        .target(name: "DeviceProfiles", swiftSettings: strictSettings),
        .target(
            name: "DeviceDrivers",
            dependencies: ["DeviceIO", "DeviceProfiles", "ResidentIDCard", "SocialCard", "USBDevice"],
            swiftSettings: strictSettings
        ),
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
            dependencies: [
                "Benefits", "CivilIdentity", "DeviceIO", "HubProtocol", "Peripherals", "ResidentIDCard", "SmartCard",
                "SocialCard", crypto,
            ],
            swiftSettings: strictSettings
        ),

        // 6 adapters
        .target(
            name: "SmartCardPCSC",
            dependencies: ["CPCSCLite", "SmartCard"],
            swiftSettings: strictSettings + [.strictMemorySafety()]
        ),
        .target(
            name: "USBDeviceLibUSB",
            dependencies: ["CLibUSB", "DeviceIO", "USBDevice"],
            swiftSettings: strictSettings + [.strictMemorySafety()]
        ),
        .target(name: "DeviceFiles", dependencies: ["DeviceDrivers", "DeviceIO"], swiftSettings: strictSettings),
        .target(
            name: "BlockCipherOpenSSL",
            dependencies: ["BlockCipher", "CLibCrypto"],
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
            dependencies: [
                "Benefits", "CivilIdentity", "DeviceProfiles", "SmartCard", "SocialCard", "Station", "Yams",
            ],
            swiftSettings: strictSettings
        ),
        .target(
            name: "LinuxHost",
            dependencies: ["CLinuxHost", "HubProtocol", "SocialCard", "Station"],
            swiftSettings: strictSettings
        ),

        // 7 outside: parse, configure, wire, run.
        .target(
            name: "StationWiring",
            dependencies: [
                "DeviceDrivers", "DeviceProfiles", "LinuxHost", "SmartCard", "SmartCardPCSC", "SocialCard", "Station",
                "YAMLFiles",
            ],
            swiftSettings: strictSettings
        ),
        .executableTarget(
            name: "onecardd",
            dependencies: [
                "Benefits", "CivilIdentity", "HubProtocol", "JournalSQLite", "KioskServer", "LedgerSQLite", "LinuxHost",
                "SmartCard", "SmartCardPCSC", "SocialCard", "Station", "StationWiring", "YAMLFiles",
                argumentParser, logging, serviceLifecycle,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strictSettings
        ),
        .executableTarget(
            name: "onecard",
            dependencies: [
                "Benefits", "CivilIdentity", "DeviceDrivers", "DeviceFiles", "DeviceIO", "DeviceProfiles",
                "HubProtocol",
                "JournalSQLite", "LedgerSQLite", "LinuxHost", "ResidentIDCard", "SmartCard", "SmartCardPCSC",
                "SocialCard",
                "Station", "StationWiring", "USBDevice", "USBDeviceLibUSB", "YAMLFiles",
                argumentParser,
            ],
            swiftSettings: strictSettings
        ),
    ] + tests,
    swiftLanguageModes: [.v6]
)
