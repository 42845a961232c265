import Speech
import Testing

@Suite struct MarkdownParserTests {
    private func pieces(_ text: String, chunk: Int = .max) -> [Piece] {
        var parser = MarkdownParser(wording: Wording(language: "en"))
        let whole = Passage(text)
        let step = min(chunk, max(whole.count, 1))
        var pieces: [Piece] = []
        for start in stride(from: 0, to: whole.count, by: step) {
            pieces += parser.add(whole[start..<min(start + step, whole.count)])
        }
        return pieces + parser.finish()
    }

    static let cases: [(String, [String])] = [
        (
            "# A heading\nSome *text* with **bold** words.",
            ["A heading", "Some text with bold words."]
        ),
        ("Title\n=====\n\nText.", ["Title", "Text."]),
        ("A [link](https://example.org/x) here.", ["A link here."]),
        ("A [link][ref] here.\n\n[ref]: https://example.org", ["A link here."]),
        ("One\nparagraph.\n\nTwo. Three.", ["One paragraph.", "Two.", "Three."]),
        ("- one\n- two\n  more\n- three", ["one", "two more", "three"]),
        ("3. three\n4. four", ["3: three", "4: four"]),
        ("- [x] wash\n- [ ] dry", ["done: wash", "to do: dry"]),
        ("> Quoted words.\n\nMine.", ["Quoted words.", "Mine."]),
        ("![a red cat](cat.jpg)", ["image: a red cat"]),
        ("![](cat.jpg)", []),
        ("Run `git_log --all` now.", ["Run git underscore log dash dash all now."]),
        (
            "```swift\nlet x = 1\n\nf(x)\n```\nDone.",
            ["let x equals 1", "f left paren x right paren", "Done."]
        ),
        (
            "| City | People |\n|---|---|\n| Oslo | 700,000 |\n| Bergen | |\n",
            ["City: Oslo, People: 700,000.", "City: Bergen."]
        ),
        ("~~old~~ new", ["old new"]),
        ("A &amp; B &eacute; &#65;", ["A & B é A"]),
        ("Break<br>here <b>bold</b>.", ["Break here bold."]),
        ("---\ntitle: x\n---\nText.", ["Text."]),
        ("***\n\nText.", ["Text."]),
        ("2 * 3 * 4 = 24 and snake_case_name", ["2 * 3 * 4 = 24 and snake_case_name"]),
        ("a\n\n    indented code\n\nb", ["a", "indented code", "b"]),
        ("- a\n\n  second paragraph\n- b", ["a", "second paragraph", "b"]),
    ]

    @Test(arguments: cases)
    func `what is meant is said and the signs are not`(markdown: String, said: [String]) {
        #expect(pieces(markdown).map(\.passage.text) == said)
    }

    @Test(arguments: cases, [1, 3, 10])
    func `the cut between chunks makes no difference to Markdown`(
        example: (String, [String]), chunk: Int
    ) {
        #expect(pieces(example.0, chunk: chunk).map(\.passage.text) == example.1)
    }

    @Test func `a heading is higher and has silence before it`() {
        let found = pieces("Text.\n\n# Heading\n\n> Quote")
        #expect(found.map(\.pitchRise) == [0, 15, -10])
        #expect(found[1].pauseSeconds > found[2].pauseSeconds)
        #expect(found[2].pauseSeconds > 0)
    }

    @Test func `each piece knows where it is written`() throws {
        let text = "# Töne\n\nSome **bold** [link](x) &amp; `code`.\n"
        let scalars = Array(text.unicodeScalars)
        for piece in pieces(text) {
            for (scalar, place) in zip(piece.passage.scalars, piece.passage.places)
            where place.count == 1 && !scalar.isSpaceOrBreak {
                #expect(scalars[place.lowerBound] == scalar)
            }
        }
        let entity = try #require(pieces(text).last)
        let index = try #require(entity.passage.scalars.firstIndex(of: "&"))
        #expect(String(String.UnicodeScalarView(scalars[entity.passage.places[index]])) == "&amp;")
    }

    @Test func `a paragraph is heard when the next one begins, a heading at once`() {
        var parser = MarkdownParser(wording: Wording(language: "en"))
        #expect(parser.add(Passage("# One\n")).map(\.passage.text) == ["One"])
        #expect(parser.add(Passage("Two.\n", at: 6)).isEmpty)
        #expect(parser.add(Passage("\n", at: 11)).isEmpty)
        #expect(parser.add(Passage("Three\n", at: 12)).map(\.passage.text) == ["Two."])
        #expect(parser.pause().map(\.passage.text) == ["Three"])
    }

    @Test func `a document without a blank line is read in parts`() {
        let text = String(repeating: "word word\n", count: 30_000)
        var parser = MarkdownParser(wording: Wording(language: "en"))
        #expect(!parser.add(Passage(text)).isEmpty)
    }

    @Test(arguments: [
        "[", "*", "`", "|", "> ", "- ", "<", "&", "\n", "#", "![", "\\", "\u{0}", "~~~\n",
    ])
    func `signs without end are no trouble for Markdown`(sign: String) {
        _ = pieces(String(repeating: sign, count: 5000))
    }

    @Test(arguments: [
        ("# Title\n\ntext", Markup.markdown), ("Plain words.\nMore.", .plain),
        ("<!DOCTYPE html><p>x", .html), ("<speak>x</speak>", .ssml),
        ("<?xml version=\"1.0\"?>\n<speak>x</speak>", .ssml),
        ("see [x](https://example.org)", .markdown), ("- a\n- b\n", .markdown),
        ("#5 is alive", .plain), ("```\ncode\n```", .markdown), ("a - b", .plain),
    ])
    func `the first lines tell what a text is`(text: String, markup: Markup) {
        #expect(detectedMarkup(of: text) == markup)
    }
}

extension Unicode.Scalar {
    fileprivate var isSpaceOrBreak: Bool { properties.isWhitespace }
}
