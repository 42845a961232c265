/// Keeps what the engine read and drops what it imagined.
///
/// Tesseract finds letters in leaves and fur. What it finds there comes as short words of low
/// confidence; real words come long and sure. Nothing that fails these tests is said.
package enum TextSieve {
    /// What one word must hold to prove that text is there at all: letters or digits, confidence.
    ///
    /// The surest words invented for 33 photographs were "Vig" at 0.92, "ab" at
    /// 0.91 and single signs up to 0.95.
    static let proofs = [(length: 4, confidence: 0.85), (length: 3, confidence: 0.95)]
    /// So many short words, of two letters or digits and more, prove it together.
    ///
    /// The numbers of an axis do so. No photograph had more than two.
    static let jointProofCount = 4
    static let jointProofConfidence = 0.8

    /// Blocks of the words that hold, in the order found.
    ///
    /// - Parameters:
    ///   - words: what the engine read.
    ///   - layout: how it read; words scattered about have no neighbours to vouch for them.
    /// - Returns: no block at all where no word proves that there is text.
    package static func blocks(of words: [Word], layout: TextLayout) -> [TextBlock] {
        let words = withPronouns(words).compactMap { cleaned($0, layout: layout) }
        guard provesText(words) else { return [] }
        let lines = words.chunked { $0.line }
        let held = lines.compactMap { layout == .page ? heldLine($0) : heldWords($0) }
        return withoutStrays(held, among: words).chunked { $0.block }.map(TextBlock.init(lines:))
    }

    /// Of the tallest word in its line; the sign for a bar reaches above and below the letters.
    private static let tallestPronoun = 1.2

    /// Makes an "I" of a bar within prose, which is what the engine takes the letter for in print
    /// without serifs.
    private static func withPronouns(_ words: [Word]) -> [Word] {
        guard words.contains(where: { $0.text == "|" }) else { return words }
        return words.chunked { $0.line }.flatMap { line in
            // Rows of a table end in a bar, too.
            guard line.last?.text != "|" else { return line }
            let tallest = line.filter { $0.text != "|" }.map(\.box.height).max() ?? 0
            var line = line
            for i in line.indices.dropLast() where line[i].text == "|" {
                let isBeforeProse = line[i + 1].text.first?.isLowercase == true
                let height = Double(line[i].box.height)
                if isBeforeProse, height <= tallestPronoun * Double(tallest) { line[i].text = "I" }
            }
            return line
        }
    }

    private static func provesText(_ words: [Word]) -> Bool {
        var joint = 0
        for word in words {
            let length = word.text.letterCount
            if proofs.contains(where: { length >= $0.length && word.confidence >= $0.confidence }) {
                return true
            }
            if length >= 2 && word.confidence >= jointProofConfidence { joint += 1 }
        }
        return joint >= jointProofCount
    }

    /// Without the rules of tables, which the engine reads as bars and slashes, and without the
    /// tick marks of axes beside their numbers; nil where nothing is left.
    private static func cleaned(_ word: Word, layout: TextLayout) -> Word? {
        var text = word.text[...]
        while let first = text.first, first.isWhitespace || "|\\".contains(first) {
            text.removeFirst()
        }
        while let last = text.last, last.isWhitespace || last == "|" { text.removeLast() }
        if layout == .scattered, text.count > 1, text.last == "-", text.contains(where: \.isNumber)
        {
            text.removeLast()
        }
        guard !text.isEmpty else { return nil }
        var cleaned = word
        cleaned.text = String(text)
        return cleaned
    }

    /// A line of print lives or dies as a whole: its mean tells text in another script (0.3 to
    /// 0.5) or upside down (0.3 to 0.55) from text (0.8 and more).
    static let leastLineConfidence = 0.65
    /// Within a good line a doubtful word stays, being mostly right; one at this or less is a
    /// smudge or the edge of a picture.
    static let smudgeConfidence = 0.25
    /// Rules and frames come as runs of signs.
    static let leastLetterShare = 0.5

    private static func heldLine(_ words: [Word]) -> Line? {
        let kept = words.filter { $0.confidence > smudgeConfidence }
        guard let line = Line(kept), line.confidence >= leastLineConfidence,
            Double(line.letterCount) >= leastLetterShare * Double(line.length)
        else { return nil }
        return line
    }

    /// What a word on its own needs to be said.
    static let leastLoneConfidence = 0.7
    /// What a single letter or digit on its own needs.
    static let leastSingleConfidence = 0.85

    private static func heldWords(_ words: [Word]) -> Line? {
        let kept = words.filter { word in
            let length = word.text.letterCount
            return length >= 2 && word.confidence >= leastLoneConfidence
                || length == 1 && word.text.count == 1
                    && word.confidence >= leastSingleConfidence
        }
        return Line(kept)
    }
}

extension TextSieve {
    /// Where less than this share of all letters lies in lines that hold, the rest is leaves, or a
    /// script that the engine cannot read, and a line that holds among it may be chance.
    static let leastHeldShare = 0.5
    /// What a line then needs: letters or digits, confidence.
    static let strays = [(length: 3, confidence: 0.88), (length: 2, confidence: 0.92)]

    private static func withoutStrays(_ held: [Line], among words: [Word]) -> [Line] {
        let all = words.reduce(0) { $0 + $1.text.letterCount }
        let sure = held.reduce(0) { $0 + $1.letterCount }
        if Double(sure) >= leastHeldShare * Double(all) { return held }
        return held.filter { line in
            strays.contains { line.letterCount >= $0.length && line.confidence >= $0.confidence }
        }
    }

    /// A line of words that held.
    struct Line {
        let text: String
        let box: Box
        let block: Int
        /// Mean over the words, each counted by its length.
        let confidence: Double
        let length: Int
        let letterCount: Int

        /// Nil for no words.
        init?(_ words: [Word]) {
            guard let first = words.first else { return nil }
            text = words.map(\.text).joined(separator: " ")
            box = words.dropFirst().reduce(first.box) { $0.union($1.box) }
            block = first.block
            length = words.reduce(0) { $0 + $1.text.count }
            confidence =
                words.reduce(0) { $0 + $1.confidence * Double($1.text.count) }
                / Double(max(1, length))
            letterCount = words.reduce(0) { $0 + $1.text.letterCount }
        }
    }
}

extension TextBlock {
    /// - Precondition: there is a line.
    fileprivate init(lines: [TextSieve.Line]) {
        precondition(!lines.isEmpty, "a text block without lines")
        let length = lines.reduce(0) { $0 + $1.length }
        self.init(
            text: lines.map(\.text).joined(separator: "\n"),
            box: lines.dropFirst().reduce(lines[0].box) { $0.union($1.box) },
            confidence: lines.reduce(0) { $0 + $1.confidence * Double($1.length) }
                / Double(max(1, length)))
    }
}

extension String {
    /// How many letters and digits of any script it holds.
    var letterCount: Int {
        reduce(0) { $0 + ($1.isLetter || $1.isNumber ? 1 : 0) }
    }
}

extension Array {
    /// Runs of neighbours for which `key` is equal.
    fileprivate func chunked<Key: Equatable>(by key: (Element) -> Key) -> [[Element]] {
        var runs: [[Element]] = []
        for element in self {
            if let last = runs.last?.last, key(last) == key(element) {
                runs[runs.count - 1].append(element)
            } else {
                runs.append([element])
            }
        }
        return runs
    }
}
