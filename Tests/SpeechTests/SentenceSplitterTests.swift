import Speech
import Testing

@Suite struct SentenceSplitterTests {
    private func sentences(_ text: String, chunk: Int = .max) -> [String] {
        var splitter = SentenceSplitter()
        var found: [Utterance] = []
        var rest = Array(text.unicodeScalars)[...]
        while !rest.isEmpty {
            found += splitter.add(Array(rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
        }
        return (found + splitter.finish()).map { trimmed($0.text) }
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

    @Test(arguments: [1, 7, 1000])
    func `each sentence knows where it stands in the text`(chunk: Int) {
        let text = "One.\n\n \nTwo é.  Three 👩 four. \n" + String(repeating: "x", count: 2500)
        let scalars = Array(text.unicodeScalars)
        var splitter = SentenceSplitter()
        var found: [Utterance] = []
        for start in stride(from: 0, to: scalars.count, by: chunk) {
            found += splitter.add(Array(scalars[start..<min(start + chunk, scalars.count)]))
        }
        found += splitter.finish()
        #expect(found.count == 5)
        for sentence in found {
            #expect(scalars[sentence.source].elementsEqual(sentence.text.unicodeScalars))
        }
    }

    @Test func `a sentence comes as soon as the next one starts`() {
        var splitter = SentenceSplitter()
        #expect(splitter.add(Array("First one. ".unicodeScalars)) == [])
        #expect(splitter.add(["S"]).map(\.text) == ["First one."])
    }

    @Test func `a full line that ends in a full stop comes at once`() {
        var splitter = SentenceSplitter()
        #expect(
            splitter.add(Array("A cat on a mat.\n".unicodeScalars)).map(\.text) == [
                "A cat on a mat.\n"
            ])
    }

    @Test func `when the input rests, a whole line is spoken and half a line waits`() {
        var splitter = SentenceSplitter()
        #expect(splitter.add(Array("a cat on a mat\n".unicodeScalars)) == [])
        #expect(splitter.pause().map(\.text) == ["a cat on a mat\n"])
        #expect(splitter.add(Array("half a li".unicodeScalars)) == [])
        #expect(splitter.pause() == [])
        #expect(splitter.finish().map(\.text) == ["half a li"])
    }

    @Test(arguments: ["x", "é", "word ", "!", "👩\u{200D}", "\n ", "a."], [1, 1000, 100_000])
    func `sentences are bounded and nothing of the text is lost`(piece: String, chunk: Int) {
        let text = String(repeating: piece, count: chunk == 1 ? 5000 : 50_000)
        var splitter = SentenceSplitter()
        var found: [Utterance] = []
        var rest = Array(text.unicodeScalars)[...]
        while !rest.isEmpty {
            found += splitter.add(Array(rest.prefix(chunk)))
            rest = rest.dropFirst(chunk)
        }
        found += splitter.finish()
        #expect(
            found.allSatisfy {
                $0.text.unicodeScalars.count <= SentenceSplitter.longestSentence + 2
            })
        let visible = text.unicodeScalars.count { !$0.properties.isWhitespace }
        let kept = found.map(\.text).joined().unicodeScalars.count { !$0.properties.isWhitespace }
        #expect(kept == visible)
    }
}
