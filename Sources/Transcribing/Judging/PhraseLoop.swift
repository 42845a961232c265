import Signals

/// Finds a phrase that follows itself again and again inside of a segment.
enum PhraseLoop {
    /// - Returns: the segment with one copy of each such phrase; nil where there is none
    static func collapsed(_ segment: SpokenSegment, _ rules: InventionRules) -> SpokenSegment? {
        let written = pieces(segment.text)
        let units = written.map { plainWords($0).joined() }
        let kept = keptUnits(units, rules)
        guard kept.count < units.count else { return nil }
        var shorter = segment
        shorter.text = kept.map { written[$0] }.joined()
        if segment.words.count == units.count {
            shorter.words = kept.map { segment.words[$0] }
        } else if !segment.words.isEmpty {
            let heard = segment.words.map { plainWords($0.text).joined() }
            shorter.words = keptUnits(heard, rules).map { segment.words[$0] }
        }
        if let end = shorter.words.last?.range.endSeconds, end >= segment.range.startSeconds {
            shorter.range.endSeconds = min(end, segment.range.endSeconds)
        }
        return shorter
    }

    /// Words with the space before them; characters where the language writes no spaces.
    private static func pieces(_ text: String) -> [String] {
        var words: [String] = []
        for character in text {
            let startsWord = character.isWhitespace && words.last.map { !$0.isBlank } ?? true
            if words.isEmpty || startsWord {
                words.append(String(character))
            } else {
                words[words.count - 1].append(character)
            }
        }
        let letters = text.count { !$0.isWhitespace }
        return letters > 20 * max(words.count, 1) ? text.map { String($0) } : words
    }

    /// Positions of what is left when each loop becomes one copy.
    private static func keptUnits(_ units: [String], _ rules: InventionRules) -> [Int] {
        var kept: [Int] = []
        var i = 0
        while i < units.count {
            guard let loop = loop(in: units, at: i, rules) else {
                kept.append(i)
                i += 1
                continue
            }
            kept.append(contentsOf: i..<(i + loop.length))
            i += loop.length * loop.count
        }
        return kept
    }

    private static func loop(
        in units: [String], at start: Int, _ rules: InventionRules
    ) -> (length: Int, count: Int)? {
        for length in 1...InventionRules.longestPhrase {
            let least = max(2, length == 1 ? rules.wordRepetitions : rules.phraseRepetitions)
            guard start + length * least <= units.count else { return nil }
            var end = start + length
            while end < units.count, units[end] == units[end - length] { end += 1 }
            let count = (end - start) / length
            if count >= least, units[start..<(start + length)].contains(where: { !$0.isEmpty }) {
                return (length, count)
            }
        }
        return nil
    }
}

extension String {
    fileprivate var isBlank: Bool { allSatisfy(\.isWhitespace) }
}
