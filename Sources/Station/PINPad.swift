/// The keys of the pad and their one-time tokens: each drawing of the pad has its own.
struct PINPad: Sendable {
    enum Key: Sendable, Equatable {
        case digit(UInt8)
        case delete
        case enter
        case cancel
    }

    let isShuffled: Bool
    private(set) var keys: [PINKey] = []
    private var meanings: [String: Key] = [:]
    private var order: [UInt8] = []

    init(isShuffled: Bool) {
        self.isShuffled = isShuffled
    }

    /// New tokens; the drawn order stays as long as the pad stands.
    mutating func renew(_ random: RandomSource) {
        if order.isEmpty {
            let digits: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]
            order = isShuffled ? random.shuffled(digits) : digits
        }
        keys = []
        meanings = [:]
        for digit in order { add(.digit(UInt8(ascii: "0") + digit), .digit, String(digit), random) }
        add(.delete, .delete, "", random)
        add(.enter, .enter, "", random)
        add(.cancel, .cancel, "", random)
    }

    mutating func clear() {
        keys = []
        meanings = [:]
        order = []
    }

    /// What the key with that token means; every token of this drawing is void afterwards.
    mutating func use(_ token: String) -> Key? {
        guard let key = meanings[token] else { return nil }
        meanings = [:]
        return key
    }

    private mutating func add(_ key: Key, _ role: PINKey.Role, _ label: String, _ random: RandomSource) {
        let token = random.token()
        keys.append(PINKey(role: role, label: label, token: token))
        meanings[token] = key
    }
}
