/// How many letters or words must be put in, taken out or replaced to turn one text into another
/// (Levenshtein).
///
/// - Parameters:
///   - a: what one text consists of
///   - b: what the other does
/// - Returns: 0 for the same
package func editDistance<Part: Equatable>(_ a: [Part], _ b: [Part]) -> Int {
    var row = Array(0...b.count)
    for (i, part) in a.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, other) in b.enumerated() {
            let replaced = diagonal + (part == other ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, diagonal + 1, row[j] + 1)
        }
    }
    return row[b.count]
}
