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

let package = Package(
    name: "OneCardBenchmarks",
    products: [.executable(name: "onecard-bench", targets: ["onecard-bench"])],
    dependencies: [
        // The folder of a checkout may have any name, so the package is named here.
        .package(name: "OneCard", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    ],
    targets: [
        .executableTarget(
            name: "onecard-bench",
            dependencies: [
                .product(name: "OneCardGround", package: "OneCard"),
                .product(name: "OneCardAdapters", package: "OneCard"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strictSettings
        )
    ],
    swiftLanguageModes: [.v6]
)
