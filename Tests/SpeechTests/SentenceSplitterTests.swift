import Speech
import Testing

@Suite struct SentenceSplitterTests {
    private func sentences(_ text: String, chunk: Int = .max) -> [String] {
        var splitter = SentenceSplitter()
        var found: [Passage] = []
        for piece in pieces(of: text, chunk) { found += splitter.add(piece) }
        return (found + splitter.finish()).map { trimmed($0.text) }
    }

    private func pieces(of text: String, _ chunk: Int) -> [Passage] {
        let whole = Passage(text)
        return stride(from: 0, to: whole.count, by: min(chunk, max(whole.count, 1))).map {
            whole[$0..<min($0 + min(chunk, whole.count), whole.count)]
        }
    }

    /// One space between words, none around.
    private func trimmed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Each text with `|` where a sentence ends.
    static let cases = [
        "One.| Two!| Three?| Four",
        "What?!| Really...| Yes.",
        "Wait... what is that?| It is a cat.",
        "Dr. Smith met Mr. J. T. Kirk.| They spoke.",
        "See e.g. Figure 3, i.e. The cat.| Done.",
        "Fig. 5 shows it.| No. 7 is late.| No.| I mean it.",
        "It costs 3.50 or 1,000.25 euros.| Cheap.",
        "Apples, pears, etc.| Then plums.",
        "Apples, pears, etc. and plums.",
        "At 5 p.m. we left.| At 6 p.m.| We came.",
        "Visit example.com now.| Read a.b.c too.",
        "She said \"Stop.\"| He did.",
        "(It rained.)| It stopped.",
        "\"Really?\" she said.| \"Yes.\"",
        "So do I.| He too.",
        "One line\nthat goes on\nand on.| Next.",
        "It ends here.\n|Next line starts.",
        "Dr.\nSmith came.",
        "Paragraph one\n\n|Paragraph two",
        "# A heading\n|some text\n\n|more",
        "Things:\n|- one\n|- two that\n  goes on\n|* three\n|1. four\n|2) five",
        "Text: EXIT\n|Code: https://example.org",
        "A line of wrapped prose that is as long as the\nParthenon is high goes on after the break.",
        "これは文です。|次の文！|終わり",
        "Это предложение.| Вот другое.",
        "यह वाक्य है।| दूसरा वाक्य।",
        "Was it 1999?| 2000 came.",
        "v1.2.3 is out.| U.S. law applies.",
        "**Bold.**| Next.",
    ]

    @Test(arguments: cases)
    func `text is cut where sentences end`(marked: String) {
        let expected = marked.split(separator: "|").map { trimmed(String($0)) }
        #expect(sentences(marked.replacing("|", with: "")) == expected)
    }

    @Test(arguments: cases, [1, 2, 7])
    func `the cut between chunks makes no difference`(marked: String, chunk: Int) {
        let expected = marked.split(separator: "|").map { trimmed(String($0)) }
        #expect(sentences(marked.replacing("|", with: ""), chunk: chunk) == expected)
    }

    @Test(arguments: [
        ("de", 1), ("en", 2), ("de-at", 1), ("cs", 1),
    ])
    func `a number with a dot is an ordinal where the language writes it so`(
        language: String, count: Int
    ) {
        var splitter = SentenceSplitter(language: language)
        let found = splitter.add(Passage("Am 3. Oktober war das.")) + splitter.finish()
        #expect(found.count == count)
    }

    @Test(arguments: [
        "Es waren z. B. Katzen.| Und Hunde.", "Das kostet 5 Mio. €.| Viel.", "Am 3.–5. Mai.",
        "Er wohnt Hauptstr. 5a.| Dort.", "Das war 100 v. Chr. in Rom.", "Art. 5 Abs. 2 gilt.",
    ])
    func `German abbreviations end no sentence`(marked: String) {
        var splitter = SentenceSplitter(language: "de")
        let found = splitter.add(Passage(marked.replacing("|", with: ""))) + splitter.finish()
        #expect(
            found.map { trimmed($0.text) }
                == marked.split(separator: "|").map { trimmed(String($0)) })
    }

    @Test func `each sentence knows where it stands`() {
        let text = "One.\n\n \nTwo é.  Three 👩 four. \n" + String(repeating: "x", count: 2500)
        let scalars = Array(text.unicodeScalars)
        var splitter = SentenceSplitter()
        var found: [Passage] = []
        for piece in pieces(of: text, 7) { found += splitter.add(piece) }
        found += splitter.finish()
        #expect(found.count == 5)
        for sentence in found {
            #expect(sentence.source.map { Array(scalars[$0]) } == sentence.scalars)
        }
    }

    @Test func `a sentence comes as soon as the next one starts`() {
        var splitter = SentenceSplitter()
        #expect(splitter.add(Passage("First one. ")) == [])
        #expect(splitter.add(Passage("S", at: 11)).map(\.text) == ["First one."])
    }

    @Test func `a full line that ends in a full stop comes at once`() {
        var splitter = SentenceSplitter()
        #expect(splitter.add(Passage("A cat on a mat.\n")).map(\.text) == ["A cat on a mat.\n"])
    }

    @Test func `when the input rests, a whole line is spoken and half a line waits`() {
        var splitter = SentenceSplitter()
        #expect(splitter.add(Passage("a cat on a mat\n")) == [])
        #expect(splitter.pause().map(\.text) == ["a cat on a mat\n"])
        #expect(splitter.add(Passage("half a li")) == [])
        #expect(splitter.pause() == [])
        #expect(splitter.finish().map(\.text) == ["half a li"])
    }

    @Test(arguments: ["x", "é", "word ", "!", "👩\u{200D}", "\n ", "a."], [1, 1000, 100_000])
    func `sentences are bounded and nothing of the text is lost`(piece: String, chunk: Int) {
        let text = String(repeating: piece, count: chunk == 1 ? 5000 : 50_000)
        var splitter = SentenceSplitter()
        var found: [Passage] = []
        for part in pieces(of: text, chunk) { found += splitter.add(part) }
        found += splitter.finish()
        #expect(found.allSatisfy { $0.count <= SentenceSplitter.longestSentence + 2 })
        let visible = text.unicodeScalars.count { !$0.properties.isWhitespace }
        let kept = found.flatMap(\.scalars).count { !$0.properties.isWhitespace }
        #expect(kept == visible)
    }
}
