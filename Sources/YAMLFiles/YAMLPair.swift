/// One key of a mapping with its value.
struct YAMLPair: Sendable {
    let key: String
    let keyLine: Int
    let value: YAMLTree
}
