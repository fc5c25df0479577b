/// How much a rule or pattern fixes: the most specific of those that fit decides.
struct Specificity: Comparable, Hashable, Sendable {
    /// Ids of a product stand above a class, a class above a pattern.
    enum Rank: Int, Comparable, Sendable {
        case pattern
        case usbClass
        case usbProduct

        static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
    }

    var rank: Rank
    /// What decides among rules of one rank: how many numbers or bytes are fixed.
    var detail: Int

    static func < (left: Specificity, right: Specificity) -> Bool {
        (left.rank, left.detail) < (right.rank, right.detail)
    }
}

extension USBRule {
    /// A vendor counts as much as a whole class, so that a vendor with a class stands above both.
    var specificity: Specificity {
        let interfaceNumbers =
            interface.map { 1 + ($0.subclass == nil ? 0 : 1) + ($0.protocolCode == nil ? 0 : 1) } ?? 0
        let detail = (vendor == nil ? 0 : 3) + interfaceNumbers + 4 * endpoints.count
        return Specificity(rank: product == nil ? .usbClass : .usbProduct, detail: detail)
    }
}

extension NamePattern {
    var specificity: Specificity { Specificity(rank: .pattern, detail: literalCount) }
}
