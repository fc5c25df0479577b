import Benefits
import CivilIdentity
import Foundation
import SeededRandom
import Testing
import YAMLFiles

@Suite
struct PolicyFileTests {
    static let folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Policies", isDirectory: true)

    static var files: [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".yaml") }.sorted()
    }

    static func pack(_ file: String) throws -> PolicyPack {
        let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        return try PolicyFile.decode(text, file: file)
    }

    @Test
    func packsAreShipped() {
        #expect(Self.files == ["440700-demo.yaml", "440700.yaml"])
    }

    @Test(arguments: files)
    func everyShippedPackIsDecoded(_ file: String) throws {
        let pack = try Self.pack(file)
        #expect(file.hasPrefix(pack.policy.division.rawValue))
        #expect(pack.policy.programmes.map(\.code) == ProgrammeCode.eight)
        #expect(pack.policy.freshnessLimits == .standard)
        #expect(pack.policy.packID.hasPrefix(file.split(separator: ".")[0]))
        for service in StationService.allCases {
            #expect(pack.policy.services.contains { $0.service == service })
        }
        let path = Self.folder.appendingPathComponent(file).path
        #expect(try PolicyFile.read(path) == pack.policy)
    }

    @Test
    func demonstrationPackIsMarkedAndKnowsItsPayDay() throws {
        let policy = try Self.pack("440700-demo.yaml").policy
        #expect(policy.isFictitious)
        #expect(ProgrammeCode.eight.allSatisfy { policy.rules(for: $0).payDay.value == 10 })
        #expect(policy.rules(for: .gaoling).minimumAge?.value == 80)
        #expect(policy.requirement(for: .benefitDetails).isMet(by: .l2, authentication: .none))
    }

    @Test
    func inv28ProductionPackHasNoMadeUpValue() throws {
        let policy = try Self.pack("440700.yaml").policy
        #expect(!policy.isFictitious)
        #expect(ProgrammeCode.eight.allSatisfy { policy.rules(for: $0).payDay == .unknown })
        #expect(policy.rules(for: .gaoling).minimumAge == .unknown)
        #expect(!policy.requirement(for: .benefitDetails).isMet(by: .l2, authentication: .none))
    }

    @Test
    func categoriesAndDepartmentsFollowTheNotice() throws {
        for file in Self.files {
            let policy = try Self.pack(file).policy
            let parts = policy.programmes.map {
                "\($0.code) \($0.category.rawValue) \($0.department) \($0.unit.rawValue)"
            }
            #expect(
                parts == [
                    "DIBAO living civil-affairs household", "WUBAO living civil-affairs person",
                    "LINSHI living civil-affairs household", "YOUFU other civil-affairs person",
                    "GAOLING other civil-affairs person", "SHIYE socialInsurance social-insurance person",
                    "CJHL disability disabled-federation person", "CJSH disability disabled-federation person",
                ]
            )
            #expect(policy.programmes.allSatisfy { !$0.departmentName.chinese.isEmpty && !$0.name.english.isEmpty })
        }
    }

    @Test
    func inv07TargetsAreIndicatorsAndNoRules() throws {
        let pack = try Self.pack("440700.yaml")
        let figures = pack.indicators.map(\.figure)
        #expect(figures.contains("333"))
        #expect(pack.indicators.allSatisfy { $0.citation.contains("江府办〔2014〕1号") })
        #expect(pack.indicators.allSatisfy { $0.kind == .target || $0.kind == .context })
    }

    @Test(arguments: [
        ("format: onecard-policy-1", "format: onecard-policy-9", "expected one of `onecard-policy-1`"),
        ("fictitious: false", "fictitious: maybe", "expected true or false"),
        ("  from: 2014-01-08", "  from: 2014-02-30", "expected a date YYYY-MM-DD"),
        ("  from: 2014-01-08", "  from: 2014-01-08\n  to: 2013-01-08", "the last day lies before the first"),
        ("code: WUBAO", "code: DIBAO", "stands more than once"),
        ("code: WUBAO", "code: TEKUN", "the programme `WUBAO` is missing"),
        ("payDay: unknown", "payDay: { value: 10 }", "`source` is missing"),
        ("payDay: unknown", "payDay: 10", "expected `unknown` or a mapping"),
        ("payDay: unknown", "payDay: { value: 32, source: notice-2014-1, clause: c }", "1...31"),
        ("payDay: unknown", "payDay: { value: 3, source: nobody, clause: c }", "expected one of `notice-2014-1`"),
        ("department: civil-affairs", "department: civil-affair", "did you mean `civil-affairs`?"),
        ("    level: L2", "    level: L1", "expected L2 or more"),
        ("agedHours: 168", "agedHours: 12", "expected no less than `freshHours`"),
        ("    kind: target", "    kind: rule", "expected one of `target`, `context`"),
        ("    unit: household", "    unit: household\n    amount: 72000", "`amount` is not known here"),
    ])
    func wrongPackIsRefusedWithItsReason(_ from: String, _ to: String, _ message: String) throws {
        let url = Self.folder.appendingPathComponent("440700.yaml")
        let text = try String(contentsOf: url, encoding: .utf8)
        let range = try #require(text.range(of: from))
        let changed = text.replacingCharacters(in: range, with: to)
        do throws(YAMLMistakes) {
            _ = try PolicyFile.decode(changed, file: "p.yaml")
            Issue.record("the pack was accepted")
        } catch {
            #expect(error.description.contains(message), "\(error)")
        }
    }

    @Test
    func mutatedPacksAreRefusedOrDecodedAndNeverTrap() throws {
        let url = Self.folder.appendingPathComponent("440700.yaml")
        let valid = Array(try Data(contentsOf: url))
        var random = SplitMix64(seed: 0x9A41_0002)
        for _ in 0..<500 {
            var bytes = valid
            for _ in 0...random.below(3) {
                bytes[random.below(bytes.count)] = UInt8(random.below(128))
            }
            _ = try? YAMLFile.decode(bytes: bytes, file: "p", { _ in 1 })
            if let text = String(validating: bytes, as: UTF8.self) {
                _ = try? PolicyFile.decode(text, file: "p")
            }
        }
    }
}
