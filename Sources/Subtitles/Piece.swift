import Signals

/// The least that is moved from one line to the next: a word, a character of an unspaced script.
struct Piece: Sendable {
    var text: String
    /// A space goes before it where it does not start a line.
    var isSpaced: Bool
    /// In milliseconds.
    var start: Int
    var end: Int
    /// Columns, with those of the speaker's label where one goes before it.
    var width: Int
    /// The one before is a part of the same word.
    var continuesWord = false
    /// What the model wrote in one go ends here.
    var endsSegment = false
    var classes: WordClasses?

    /// Cuts what was heard into pieces.
    ///
    /// Times come from the words; where there are none, or where they do not spell the text, the time
    /// of the segment is shared out by columns.
    static func pieces(of segment: SpokenSegment) -> [Piece] {
        var pieces: [Piece] = []
        for (text, range) in timedTexts(of: segment) {
            let isWord = !segment.words.isEmpty
            for piece in cut(text, range, isWord: isWord) {
                if let last = pieces.last, belongsTogether(last, piece) {
                    pieces[pieces.count - 1].append(piece)
                } else {
                    pieces.append(piece)
                }
            }
        }
        let classes = WordClasses.of(segment.language)
        for i in pieces.indices { pieces[i].classes = classes }
        if !pieces.isEmpty { pieces[pieces.count - 1].endsSegment = true }
        return pieces
    }

    /// Parts of a piece that is too wide for a line; of at most `width` columns each, so far as
    /// single characters are.
    func split(width limit: Int) -> [Piece] {
        guard width > limit else { return [self] }
        let label = width - displayWidth(text)
        var chunks: [String] = [""]
        var room = limit - label
        for character in text {
            if room < character.columns, chunks != [""] {
                chunks.append("")
                room = limit
            }
            chunks[chunks.count - 1].append(character)
            room -= character.columns
        }
        var pieces = Piece.shareOut(chunks.map { ($0, false) }, start: start, end: end)
        pieces[0].isSpaced = isSpaced
        pieces[0].width += label
        pieces[0].continuesWord = continuesWord
        for i in pieces.indices.dropFirst() { pieces[i].continuesWord = true }
        for i in pieces.indices { pieces[i].classes = classes }
        pieces[pieces.count - 1].endsSegment = endsSegment
        return pieces
    }

    private mutating func append(_ next: Piece) {
        text += next.text
        width = displayWidth(text)
        end = max(end, next.end)
    }

    private static func timedTexts(of segment: SpokenSegment) -> [(String, TimeRange)] {
        let words = segment.words.map { (singleLine($0.text), $0.range) }
        let spelled = words.flatMap { $0.0.filter { $0 != " " } }
        let text = singleLine(segment.text)
        return spelled == text.filter { $0 != " " }.map { $0 } && !words.isEmpty
            ? words : [(text, segment.range)]
    }

    private static func cut(_ text: String, _ range: TimeRange, isWord: Bool) -> [Piece] {
        var chunks: [(text: String, isSpaced: Bool)] = []
        var isOpen = false
        var isSpaced = false
        for character in text {
            if character == " " {
                (isOpen, isSpaced) = (false, true)
            } else if isOpen, !character.isUnspaced {
                chunks[chunks.count - 1].text.append(character)
            } else {
                chunks.append((String(character), isSpaced))
                (isOpen, isSpaced) = (!character.isUnspaced, false)
            }
        }
        var pieces = shareOut(
            chunks, start: milliseconds(range.startSeconds), end: milliseconds(range.endSeconds))
        if isWord {
            for i in pieces.indices.dropFirst() { pieces[i].continuesWord = !pieces[i].isSpaced }
        }
        return pieces
    }

    /// Gives each text a part of the time that is as large as its part of the columns.
    private static func shareOut(
        _ texts: [(text: String, isSpaced: Bool)], start: Int, end: Int
    ) -> [Piece] {
        let widths = texts.map { displayWidth($0.text) }
        let total = max(1, widths.reduce(0, +))
        var before = 0
        return zip(texts, widths).map { text, width in
            defer { before += width }
            return Piece(
                text: text.text, isSpaced: text.isSpaced,
                start: start + (end - start) * before / total,
                end: start + (end - start) * (before + width) / total, width: width)
        }
    }

    /// Whether nothing may come between two pieces: no space is there and neither script breaks
    /// without one, or a line would start or end with punctuation that must not stand there.
    private static func belongsTogether(_ piece: Piece, _ next: Piece) -> Bool {
        guard !next.isSpaced, let last = piece.text.last, let first = next.text.first
        else { return false }
        return first.startsNoLine || last.endsNoLine || !(first.isUnspaced || last.isUnspaced)
    }
}
