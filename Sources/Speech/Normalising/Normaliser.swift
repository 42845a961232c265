/// Puts into words what the engine would spell, such as dates, amounts, addresses and units.
///
/// What the engine says well is left to it: words, plain numbers, decimals, punctuation.
package struct Normaliser: Sendable {
    private let rules: [SpokenRule]

    /// - Parameters:
    ///   - language: a tag, "en-us"; a language without rules is left as it is written.
    ///   - isVerbatim: leaves everything as it is written.
    package init(language: String, isVerbatim: Bool = false) {
        let parts = language.lowercased().split(separator: "-")
        switch parts.first {
        case _ where isVerbatim: rules = []
        case "en": rules = English(monthIsFirst: parts.dropFirst().first == "us").rules
        case "de": rules = German.rules
        default: rules = []
        }
    }

    /// Reads a sentence once from left to right; at each place the first rule that fits is used.
    ///
    /// - Parameter passage: a sentence as it is written.
    /// - Returns: the sentence as it is spoken.
    package func spoken(_ passage: Passage) -> SpokenText {
        var spoken = SpokenText()
        var cursor = Cursor(passage.scalars)
        while let first = cursor.peek() {
            let start = cursor.position
            if let words = reading(at: &cursor, first) {
                spoken.say(words, for: passage[start..<cursor.position])
                continue
            }
            cursor.position = start + 1
            // The rest of a word or a number has been looked at with its beginning.
            if first.continuesWord {
                while let next = cursor.peek(), next.continuesWord, next.isDigit == first.isDigit {
                    cursor.position += 1
                }
            }
            spoken.copy(passage[start..<cursor.position])
        }
        return spoken
    }

    private func reading(at cursor: inout Cursor, _ first: Unicode.Scalar) -> String? {
        let beginning = SpokenRule.Beginning(of: cursor, first)
        for rule in rules where rule.beginning.contains(beginning) {
            let words = cursor.attempt { rule.read(&$0) }
            if let words { return words }
        }
        return nil
    }
}

/// One kind of written thing, and how it is said.
struct SpokenRule: Sendable {
    /// What the first character is; most rules need not be asked.
    struct Beginning: OptionSet {
        let rawValue: Int
        /// Of a word with a capital, or with another mark than a space behind it.
        static let letter = Beginning(rawValue: 1)
        static let digit = Beginning(rawValue: 2)
        static let sign = Beginning(rawValue: 4)
        /// Of a word of small letters and a space behind it, as most words are.
        static let plainWord = Beginning(rawValue: 8)

        init(rawValue: Int) { self.rawValue = rawValue }

        init(of cursor: Cursor, _ first: Unicode.Scalar) {
            if first.isDigit {
                self = .digit
            } else if !first.isLetter {
                self = .sign
            } else {
                self = cursor.isAtPlainWord ? .plainWord : .letter
            }
        }
    }

    let beginning: Beginning
    /// Takes what is written and returns what is said; nil where something else is written.
    let read: @Sendable (inout Cursor) -> String?

    init(_ beginning: Beginning, _ read: @escaping @Sendable (inout Cursor) -> String?) {
        self.beginning = beginning
        self.read = read
    }
}
