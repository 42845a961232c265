/// Knows which words stand on the screen, so that each is read once while it stays.
package struct ScreenText {
    private struct Line {
        let letters: [Character]
        /// Looks in a row that did not find it.
        var missed = 0
    }

    private var shown: [Line] = []

    package init() {}

    /// A recogniser loses a line now and then; only then is it gone.
    private static let mostMissed = 1
    /// Of the letters, so many may be read differently the next time.
    private static let mostChanged = 0.25
    /// Shorter scraps are noise more often than words.
    private static let leastLetters = 3

    /// - Parameter lines: all that is read on the screen now.
    /// - Returns: those that were not there at the look before, as they are written.
    package mutating func newLines(_ lines: [String]) -> [String] {
        var new: [String] = []
        var seen = Set<Int>()
        for line in lines {
            let letters = line.lowercased().filter { $0.isLetter || $0.isNumber }.map(\.self)
            guard letters.count >= Self.leastLetters else { continue }
            if let known = shown.firstIndex(where: { Self.isSame($0.letters, letters) }) {
                shown[known].missed = 0
                seen.insert(known)
            } else {
                seen.insert(shown.count)
                shown.append(Line(letters: letters))
                new.append(line)
            }
        }
        for i in shown.indices where !seen.contains(i) { shown[i].missed += 1 }
        shown.removeAll { $0.missed > Self.mostMissed }
        return new
    }

    private static func isSame(_ a: [Character], _ b: [Character]) -> Bool {
        let allowed = Int(Double(max(a.count, b.count)) * mostChanged)
        guard abs(a.count - b.count) <= allowed else { return false }
        return distance(a, b) <= allowed
    }

    /// How many letters have to be changed, put in or left out (Levenshtein).
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in b.indices {
                let changed = diagonal + (letter == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
