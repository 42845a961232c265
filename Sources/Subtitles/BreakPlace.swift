/// The place between two pieces, and how much a reader minds a break there.
struct BreakPlace: Sendable {
    /// A sentence ends before it.
    let endsSentence: Bool
    /// Silence between the two, in milliseconds.
    let pause: Int
    /// 0 for none, around 75 between any two words, over 150 where a break must not be.
    let cost: Double

    /// A pause that ends a cue where it can, in milliseconds.
    static let longPause = 700

    init(_ piece: Piece, _ next: Piece) {
        pause = next.start - piece.end
        endsSentence = Subtitles.endsSentence(piece.text, next: next.text, piece.classes)
        guard !endsSentence else {
            cost = 0
            return
        }
        var cost = Self.openness(piece, next)
        var glue = next.continuesWord ? 150 : 0.0
        if !piece.isClauseEnd { glue += Self.glue(piece, next) }
        if pause >= Self.longPause {
            cost = min(cost, 5)
            glue /= 2
        } else if pause >= 300 {
            cost *= 0.6
        }
        self.cost = cost + glue
    }

    /// Punctuation first, then before conjunctions, then before prepositions.
    private static func openness(_ piece: Piece, _ next: Piece) -> Double {
        if piece.isClauseEnd { return 12 }
        if piece.endsSegment { return 15 }
        guard let classes = next.classes else { return 75 }
        let word = bareWord(next.text)
        if classes.conjunctions.contains(word) { return 30 }
        return classes.prepositions.contains(word) ? 40 : 75
    }

    /// What holds two words together: article and noun, pronoun and verb, first and last name.
    private static func glue(_ piece: Piece, _ next: Piece) -> Double {
        if let last = piece.text.last, let first = next.text.first, !next.isSpaced,
            last.isUnspaced || first.isUnspaced
        {
            return unspacedGlue(last, first)
        }
        var glue = 0.0
        let word = bareWord(piece.text)
        if let classes = piece.classes {
            if classes.determiners.contains(word) { glue = 200 }
            if classes.abbreviations.contains(piece.text.lowercased()) { glue = 200 }
            if classes.prepositions.contains(word) { glue = max(glue, 120) }
            if classes.conjunctions.contains(word) { glue = max(glue, 120) }
            if classes.pronouns.contains(word) { glue = max(glue, 130) }
            if classes.auxiliaries.contains(word) { glue = max(glue, 100) }
        }
        let isNoun = next.isCapitalised && next.classes?.capitalisesNouns == true
        if piece.text.last?.isNumber == true { glue = max(glue, 60) }
        if piece.isCapitalised, next.text.first?.isNumber == true { glue = max(glue, 60) }
        if isNoun, adjectiveEnds.contains(where: word.hasSuffix) { glue = max(glue, 60) }
        if piece.isCapitalised, next.isCapitalised {
            glue = max(glue, piece.classes?.capitalisesNouns == true ? 20 : 150)
        }
        return glue
    }

    /// Japanese phrases end in hiragana and begin with something else; runs of one script are words.
    private static func unspacedGlue(_ last: Character, _ first: Character) -> Double {
        if last.isHiragana { return first.isHiragana ? 60 : -25 }
        if first.isHiragana { return 80 }
        return last.isKatakana == first.isKatakana && last.isUnspaced == first.isUnspaced ? 40 : 0
    }
}

extension Piece {
    fileprivate var isClauseEnd: Bool {
        let end = text.last { !closers.contains($0) }
        return end.map { ",;:–—、，；：،؛.!?…。！？؟".contains($0) } == true
            && classes?.abbreviations.contains(text.lowercased()) != true
    }

    fileprivate var isCapitalised: Bool {
        text.first { $0.isLetter }?.isUppercase == true && bareWord(text).count > 1
    }
}

/// A word in lower case without the punctuation around it, as the lists of words have it.
func bareWord(_ text: String) -> String {
    var word = text.lowercased()[...]
    while let first = word.first, !first.isLetter, !first.isNumber { word.removeFirst() }
    while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
    return String(word.map { $0 == "\u{2019}" ? "'" : $0 })
}

/// Whether a sentence ends with a word.
///
/// A full stop also ends titles, initials and German ordinals, and none of those a sentence; nor does
/// one before a word in lower case.
///
/// - Parameters:
///   - text: the word, with its punctuation.
///   - next: the word after it.
///   - classes: of its language.
/// - Returns: false where it cannot be told.
func endsSentence(_ text: String, next: String?, _ classes: WordClasses?) -> Bool {
    let bare = text.reversed().drop { closers.contains($0) }
    guard let mark = bare.first, sentenceEnds.contains(mark) else { return false }
    guard mark == "." || mark == "…" else { return true }
    if next?.first(where: { $0.isLetter || $0.isNumber })?.isLowercase == true { return false }
    let letters = bareWord(text)
    if letters.count == 1, letters.first?.isLetter == true { return false }
    if classes?.abbreviations.contains(text.lowercased()) == true { return false }
    let isOrdinal = !letters.isEmpty && letters.allSatisfy { $0.isNumber }
    return !(isOrdinal && classes?.capitalisesNouns == true)
}

/// Of German, whose nouns show by their capital what an adjective belongs to.
private let adjectiveEnds = ["e", "en", "er", "es", "em"]
private let sentenceEnds = Set(".!?…。！？؟।")
private let closers = Set("\"')]}»”’」』）】")
