import Testing

@testable import KioskServer

@Suite struct StationHealthTests {
    private func report(
        cardServiceCode: String? = nil,
        servicePointsWithoutReader: Int = 0,
        ledgerCode: String? = nil,
        diskIsLow: Bool = false,
        developmentKeys: Bool = false,
        pinIsLocked: Bool = true
    ) -> HealthReport {
        StationHealth(
            cardServiceCode: cardServiceCode,
            servicePoints: 2,
            servicePointsWithoutReader: servicePointsWithoutReader,
            ledgerCode: ledgerCode,
            diskIsLow: diskIsLow,
            developmentKeys: developmentKeys,
            pinIsLocked: pinIsLocked
        ).report(version: "1")
    }

    private func part(_ name: String, _ report: HealthReport) -> HealthReport.Component? {
        report.components.first { $0.name == name }
    }

    @Test func aWholeStationIsRightInEveryPart() {
        let whole = report()
        #expect(whole.status == .ok)
        #expect(whole.components.allSatisfy { $0.status == .ok && $0.code == nil })
        #expect(whole.components.map(\.name) == ["cards", "readers", "ledger", "disk", "keys", "pinMemory"])
    }

    @Test func whoeverCannotServeAnybodyIsFailing() {
        for failing in [
            report(cardServiceCode: "pcsc.service-not-running"), report(ledgerCode: "ledger.missing"),
            report(servicePointsWithoutReader: 2), report(ledgerCode: "ledger.damaged", diskIsLow: true),
        ] {
            #expect(failing.status == .failing)
        }
        #expect(part("ledger", report(ledgerCode: "ledger.missing"))?.code == "ledger.missing")
        #expect(part("readers", report(servicePointsWithoutReader: 2))?.status == .failing)
    }

    @Test func whoeverServesSomebodyIsDegraded() {
        for degraded in [
            report(servicePointsWithoutReader: 1), report(diskIsLow: true), report(pinIsLocked: false),
        ] {
            #expect(degraded.status == .degraded)
        }
        #expect(part("disk", report(diskIsLow: true))?.code == "disk.low")
    }

    @Test func developmentKeysAreToldAndDegradeNothing() {
        let marked = report(developmentKeys: true)
        #expect(marked.status == .ok)
        #expect(part("keys", marked) == .init(name: "keys", status: .ok, code: "key.development"))
    }
}
