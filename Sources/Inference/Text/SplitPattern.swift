/// The regular expressions that tokenizers are split by: a choice of runs of character sets.
///
/// Of the regular expression language this is what those patterns use: `|`, sets, `\s \S \p{L}` and
/// the like, `? * + {2} {1,3}` after one set, `(?i:…)`, `(?!…)` with one set. Everything else makes
/// the pattern unknown, and the tokenizer is refused by name.
///
/// Repetition of groups is not in it: no pattern takes more than polynomial time.
package struct SplitPattern: Sendable {
    struct Piece: Sendable, Equatable {
        let range: Range<Int>
        let isMatch: Bool
    }

    enum Item: Sendable {
        case run(CharacterSet, atLeast: Int, atMost: Int)
        case notFollowedBy(CharacterSet)
    }

    /// The first that matches wins, as in Perl.
    private let choices: [[Item]]

    /// Nil for a pattern outside of the language above.
    init?(_ source: String) {
        var parser = SplitPatternParser(source)
        guard let choices = parser.choices(), parser.isAtEnd else { return nil }
        self.choices = choices
    }

    /// Matches exactly this text.
    init(literal: String) {
        choices = [
            literal.unicodeScalars.map { .run(CharacterSet(only: $0), atLeast: 1, atMost: 1) }
        ]
    }

    /// What GPT-2 splits by.
    ///
    /// Source: `tokenizers/src/pre_tokenizers/byte_level.rs`.
    static let gpt2 = SplitPattern(
        known: #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#)
    static let words = SplitPattern(known: #"\w+|[^\w\s]+"#)

    private init(known source: String) {
        guard let pattern = SplitPattern(source) else {
            preconditionFailure("the pattern \(source) of our own is not understood")
        }
        self = pattern
    }

    /// The whole text in order: matches, and what lies between them.
    func pieces(of text: [Unicode.Scalar]) -> [Piece] {
        var pieces: [Piece] = []
        var start = 0
        var position = 0
        while position < text.count {
            guard let end = matchEnd(text, at: position), end > position else {
                position += 1
                continue
            }
            if start < position { pieces.append(Piece(range: start..<position, isMatch: false)) }
            pieces.append(Piece(range: position..<end, isMatch: true))
            position = end
            start = end
        }
        if start < text.count { pieces.append(Piece(range: start..<text.count, isMatch: false)) }
        return pieces
    }

    private func matchEnd(_ text: [Unicode.Scalar], at position: Int) -> Int? {
        for choice in choices {
            if let end = matchEnd(choice[...], text, at: position) { return end }
        }
        return nil
    }

    private func matchEnd(
        _ items: ArraySlice<Item>, _ text: [Unicode.Scalar], at position: Int
    ) -> Int? {
        guard let item = items.first else { return position }
        let rest = items.dropFirst()
        switch item {
        case .notFollowedBy(let set):
            if position < text.count, set.contains(text[position]) { return nil }
            return matchEnd(rest, text, at: position)
        case .run(let set, let atLeast, let atMost):
            var end = position
            while end < text.count, end - position < atMost, set.contains(text[end]) { end += 1 }
            if rest.isEmpty { return end - position >= atLeast ? end : nil }
            while end - position >= atLeast {
                if let matched = matchEnd(rest, text, at: end) { return matched }
                end -= 1
            }
            return nil
        }
    }
}

/// Characters of some classes and ranges, or all but those.
struct CharacterSet: Sendable {
    enum Class: Sendable {
        case category(String)
        case whitespace
        case wordLetter
    }

    var classes: [(class: Class, isNegated: Bool)] = []
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    var isNegated = false

    init() {}

    init(only scalar: Unicode.Scalar) { ranges = [scalar...scalar] }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        let isIn =
            ranges.contains { $0.contains(scalar) }
            || classes.contains { CharacterSet.contains($0.class, scalar) != $0.isNegated }
        return isIn != isNegated
    }

    private static func contains(_ set: Class, _ scalar: Unicode.Scalar) -> Bool {
        switch set {
        case .category(let name): scalar.isInCategory(name)
        case .whitespace: scalar.isWhitespace
        case .wordLetter: scalar.isWordLetter
        }
    }

    /// Adds the other case of every ASCII letter.
    mutating func ignoreCase() {
        ranges += ranges.compactMap { range in
            let letter = range.lowerBound
            guard range.upperBound == letter, letter.properties.isAlphabetic, letter.isASCII else {
                return nil
            }
            let other = Unicode.Scalar(UInt8(letter.value) ^ 0x20)
            return other...other
        }
    }
}
