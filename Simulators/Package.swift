// swift-tools-version: 6.2

import PackageDescription

/// The same settings as in the root package.
let strictSettings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
    .treatWarning("ExplicitSendable", as: .error),
]

/// Floors 2 to 4 of the house and the YAML decoder.
let ground: Target.Dependency = .product(name: "OneCardGround", package: "OneCard")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let package = Package(
    name: "OneCardSimulators",
    products: [
        .executable(name: "onecard-sim", targets: ["onecard-sim"]),
        .library(name: "OneCardIFDHandler", type: .dynamic, targets: ["IFDHandler"]),
    ],
    dependencies: [
        // The folder of a checkout may have any name, so the package is named here.
        .package(name: "OneCard", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    ],
    targets: [
        .target(name: "CReaderLink"),
        .target(
            name: "IFDHandler",
            dependencies: ["CReaderLink"],
            // pcscd's header includes its siblings without their folder.
            cSettings: [.unsafeFlags(["-I/usr/include/PCSC"])],
            // pcscd loads this library; it must not ask for the Swift runtime.
            linkerSettings: [.unsafeFlags(["-static-stdlib"])]
        ),
        .target(name: "VirtualCard", dependencies: [ground], swiftSettings: strictSettings),
        .target(name: "VirtualPeripherals", dependencies: [ground], swiftSettings: strictSettings),
        .target(name: "Personas", dependencies: ["VirtualCard", ground, crypto], swiftSettings: strictSettings),
        .target(
            name: "SimulationKit",
            dependencies: ["CReaderLink", "Personas", "VirtualCard", ground],
            swiftSettings: strictSettings
        ),
        .target(
            name: "SyntheticTown",
            dependencies: ["Personas", "VirtualCard", ground, crypto],
            swiftSettings: strictSettings
        ),
        .target(
            name: "VirtualDesk",
            dependencies: [
                "Personas", "SimulationKit", "VirtualCard", ground, logging, serviceLifecycle,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            resources: [.embedInCode("Assets")],
            swiftSettings: strictSettings
        ),
        .executableTarget(
            name: "onecard-sim",
            dependencies: [
                "Personas", "SimulationKit", "SyntheticTown", "VirtualCard", "VirtualDesk", "VirtualPeripherals",
                ground, argumentParser, logging,
                serviceLifecycle,
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strictSettings
        ),

        // Tests
        .target(
            name: "SimulatorTestKit",
            dependencies: ["VirtualCard", ground],
            path: "Tests/SimulatorTestKit",
            swiftSettings: strictSettings
        ),
        .testTarget(
            name: "VirtualCardTests",
            dependencies: ["SimulatorTestKit", "VirtualCard", ground],
            swiftSettings: strictSettings
        ),
        .testTarget(
            name: "VirtualPeripheralsTests",
            dependencies: ["VirtualPeripherals", ground],
            swiftSettings: strictSettings
        ),
        .testTarget(
            name: "PersonasTests",
            dependencies: ["Personas", "VirtualCard", ground],
            swiftSettings: strictSettings
        ),
        .testTarget(
            name: "SimulationKitTests",
            dependencies: ["CReaderLink", "SimulationKit", "SimulatorTestKit", "VirtualCard", ground],
            swiftSettings: strictSettings
        ),
        .testTarget(
            name: "SyntheticTownTests",
            dependencies: ["Personas", "SyntheticTown", ground],
            swiftSettings: strictSettings
        ),
        .testTarget(
            name: "VirtualDeskTests",
            dependencies: [
                "VirtualCard", "VirtualDesk", logging,
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            swiftSettings: strictSettings
        ),
    ],
    swiftLanguageModes: [.v6]
)
