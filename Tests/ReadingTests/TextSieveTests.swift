import Reading
import Testing

@Suite struct TextSieveTests {
    private func words(_ texts: [(String, Double)], line: Int = 0, block: Int = 0) -> [Word] {
        texts.enumerated().map { i, word in
            Word(
                text: word.0, confidence: word.1,
                box: Box(x: 10 + 50 * i, y: 20 + 30 * line, width: 40, height: 20), line: line,
                block: block)
        }
    }

    private func texts(_ words: [Word], _ layout: TextLayout) -> [String] {
        TextSieve.blocks(of: words, layout: layout).map(\.text)
    }

    @Test func `words make lines, lines make blocks, and boxes hold them`() throws {
        let read =
            words([("The", 0.96), ("quick", 0.95)]) + words([("brown", 0.94)], line: 1)
            + words([("Other", 0.9)], line: 2, block: 1)
        let blocks = TextSieve.blocks(of: read, layout: .page)
        #expect(blocks.map(\.text) == ["The quick\nbrown", "Other"])
        #expect(blocks.first?.box == Box(x: 10, y: 20, width: 90, height: 50))
        let confidence = try #require(blocks.last?.confidence)
        #expect(abs(confidence - 0.9) < 1e-9)
    }

    /// What Tesseract finds in the leaves of `captioned/larch.jpg`.
    @Test func `letters found in leaves are not said`() {
        let leaves = words([
            ("Se", 0.49), ("oe", 0.51), ("ii", 0.58), ("ae", 0.62), ("fi", 0.59), ("=", 0.65),
            ("|", 0.95), ("43", 0.57), ("Vig", 0.92), ("ab", 0.91), ("4", 0.95),
        ])
        #expect(texts(leaves, .page) == [])
        #expect(texts(leaves, .scattered) == [])
    }

    /// What it reads in `phototest-rotated-180.png` as it stands.
    @Test func `a page read upside down is not said`() {
        let page = words([
            ("“xoy", 0.15), ("AZe]", 0.70), ("94}", 0.41), ("JBAO", 0.28), ("Bop", 0.93),
            ("umosgq", 0.36), ("yoinb", 0.80), ("ay", 0.46),
        ])
        #expect(texts(page, .page) == [])
    }

    @Test func `a doubtful word in a sure line stays`() {
        let line = words([("gravida", 0.94), ("justo", 0.59), ("cursus,", 0.95)])
        #expect(texts(line, .page) == ["gravida justo cursus,"])
    }

    @Test func `the rules of a table are not read aloud`() {
        let row = words([("|", 0.9), ("|Chocolade", 0.89), ("$744.60", 0.89), ("|", 0.6)])
        #expect(texts(row, .page) == ["Chocolade $744.60"])
    }

    @Test func `what is taken for the bar of a table before a verb is a pronoun`() {
        let line = words([
            ("If", 0.9), ("|", 0.9), ("were", 0.95), ("you,", 0.95), ("|", 0.9), ("would", 0.95),
        ])
        #expect(texts(line, .page) == ["If I were you, I would"])
        var bar = line
        bar[1].box.height = 30
        #expect(texts(bar, .page) == ["If were you, I would"])
        let row = words([("|", 0.9), ("name", 0.95), ("|", 0.9), ("price", 0.95), ("|", 0.9)])
        #expect(texts(row, .page) == ["name price"])
    }

    @Test func `numbers along an axis prove each other, without their tick marks`() {
        let axis = words([("50-", 0.82), ("40-", 0.83), ("30", 0.96), ("20", 0.95)])
        #expect(texts(axis, .scattered) == ["50 40 30 20"])
        #expect(texts(words([("50", 0.82), ("40", 0.83)]), .scattered) == [])
    }
}
