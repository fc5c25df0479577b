import CivilIdentity
import SeededRandom
import SmartCard
import SocialCard
import Station
import Testing

@testable import YAMLFiles

@Suite struct StationFileTests {
    private let right = """
        station:
          id: demo-station
          name: 演示站
          division: "440703001001"
          hotline: "12345"
        simulated: true
        state: /var/lib/onecard
        keys: /etc/onecard/keys
        policy: /etc/onecard/policy.yaml
        kiosk:
          port: 8440
          simulatorOrigin: "http://127.0.0.1:8490"
        servicePoints:
          - id: kiosk-1
            kind: kiosk
            readers:
              - name: OneCard Simulator Contact 0
                interface: contact
            limits:
              idle: 30
        """

    private func mistakes(_ text: String) -> [YAMLMistake] {
        do {
            _ = try StationFile.decode(text, file: "station.yaml")
            return []
        } catch {
            return error.mistakes
        }
    }

    @Test func aRightFileIsDecoded() throws {
        let station = try StationFile.decode(right, file: "station.yaml")
        #expect(station.id == "demo-station")
        #expect(station.division.rawValue == "440703001001")
        #expect(station.simulated)
        let point = try #require(station.servicePoints.first)
        #expect(point.limits.idleSeconds == 30)
        #expect(point.limits.readingSeconds == SessionLimits().readingSeconds)
        #expect(point.interface(of: ReaderName(rawValue: "OneCard Simulator Contact 00 00")) == .contact)
        #expect(point.interface(of: ReaderName(rawValue: "Other 00 00")) == nil)
    }

    @Test func whatMayBeLeftOutHasItsUsualValue() throws {
        let text = right.split(separator: "\n").filter { line in
            ![
                "simulated:", "kiosk:", "  port", "  simulatorOrigin", "keys:", "    limits", "      idle",
            ].contains { line.hasPrefix($0) }
        }.joined(separator: "\n")
        let station = try StationFile.decode(text, file: "station.yaml")
        #expect(!station.simulated)
        #expect(station.kioskPort == 8_440)
        #expect(station.keyDirectory == nil)
    }

    @Test func everyMistakeIsToldAtOnceWithItsLine() {
        let wrong =
            right
            .replacingOccurrences("id: demo-station", "id: Demo Station")
            .replacingOccurrences("port: 8440", "port: 80")
            .replacingOccurrences("interface: contact", "interface: contct")
            .replacingOccurrences("state: /var/lib/onecard", "state: var")
            .replacingOccurrences("simulated: true", "simulatd: true")
        let found = mistakes(wrong)
        #expect(found.count >= 6, "\(found)")
        #expect(Set([2, 6, 7, 11, 18]).isSubset(of: Set(found.map(\.line))), "\(found)")
    }

    @Test func aServicePointMayHaveASecurityModule() throws {
        let text =
            right.replacingOccurrences("simulated: true", "simulated: true\nprofiles: /etc/onecard/profiles") + """

                    securityModule:
                      reader: OneCard Simulator SAM
                      profile: onecard-simulator-sam
                      commands: bfde
                      algorithms: [sm4]
                """
        let station = try StationFile.decode(text, file: "station.yaml")
        #expect(station.profileDirectory == "/etc/onecard/profiles")
        #expect(
            station.servicePoints[0].securityModule
                == ServicePoint.SecurityModule(
                    namePrefix: "OneCard Simulator SAM",
                    profile: "onecard-simulator-sam",
                    commands: "bfde",
                    algorithms: [.sm4]
                )
        )
        let changes = [
            ("commands: bfde", "commands: other"), ("algorithms: [sm4]", "algorithms: [des]"),
            ("algorithms: [sm4]", "algorithms: []"), ("profile: onecard", "profile: One"),
            ("reader: OneCard Simulator SAM", "reader: 7"), ("profile: onecard-simulator-sam", "model: x"),
        ]
        for (old, new) in changes { #expect(!mistakes(text.replacingOccurrences(old, new)).isEmpty, "\(new)") }
    }

    @Test(arguments: ["station", "state", "policy", "servicePoints"])
    func aMissingPartIsToldByName(key: String) {
        let text = right.replacingOccurrences("\n\(key):", "\nother:").replacingPrefix("\(key):", "other:")
        #expect(mistakes(text).contains { $0.path.contains(key) || $0.message.contains(key) }, "\(mistakes(text))")
    }

    @Test func aFrameOriginNeedsASimulatedStation() {
        #expect(!mistakes(right.replacingOccurrences("simulated: true", "simulated: false")).isEmpty)
    }

    @Test func twoServicePointsOfOneNameAreRefused() {
        let twice =
            right + "\n  - id: kiosk-1\n    kind: desk\n    readers:\n      - name: X\n        interface: contact\n"
        #expect(!mistakes(twice).isEmpty)
    }

    @Test func randomChangesOfARightFileNeverTrap() {
        var random = SplitMix64(seed: 77)
        let bytes = Array(right.utf8)
        for _ in 0..<100_000 {
            var changed = bytes
            for _ in 0...Int(random.next() % 4) {
                let index = Int(random.next() % UInt64(changed.count))
                switch random.next() % 3 {
                case 0: changed[index] = UInt8(truncatingIfNeeded: random.next())
                case 1: changed.remove(at: index)
                default: changed.insert(changed[Int(random.next() % UInt64(changed.count))], at: index)
                }
            }
            _ = try? StationFile.decode(String(decoding: changed, as: UTF8.self), file: "station.yaml")
        }
    }
}

extension String {
    fileprivate func replacingOccurrences(_ old: String, _ new: String) -> String {
        split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }

    fileprivate func replacingPrefix(_ old: String, _ new: String) -> String {
        hasPrefix(old) ? new + dropFirst(old.count) : self
    }
}
