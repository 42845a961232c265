import Speech
import Testing

@Suite struct HTMLParserTests {
    private func pieces(_ text: String, chunk: Int = .max) throws -> [Piece] {
        let parser = try HTMLParser(wording: Wording(language: "en"))
        let whole = Passage(text)
        let step = min(chunk, max(whole.count, 1))
        var pieces: [Piece] = []
        for start in stride(from: 0, to: whole.count, by: step) {
            pieces += try parser.add(whole[start..<min(start + step, whole.count)])
        }
        return pieces + (try parser.finish())
    }

    static let cases: [(String, [String])] = [
        ("<p>One <b>bold</b> word.</p><p>Two.</p>", ["One bold word.", "Two."]),
        (
            "<html><head><title>Page</title><style>p{}</style></head><body><h1>Head</h1>Text</body>",
            ["Page", "Head", "Text"]
        ),
        ("<script>alert('no')</script><p>Yes.</p>", ["Yes."]),
        ("<ul><li>one<li>two</ul><ol start=3><li>three</ol>", ["one", "two", "3: three"]),
        ("<p>See <a href='https://example.org'>the page</a>.</p>", ["See the page."]),
        ("<p><img src=x alt='a red cat'></p>", ["image: a red cat"]),
        ("<p><img src=x alt=''> text</p>", ["text"]),
        ("<table><tr><th>City<th>People<tr><td>Oslo<td>7</table>", ["City: Oslo, People: 7."]),
        ("<p>Fish &amp; chips &eacute; &#233; &lt;b&gt;</p>", ["Fish & chips é é <b>"]),
        ("<p>a\n  b\t c</p>", ["a b c"]),
        ("<pre>one\ntwo</pre>", ["one", "two"]),
        ("<p hidden>no</p><p aria-hidden='true'>no <b>no</b></p><p>yes</p>", ["yes"]),
        ("<p>Run <code>a_b</code> now.</p>", ["Run a underscore b now."]),
        ("one<br>two", ["one two"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
    ]

    @Test(arguments: cases, [Int.max, 1, 7])
    func `a page is read as a person reads it`(example: (String, [String]), chunk: Int) throws {
        #expect(try pieces(example.0, chunk: chunk).map(\.passage.text) == example.1)
    }

    @Test func `a part in another language is told apart`() throws {
        let found = try pieces("<html lang=en><p>Hello.</p><p lang=de>Guten Tag.</p><p>Bye.</p>")
        #expect(found.map(\.language) == [nil, "de", nil])
    }

    @Test func `each word of a page knows where it is written`() throws {
        let text =
            "<p>Ein Töpfchen <b>voll</b> &amp; mehr, \(String(repeating: "Öl ", count: 900))</p>"
        let scalars = Array(text.unicodeScalars)
        for piece in try pieces(text, chunk: 100) {
            for (scalar, place) in zip(piece.passage.scalars, piece.passage.places)
            where place.count == 1 && scalar != " " {
                #expect(scalars[place.lowerBound] == scalar)
            }
        }
    }

    @Test func `a picture's description is written in its tag`() throws {
        let text = "<p>Über</p><img src='x' alt='A cat'>"
        let scalars = Array(text.unicodeScalars)
        let source = try #require(try pieces(text).last?.passage.source)
        #expect(String(String.UnicodeScalarView(scalars[source])) == "A cat")
    }

    @Test(arguments: [
        "<", "<p", "</", "&", "<!--", "<table>", "<b>", "<li>", "<td>", "]]>", "\u{0}",
    ])
    func `broken pages are no trouble`(sign: String) throws {
        _ = try pieces(String(repeating: sign, count: 2000))
        _ = try pieces(String(repeating: sign + "x", count: 2000), chunk: 500)
    }

    @Test func `a long page keeps its places while it is forgotten`() throws {
        let text = String(repeating: "<p>Wörter ohne Ende.</p>\n", count: 12_000)
        let scalars = Array(text.unicodeScalars)
        let last = try #require(try pieces(text, chunk: 5000).last)
        let source = try #require(last.passage.source)
        #expect(String(String.UnicodeScalarView(scalars[source])) == "Wörter ohne Ende.")
    }
}
