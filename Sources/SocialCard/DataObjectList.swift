/// A list of tags and lengths (EMV Book 3, 5.4), by which the records of a log are cut into fields.
struct DataObjectList {
    /// The most fields; logs in the field have about ten.
    static let fieldLimit = 32

    /// Tag and length of each field, in order.
    let fields: [(tag: UInt32, length: Int)]

    /// The number of bytes of a record.
    let recordLength: Int

    /// Parses a list, or gives nil if it is cut, empty or describes more than 255 bytes.
    init?(_ bytes: [UInt8]) {
        var rest = bytes[...]
        var fields: [(tag: UInt32, length: Int)] = []
        var total = 0
        while let first = rest.popFirst() {
            var tag = UInt32(first)
            if first & 0x1F == 0x1F {
                guard let second = rest.popFirst(), second & 0x80 == 0 else { return nil }
                tag = tag << 8 | UInt32(second)
            }
            guard let length = rest.popFirst(), fields.count < Self.fieldLimit else { return nil }
            total += Int(length)
            fields.append((tag, Int(length)))
        }
        guard (1...255).contains(total) else { return nil }
        self.fields = fields
        recordLength = total
    }

    /// The fields of a record, or nil if it does not have the length of the list.
    func values(of record: [UInt8]) -> [UInt32: [UInt8]]? {
        guard record.count == recordLength else { return nil }
        var rest = record[...]
        var values: [UInt32: [UInt8]] = [:]
        for field in fields {
            values[field.tag] = Array(rest.prefix(field.length))
            rest = rest.dropFirst(field.length)
        }
        return values
    }
}
