/// Cuts a stream of text into sentences, each as soon as it is known to be complete.
///
/// A sentence ends
/// - after `.`, `!`, `?` or `…` (and closing quotes and brackets) before white space, unless the
///   dot belongs to an abbreviation or an initial, or a small letter follows;
/// - after `。`, `！` or `？`;
/// - at the end of a line that ends in such a mark;
/// - at a blank line, after a heading (`#`), and before an item of a list;
/// - at the end of a line shorter than wrapped prose, where the next one starts with a capital;
/// - at the end of any line when the input rests (``pause()``), so that a live pipe is heard;
/// - after ``longestSentence`` scalars, at a space if there is one, so that memory stays constant.
///
/// Any other line break is a space.
package struct SentenceSplitter {
    /// About a minute and a half of speech.
    package static let longestSentence = 1000
    /// Prose is wrapped at more columns than this; what is shorter is a title, a label, a verse.
    private static let shortestWrappedLine = 45

    private enum Verdict {
        case goOn
        case end(at: Int)
        /// What follows decides, and has not come.
        case wait
    }

    /// The sentence so far, and what was looked at ahead of its end.
    private var passage = Passage()
    private var start = 0
    private var position = 0

    /// Whether "3." is the third, as in German.
    private let ordinalsHaveDots: Bool
    /// Whether single letters stand for words, with a space between, as in German.
    private let lettersHaveDots: Bool

    /// - Parameter language: of the text, "de-at".
    package init(language: String = "en") {
        let base = language.lowercased().split(separator: "-").first.map(String.init) ?? ""
        ordinalsHaveDots = Self.languagesOfDottedOrdinals.contains(base)
        lettersHaveDots = base == "de" || base == "lb"
    }

    private var pending: [Unicode.Scalar] { passage.scalars }

    package mutating func add(_ text: Passage) -> [Passage] {
        passage.append(text)
        var sentences: [Passage] = []
        while position < pending.count {
            switch verdict() {
            case .goOn: position += 1
            case .end(let end): cut(at: end, into: &sentences)
            case .wait:
                guard pending.count - start > Self.longestSentence else {
                    return compacted(sentences)
                }
                position += 1
            }
            if position - start >= Self.longestSentence { cut(at: forcedEnd(), into: &sentences) }
        }
        return compacted(sentences)
    }

    /// Takes the text so far for whole where it ends in a line's end or a sentence's.
    ///
    /// To be called when the input has rested for a moment.
    ///
    /// - Returns: the sentence, if there is one.
    package mutating func pause() -> [Passage] {
        guard let last = pending.last(where: { $0 != " " && $0 != "\t" }),
            last == "\n" || last.endsSentence || last.closes
        else { return [] }
        return finish()
    }

    /// Takes the text so far for whole.
    package mutating func finish() -> [Passage] {
        var sentences: [Passage] = []
        cut(at: pending.count, into: &sentences)
        return compacted(sentences)
    }

    private mutating func cut(at end: Int, into sentences: inout [Passage]) {
        let sentence = passage[start..<end]
        if !SpeakableText.isSilent(sentence.scalars) { sentences.append(sentence) }
        start = end
        position = end
    }

    private mutating func compacted(_ sentences: [Passage]) -> [Passage] {
        passage.removeFirst(start)
        position -= start
        start = 0
        return sentences
    }

    /// Whether the scalar at `position` ends a sentence.
    private func verdict() -> Verdict {
        let scalar = pending[position]
        if scalar == "\n" { return verdictOnLineEnd() }
        guard scalar.endsSentence else { return .goOn }
        var next = position + 1
        while next < pending.count, pending[next].endsSentence || pending[next].closes { next += 1 }
        if scalar.endsSentenceWithoutSpace { return .end(at: next) }
        guard next < pending.count else { return .wait }
        guard pending[next].isSpace else { return .goOn }
        if isInsideSentence(dotAt: position) || isOrdinal(dotAt: position) { return .goOn }
        if pending[next] == "\n" { return .end(at: next + 1) }
        guard let following = firstVisible(from: next) else { return .wait }
        if pending[following].isSmall { return .goOn }
        switch Abbreviation(endingAt: position, of: pending[start...]) {
        case .beforeNumber where pending[following].isNumeric: return .goOn
        // `5 Mio. €`
        case .anywhere where pending[following].isCurrencySign: return .goOn
        default: return .end(at: next)
        }
    }

    /// Whether a dot stands after an abbreviation before a name, or the number of a list's item.
    private func isInsideSentence(dotAt index: Int) -> Bool {
        guard pending[index] == "." else { return false }
        if Abbreviation(endingAt: index, of: pending[start...]) == .beforeName { return true }
        if lettersHaveDots, isSmallLetterAlone(before: index) { return true }
        let digits = pending[start..<index].reversed().prefix { ("0"..."9").contains($0) }
        let before = pending[start..<index - digits.count].last { $0 != " " && $0 != "\t" }
        return (1...3).contains(digits.count) && (before == nil || before == "\n")
    }

    /// The first letter of `z. B.`, or that of `100 v. Chr.`, has nothing before it.
    private func isSmallLetterAlone(before index: Int) -> Bool {
        guard index > start, pending[index - 1].isSmall else { return false }
        return index - 1 == start || !pending[index - 2].continuesWord
    }

    private func isOrdinal(dotAt index: Int) -> Bool {
        guard ordinalsHaveDots, pending[index] == "." else { return false }
        let digits = pending[start..<index].reversed().prefix { ("0"..."9").contains($0) }
        guard (1...2).contains(digits.count) else { return false }
        let before = pending[start..<index - digits.count].last
        return before.map { $0.isSpace || "-–.".unicodeScalars.contains($0) } ?? true
    }

    /// Whether the line feed at `position` ends a sentence, seen from the lines on both sides.
    private func verdictOnLineEnd() -> Verdict {
        let end = position + 1
        let lineStart = pending[start..<position].lastIndex(of: "\n").map { $0 + 1 } ?? start
        let line = pending[lineStart..<position]
        guard let first = line.first(where: { !$0.isSpace }) else { return .end(at: end) }
        if first == "#" { return .end(at: end) }
        guard let following = firstOfLine(from: end) else { return .wait }
        let next = pending[following]
        if next == "\n" || next == "#" || next == "|" || next == ">" { return .end(at: end) }
        guard let isItem = isListItem(at: following) else { return .wait }
        if isItem { return .end(at: end) }
        if position > start, isInsideSentence(dotAt: position - 1) { return .goOn }
        if line.count < Self.shortestWrappedLine, next.isCapital {
            return .end(at: end)
        }
        return .goOn
    }

    /// Whether `- `, `* `, `• `, `12. ` or `12) ` stands there; nil while that is not known.
    private func isListItem(at index: Int) -> Bool? {
        var next = index
        if "-*+•‣–".unicodeScalars.contains(pending[index]) {
            next += 1
        } else {
            while next < pending.count, ("0"..."9").contains(pending[next]) { next += 1 }
            guard next > index, next - index <= 3 else { return false }
            guard next < pending.count else { return nil }
            guard pending[next] == "." || pending[next] == ")" else { return false }
            next += 1
        }
        return next < pending.count ? pending[next].isSpace : nil
    }

    private static let languagesOfDottedOrdinals: Set<String> = [
        "de", "lb", "da", "nb", "no", "nn", "is", "fi", "et", "lv", "cs", "sk", "pl", "sl", "hr",
        "bs", "sr", "hu", "tr",
    ]

    private func firstVisible(from index: Int) -> Int? {
        pending[index...].firstIndex { !$0.isSpace }
    }

    private func firstOfLine(from index: Int) -> Int? {
        pending[index...].firstIndex { $0 == "\n" || !$0.isSpace }
    }

    /// After the last space in the second half, else between two characters.
    private func forcedEnd() -> Int {
        let half = start + Self.longestSentence / 2
        if let space = pending[half..<position].lastIndex(where: \.isSpace) { return space + 1 }
        let marks = pending[half..<position].reversed().prefix {
            $0.isMark || $0.value == 0x200D
        }
        return max(position - marks.count - (marks.isEmpty ? 0 : 1), half)
    }
}

extension Unicode.Scalar {
    fileprivate var endsSentence: Bool {
        switch self {
        case ".", "!", "?", "…", "‼", "⁇", "⁈", "⁉", "؟", "۔", "।", "॥": true
        default: endsSentenceWithoutSpace
        }
    }

    /// Chinese and Japanese put no space between sentences.
    fileprivate var endsSentenceWithoutSpace: Bool {
        switch self {
        case "。", "！", "？", "｡": true
        default: false
        }
    }

    fileprivate var isCurrencySign: Bool { properties.generalCategory == .currencySymbol }

    fileprivate var closes: Bool {
        switch self {
        case "\"", "'", ")", "]", "}", "”", "’", "»", "›", "」", "』", "）", "】", "*", "_": true
        default: false
        }
    }
}
