import Signals

/// Confirms words that two hypotheses in a row agree on.
///
/// Each hypothesis is what was made of the same speech, the later of more of it. Words at its end
/// change while more is heard; those that did not change are taken for settled.
///
/// Source: Macháček, Dabre and Bojar, "Turning Whisper into Real-Time Transcription System", 2023
/// (arXiv 2307.14743), LocalAgreement-2.
package struct WordAgreement: Sendable {
    /// In the order in which they were confirmed.
    package private(set) var confirmed: [SpokenWord] = []
    /// The words after those, of the last hypothesis.
    package private(set) var partial: [SpokenWord] = []

    package init() {}

    /// - Parameter hypothesis: all words of the speech so far.
    /// - Returns: the words that are confirmed by it.
    package mutating func add(_ hypothesis: [SpokenWord]) -> [SpokenWord] {
        let fresh = unconfirmed(hypothesis)
        let agreed = zip(fresh, partial).prefix { $0.spelling == $1.spelling }.map(\.0)
        confirmed += agreed
        partial = Array(fresh.dropFirst(agreed.count))
        return agreed
    }

    /// - Parameter final: all words of the speech, which is over.
    /// - Returns: the words that were not confirmed before.
    package mutating func settle(_ final: [SpokenWord]) -> [SpokenWord] {
        let rest = unconfirmed(final)
        confirmed += rest
        partial = []
        return rest
    }

    /// Words after the confirmed ones, which the hypothesis may spell and time a little otherwise.
    private func unconfirmed(_ hypothesis: [SpokenWord]) -> [SpokenWord] {
        guard let last = confirmed.last else { return hypothesis }
        // The same words from the start: then their count tells, whatever their times.
        let same = zip(hypothesis, confirmed).prefix { $0.spelling == $1.spelling }.count
        if same == confirmed.count { return Array(hypothesis.dropFirst(same)) }
        let later = hypothesis.drop {
            $0.range.startSeconds + $0.range.endSeconds < 2 * last.range.endSeconds
        }
        return Array(later.dropFirst(repeated(later)))
    }

    /// How many words at the start of `words` are the last confirmed ones again.
    private func repeated(_ words: ArraySlice<SpokenWord>) -> Int {
        let longest = min(WordAgreement.overlap, words.count, confirmed.count)
        return (0...longest).last { count in
            words.prefix(count).map(\.spelling) == confirmed.suffix(count).map(\.spelling)
        } ?? 0
    }

    /// Words that a shifted time may have said twice; the source looks at five.
    private static let overlap = 5
}

extension SpokenWord {
    /// Without case and punctuation, which change most often.
    fileprivate var spelling: String {
        let letters = text.lowercased().filter { $0.isLetter || $0.isNumber }
        return letters.isEmpty ? text.filter { !$0.isWhitespace } : letters
    }
}
