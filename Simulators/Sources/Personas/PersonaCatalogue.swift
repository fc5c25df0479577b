import CivilIdentity
import Crypto
import Foundation
import HubProtocol
public import YAMLFiles

/// The personas of a folder of card files.
public struct PersonaCatalogue: Sendable {
    /// The most files that are read.
    public static let filesMax = 1_000

    /// The personas in the order of their names.
    public let personas: [Persona]
    /// The terminal security modules of the folder `modules` in it, in the order of their names.
    public let modules: [ModulePersona]
    /// SHA-256 over names and texts of the files of personas: changes with whatever a file says.
    public let fingerprint: [UInt8]

    /// Reads all card files of a folder.
    ///
    /// - Parameter directory: the folder.
    /// - Throws: ``YAMLMistakes`` with the mistakes of all files.
    public init(directory: String) throws(YAMLMistakes) {
        let names = Self.files(directory)
        var mistakes: [YAMLMistake] = []
        var personas: [Persona] = []
        var hash = SHA256()
        for name in names {
            let path = "\(directory)/\(name)"
            do throws(YAMLMistakes) {
                let text = try Self.read(path)
                hash.update(data: Data("\(name) \(text.utf8.count)\n\(text)".utf8))
                personas.append(try PersonaFile.decode(text, file: path))
            } catch {
                mistakes += error.mistakes
            }
        }
        if names.isEmpty {
            mistakes.append(YAMLMistake(file: directory, line: 0, path: "", message: "the folder has no card files"))
        }
        var modules: [ModulePersona] = []
        for name in Self.files("\(directory)/\(ModuleFile.folder)") {
            let path = "\(directory)/\(ModuleFile.folder)/\(name)"
            do throws(YAMLMistakes) {
                modules.append(try ModuleFile.decode(try Self.read(path), file: path))
            } catch {
                mistakes += error.mistakes
            }
        }
        for module in modules where personas.contains(where: { $0.name == module.name }) {
            let path = "\(directory)/\(ModuleFile.folder)/\(module.name)\(PersonaFile.ending)"
            mistakes.append(YAMLMistake(file: path, line: 0, path: "name", message: "a persona has this name"))
        }
        mistakes += Self.crossMistakes(personas, directory)
        guard mistakes.isEmpty else { throw YAMLMistakes(mistakes) }
        self.personas = personas.sorted { $0.name < $1.name }
        self.modules = modules.sorted { $0.name < $1.name }
        fingerprint = Array(hash.finalize())
    }

    /// The persona of that name.
    public subscript(name: String) -> Persona? {
        personas.first { $0.name == name }
    }

    /// The security module of that name.
    ///
    /// - Parameter name: the name of its file without the ending.
    /// - Returns: nil if there is none.
    public func module(_ name: String) -> ModulePersona? {
        modules.first { $0.name == name }
    }

    /// The residents whom the personas bring into a town, each once.
    public var residents: [LedgerEntry] {
        personas.compactMap { persona in
            guard case .resident(let entry) = persona.ledger else { return nil }
            return entry
        }
    }

    /// The names of the card files of a folder; none if there is no such folder.
    private static func files(_ directory: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [])
            .filter { $0.hasSuffix(PersonaFile.ending) }
            .sorted()
            .prefix(filesMax)
            .map(\.self)
    }

    private static func read(_ path: String) throws(YAMLMistakes) -> String {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw YAMLMistakes([YAMLMistake(file: path, line: 0, path: "", message: "the file cannot be read")])
        }
        return text
    }

    /// Mistakes that only several files together show.
    private static func crossMistakes(_ personas: [Persona], _ directory: String) -> [YAMLMistake] {
        var mistakes: [YAMLMistake] = []
        var numbers: Set<String> = []
        var codes: Set<[UInt8]> = []
        var entitlements: Set<String> = []
        func note(_ persona: Persona, _ path: String, _ message: String) {
            let file = "\(directory)/\(persona.name)\(PersonaFile.ending)"
            mistakes.append(YAMLMistake(file: file, line: 0, path: path, message: message))
        }
        for persona in personas {
            switch persona.ledger {
            case .nobody:
                break
            case .sameAs(let other):
                guard let owner = personas.first(where: { $0.name == other }), case .resident = owner.ledger else {
                    note(persona, "ledger.sameAs", "expected a persona that describes its resident itself")
                    continue
                }
            case .resident(let entry):
                if !numbers.insert(entry.citizenNumber.rawValue).inserted {
                    note(persona, "ledger", "this citizen number has a resident already; use sameAs")
                }
                for card in entry.cards where !codes.insert(card.identificationCode).inserted {
                    note(persona, "ledger.cards", "this identification code is in the ledger already")
                }
                for entitlement in entry.entitlements where !entitlements.insert(entitlement.id).inserted {
                    note(persona, "ledger.entitlements", "the id \(entitlement.id) is in the ledger already")
                }
            }
        }
        return mistakes
    }
}
