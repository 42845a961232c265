import Speech
import Testing

/// What is written, and what is said; the engine says the rest.
@Suite struct EnglishNormaliserTests {
    private func spoken(_ text: String, _ language: String = "en-gb") -> String {
        Normaliser(language: language).spoken(Passage(text)).text
    }

    static let dates: [(String, String)] = [
        ("2024-01-02", "the second of January twenty twenty-four"),
        ("on 2024-12-25 at noon", "on the twenty-fifth of December twenty twenty-four at noon"),
        ("2024-13-02", "2024-13-02"),
        (
            "2024-01-02T14:30:00Z",
            "the second of January twenty twenty-four, fourteen thirty UTC"
        ),
        ("3 March 2024", "the third of March twenty twenty-four"),
        ("the 3rd of March", "the third of March"),
        ("on 21 Sept. 1999 we", "on the twenty-first of September nineteen ninety-nine we"),
        ("3–5 March", "the third to the fifth of March"),
        ("March 3, 2024, was", "March third, twenty twenty-four, was"),
        ("March 3–5, 2024", "March third to fifth, twenty twenty-four"),
        ("Mar. 3rd", "March third"),
        ("in May 1968", "in May nineteen sixty-eight"),
        ("Jan–Mar", "January to March"),
        ("Mon-Fri", "Monday to Friday"),
        ("3/4/2024", "the third of April twenty twenty-four"),
        ("25/12/2023", "the twenty-fifth of December twenty twenty-three"),
        ("12/25/2023", "the twenty-fifth of December twenty twenty-three"),
        ("03.04.2024", "the third of April twenty twenty-four"),
        ("in 1984", "in nineteen eighty-four"),
        ("born 1907", "born nineteen oh seven"),
        ("1900 was", "nineteen hundred was"),
        ("2005", "2005"),
        ("the 1990s", "the nineteen nineties"),
        ("the 1990's", "the nineteen nineties"),
        ("the '80s", "the eighties"),
        ("1914–1918", "nineteen fourteen to nineteen eighteen"),
        ("1914-18", "nineteen fourteen to eighteen"),
        ("May I go?", "May I go?"),
    ]
    static let times: [(String, String)] = [
        ("at 14:30", "at fourteen thirty"),
        ("at 14:05", "at fourteen oh five"),
        ("at 2:05pm", "at two oh five PM"),
        ("at 10:00", "at ten o'clock"),
        ("at 14:00", "at fourteen hundred"),
        ("5pm", "five PM"),
        ("at 5 p.m. we", "at five PM we"),
        ("We left at 5 p.m.", "We left at five PM."),
        ("11 a.m.–1 p.m.", "eleven AM to one PM."),
        ("9am–5pm", "nine AM to five PM"),
        ("9–5pm", "nine to five PM"),
        ("10:30-11:15", "ten thirty to eleven fifteen"),
        ("3:25:07", "three twenty-five and seven seconds"),
        ("John 3:16", "John three sixteen"),
    ]
    static let money: [(String, String)] = [
        ("$3.50", "3 dollars and 50 cents"),
        ("$1", "1 dollar"),
        ("$0.99", "99 cents"),
        ("£1.01", "1 pound and 1 penny"),
        ("€1,000", "1000 euros"),
        ("-$5", "minus 5 dollars"),
        ("$1.2 million", "1.2 million dollars"),
        ("$5m", "5 million dollars"),
        ("£20k", "20 thousand pounds"),
        ("US$5", "5 U S dollars"),
        ("$5–10", "5 to 10 dollars"),
        ("$5–$10", "5 to 10 dollars"),
        ("3.50 €", "3 euros and 50 cents"),
        ("20 EUR", "20 euros"),
        ("EUR 20", "20 euros"),
        ("CHF 7.20", "7 Swiss francs and 20 cents"),
        ("50¢", "50 cents"),
        ("50p", "50 pence"),
        ("¥500", "500 yen"),
        ("a $5 note", "a 5 dollar note"),
        ("a 5€ note", "a 5 euro note"),
        ("two $5 notes", "two 5 dollar notes"),
        ("a $3.50 coffee", "a 3 dollar 50 coffee"),
        ("a $0.99 app", "a 99 cent app"),
        ("a $1.2 billion deal", "a 1.2 billion dollar deal"),
        ("a $5–10 fee", "a 5 to 10 dollar fee"),
        ("a $5 or so", "a 5 dollars or so"),
        ("paid $5 for it", "paid 5 dollars for it"),
    ]
    static let phones: [(String, String)] = [
        ("+44 20 7946 0958", "plus four four, two zero, seven nine four six, zero nine five eight"),
        ("(555) 123-4567", "five five five, one two three, four five six seven"),
        ("555-123-4567", "five five five, one two three, four five six seven"),
        ("020 7946 0958", "zero two zero, seven nine four six, zero nine five eight"),
        ("call 999", "call nine nine nine"),
        ("Tel: 555-0123", "Tel: five five five, zero one two three"),
        ("call 12 people", "call 12 people"),
    ]
    static let addresses: [(String, String)] = [
        ("192.168.0.1", "192 dot 168 dot 0 dot 1"),
        ("10.0.0.0/8", "10 dot 0 dot 0 dot 0 slash 8"),
        ("127.0.0.1:8080", "127 dot 0 dot 0 dot 1 port 8080"),
        ("fe80::1", "F E eight zero colon colon one"),
        (
            "00:1a:2b:3c:4d:5e",
            "zero zero, one A, two B, three C, four D, five E"
        ),
        ("https://www.example.org", "example dot org"),
        ("See https://example.org/help.", "See example dot org slash help."),
        ("(https://example.org/a/b/c?x=1&y=2)", "(example dot org and so on)"),
        ("http://localhost:8080/", "localhost port eight zero eight zero"),
        ("www.bbc.co.uk", "bbc dot co dot uk"),
        ("github.com/apple", "github dot com slash apple"),
        ("anna.smith@example.org", "anna dot smith at example dot org"),
        ("/usr/local/bin", "slash usr slash local slash bin"),
        ("~/notes.txt", "tilde slash notes dot txt"),
        ("./run.sh now", "dot slash run dot sh now"),
        ("src/main.c", "src slash main dot c"),
        ("C:\\Users\\anna", "C colon backslash Users backslash anna"),
        ("open report.pdf.", "open report dot pdf."),
        ("he/she and/or it", "he or she and or it"),
    ]
    static let measures: [(String, String)] = [
        ("5 km", "5 kilometres"),
        ("1 km", "1 kilometre"),
        ("5km.", "5 kilometres."),
        ("20°C", "20 degrees Celsius"),
        ("-40 °F", "minus 40 degrees Fahrenheit"),
        ("a 90° turn", "a 90 degree turn"),
        ("a 10 km run", "a 10 kilometre run"),
        ("a 10-km run", "a 10 kilometre run"),
        ("every 5 min or so", "every 5 minutes or so"),
        ("a 5–10 kg load", "a 5 to 10 kilogram load"),
        ("it is 5 km away", "it is 5 kilometres away"),
        ("100 km/h", "100 kilometres an hour"),
        ("16GB", "16 gigabytes"),
        ("2.4 GHz", "2.4 gigahertz"),
        ("30 m²", "30 square metres"),
        ("5 in the box", "5 in the box"),
        ("12in", "12 inches"),
        ("5–10 km", "5 to 10 kilometres"),
        ("10%-20%", "10 to 20 percent"),
        ("50%", "50 percent"),
        ("1920x1080", "1920 by 1080"),
        ("3 m × 4 m", "3 by 4 metres"),
        ("100 Mbit/s", "100 megabits a second"),
        ("5 mg/kg", "5 milligrams per kilogram"),
        ("2048 MB", "2048 megabytes"),
        ("a 5-km run", "a 5 kilometre run"),
    ]
    static let numbers: [(String, String)] = [
        ("the 100th", "the hundredth"),
        ("1st", "first"),
        ("23rd", "twenty-third"),
        ("1/2", "a half"),
        ("3/4 of it", "three quarters of it"),
        ("5/8", "five eighths"),
        ("24/7", "24/7"),
        ("9/11", "9/11"),
        ("½ cup", "a half cup"),
        ("2½ cups", "2 and a half cups"),
        ("2 1/2 cups", "2 and a half cups"),
        ("pages 10–20", "pages 10 to 20"),
        ("5-7 days", "5 to 7 days"),
        ("a 3:1 ratio", "a 3 to 1 ratio"),
        ("16:9", "16 to 9"),
        (".5", "0.5"),
        ("3.14", "3.14"),
        ("1,000,000", "1000000"),
        ("x² + y²", "x squared + y squared"),
        ("2^10", "2 to the 10"),
        ("10⁻³", "10 to the minus 3"),
        ("1e5", "1 times 10 to the 5"),
        ("6.02×10²³", "6.02 times 10 to the 23"),
        ("v1.2.3", "version 1 point 2 point 3"),
        ("version v2.0", "version 2 point 0"),
        ("1.51.1", "1 point 51 point 1"),
        ("12345", "12345"),
        ("42 cats", "42 cats"),
    ]
    static let words: [(String, String)] = [
        ("Henry VIII", "Henry the eighth"),
        ("Louis XIV built", "Louis the fourteenth built"),
        ("Chapter IV", "Chapter 4"),
        ("World War II", "World War 2"),
        ("Elizabeth I.", "Elizabeth the first."),
        ("Mary I think", "Mary I think"),
        ("I am", "I am"),
        ("Dr. Smith", "Doctor Smith"),
        ("St. Paul", "Saint Paul"),
        ("Main St. is", "Main Street is"),
        ("Mr. Kirk", "Mister Kirk"),
        ("e.g. cats", "for example cats"),
        ("E.g. cats", "For example cats"),
        ("i.e. dogs", "that is dogs"),
        ("No. 5", "number 5"),
        ("No. I do not.", "No. I do not."),
        ("approx. 5", "approximately 5"),
        ("A vs. B", "A versus B"),
        ("Cats, dogs, etc.", "Cats, dogs, et cetera."),
        ("fig. 3, p. 12", "figure 3, page 12"),
        ("Acme Inc. said", "Acme Incorporated said"),
        ("w/ milk, w/o sugar", "with milk, without sugar"),
        ("#5", "number 5"),
        ("#OpenSource", "hashtag Open Source"),
        ("#ff8800", "hash F F eight eight zero zero"),
        ("@curb_cut", "at curb cut"),
        ("Ctrl+C", "Control C"),
        ("Ctrl+Shift+T", "Control Shift T"),
        ("Alt-Tab", "Alt Tab"),
        ("Prof. Jones et al. wrote", "Professor Jones et al wrote"),
    ]
    static let signs: [(String, String)] = [
        ("a ≤ b", "a is at most b"),
        ("a <= b", "a is at most b"),
        ("3 < 5", "3 is less than 5"),
        ("5 > 3", "5 is greater than 3"),
        ("A → B", "A to B"),
        ("x -> y", "x to y"),
        ("10 - 4", "10 minus 4"),
        ("8 / 2", "8 divided by 2"),
        ("2 * 3", "2 times 3"),
        ("5 × 3", "5 × 3"),
        ("~5", "about 5"),
        ("a - b", "a - b"),
        ("well-known", "well-known"),
        ("a/b", "a/b"),
        ("✓ done", "check done"),
    ]

    @Test(arguments: dates + times + money)
    func `dates, times and money are said as people say them`(written: String, said: String) {
        #expect(spoken(written) == said)
    }

    @Test(arguments: phones + addresses)
    func `numbers to call and places to find are said in parts`(written: String, said: String) {
        #expect(spoken(written) == said)
    }

    @Test(arguments: measures + numbers + signs)
    func `amounts, numbers and signs are said in words`(written: String, said: String) {
        #expect(spoken(written) == said)
    }

    @Test(arguments: words)
    func `short forms are said in full`(written: String, said: String) {
        #expect(spoken(written) == said)
    }

    @Test(arguments: [
        ("3/4/2024", "March fourth, twenty twenty-four"),
        ("2024-01-02", "January second, twenty twenty-four"),
        ("25/12/2023", "December twenty-fifth, twenty twenty-three"),
    ])
    func `America writes the month first`(written: String, said: String) {
        #expect(spoken(written, "en-us") == said)
    }

    @Test(arguments: dates + times + money + words)
    func `verbatim text stays as it is`(written: String, said: String) {
        #expect(
            Normaliser(language: "en", isVerbatim: true).spoken(Passage(written)).text == written)
    }

    @Test func `each spoken word knows where it is written`() throws {
        let text = "It cost $3.50 in 1984."
        let utterance = try #require(
            Normaliser(language: "en").spoken(Passage(text, at: 100)).utterance())
        let spoken = Array(utterance.text.unicodeScalars)
        let pairs = utterance.origins.map { origin in
            (
                String(String.UnicodeScalarView(spoken[origin.spoken])),
                String(
                    String.UnicodeScalarView(
                        Array(text.unicodeScalars)[
                            origin.written.lowerBound - 100..<origin.written.upperBound - 100]))
            )
        }
        #expect(
            pairs.map(\.0) == [
                "It", "cost", "3 dollars and 50 cents", "in", "nineteen eighty-four", ".",
            ])
        #expect(pairs.map(\.1) == ["It", "cost", "$3.50", "in", "1984", "."])
        #expect(utterance.source == 100..<122)
    }

    @Test func `what is not changed needs no origins`() throws {
        let utterance = try #require(
            Normaliser(language: "en").spoken(Passage("Nothing to change here.")).utterance())
        #expect(utterance.origins.isEmpty)
    }

    @Test(arguments: [
        "/", "$", "#", "1,", "1:", "::", "a@", "+", "(", "v", "C:\\", "1/", "..", "'",
    ])
    func `signs alone, many of them, are no trouble`(sign: String) {
        for count in [1, 2, 3, 400] {
            _ = spoken(String(repeating: sign, count: count))
            _ = spoken(String(repeating: sign + "1", count: count))
            _ = spoken(String(repeating: sign + "a ", count: count))
        }
    }
}
