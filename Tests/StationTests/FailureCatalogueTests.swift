import CivilIdentity
import DeviceIO
import Foundation
import HubProtocol
import Peripherals
import ResidentIDCard
import SmartCard
import SocialCard
import Testing

@testable import Station

@Suite struct FailureCatalogueTests {
    private var document: String {
        get throws {
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            return try String(contentsOf: root.appendingPathComponent("Documentation/FailureCodes.md"), encoding: .utf8)
        }
    }

    @Test func everyCodeOfTheModulesHasItsEntry() {
        let known = Set(FailureCatalogue.all.map(\.code))
        let codes =
            SmartCardError.Code.allCases.map(\.rawValue) + SocialCardError.Code.allCases.map(\.rawValue)
            + HubProtocolError.Code.allCases.map(\.rawValue) + IdentityCode.allCases.map(\.rawValue)
            + StationError.Code.allCases.map(\.rawValue) + CardWarning.all.map(\.rawValue)
            + DeviceError.Code.allCases.map(\.rawValue) + ResidentIDError.Code.allCases.map(\.rawValue)
            + PeripheralError.Code.allCases.map(\.rawValue) + IdentityWarning.allCases.map(\.rawValue)
        #expect(Set(codes).subtracting(known).sorted() == [])
    }

    @Test func documentAndCatalogueAreTheSameList() throws {
        let rows = try document.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let written = Dictionary(uniqueKeysWithValues: rows.map { ($0[0].filter { $0 != "`" }, ($0[2], $0[3])) })
        #expect(Set(written.keys) == Set(FailureCatalogue.all.map(\.code)))
        for failure in FailureCatalogue.all {
            #expect(written[failure.code]?.0 == failure.cause, "\(failure.code)")
            #expect(written[failure.code]?.1 == failure.remedy, "\(failure.code)")
        }
    }

    @Test func anUnknownCodeStillHasARemedy() {
        #expect(!FailureCatalogue.entry(for: "no.such-code").remedy.isEmpty)
    }
}
