import Benefits
import Foundation
import Station

/// What a page says that the person did: `{"action":…,"value":…}`.
enum ActionRequest: Sendable, Equatable {
    /// For the session host.
    case input(KioskInput)
    /// The language button: for the page's stream.
    case language(PageLanguage)

    /// Decodes the body of an action.
    ///
    /// - Parameter body: at most ``KioskLimits/bodyBytesMax`` bytes, checked by the caller.
    /// - Throws: ``KioskError`` with `kiosk.malformed` for anything but exactly one known action with its value.
    init(_ body: some Collection<UInt8>) throws(KioskError) {
        guard let message = try? JSONDecoder().decode(Message.self, from: Data(body)),
            let request = Self.request(message)
        else {
            throw KioskError(.malformed, "the body is not an action of this page")
        }
        self = request
    }

    private static func request(_ message: Message) -> ActionRequest? {
        switch (message.action, message.value) {
        case ("usePIN", nil): .input(.usePIN)
        case ("confirmPIN", .boolean(let yes)): .input(.confirmPIN(yes))
        case ("pinKey", .text(let token)) where isKeyToken(token): .input(.pinKey(token: token))
        case ("openBenefit", .text(let code)): ProgrammeCode(rawValue: code).map { .input(.openBenefit($0)) }
        case ("back", nil): .input(.back)
        case ("help", nil): .input(.help)
        case ("moreTime", nil): .input(.moreTime)
        case ("finish", nil): .input(.finish)
        case ("rate", .number(let value)) where (1...3).contains(value): .input(.rate(value))
        case ("skipRating", nil): .input(.skipRating)
        case ("language", .text(let name)): PageLanguage(rawValue: name).map(ActionRequest.language)
        default: nil
        }
    }

    private static func isKeyToken(_ token: String) -> Bool {
        (1...KioskLimits.keyTokenLengthMax).contains(token.utf8.count)
            && token.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private enum Value: Decodable {
        case text(String)
        case number(Int)
        case boolean(Bool)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let boolean = try? container.decode(Bool.self) {
                self = .boolean(boolean)
            } else if let number = try? container.decode(Int.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }

    private struct Message: Decodable {
        var action: String
        var value: Value?

        private struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            let known: Set = ["action", "value"]
            guard container.allKeys.allSatisfy({ known.contains($0.stringValue) }) else {
                throw KioskError(.malformed, "unknown key")
            }
            action = try container.decode(String.self, forKey: Key(stringValue: "action"))
            let valueKey = Key(stringValue: "value")
            value = container.contains(valueKey) ? try container.decode(Value.self, forKey: valueKey) : nil
        }
    }
}
