/// Finds the name that somebody probably meant.
enum NearestName: Sendable {
    /// The candidate with the fewest changed letters, when they are few.
    ///
    /// - Returns: nil when none is near enough.
    static func of(_ name: String, among candidates: some Sequence<String>) -> String? {
        let nearest = candidates.map { (name: $0, distance: distance(name, $0)) }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }
        guard let nearest, nearest.distance <= max(1, min(name.count, nearest.name.count) / 3) else {
            return nil
        }
        return nearest.name
    }

    /// Insertions, deletions, substitutions and swaps of neighbours that turn one name into the other, upper and lower
    /// case being alike.
    static func distance(_ left: String, _ right: String) -> Int {
        let left = Array(left.lowercased())
        let right = Array(right.lowercased())
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let same = left[row] == right[column]
                var cost = min(last[column] + (same ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforeLast[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
