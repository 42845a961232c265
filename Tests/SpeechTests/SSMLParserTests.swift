import Speech
import Synchronization
import Testing

@Suite struct SSMLParserTests {
    private func utterances(_ text: String, language: String = "en") throws -> [Utterance] {
        var reader = try SentenceReader(
            text: text, style: ReadingStyle(markup: .ssml, language: language))
        var found: [Utterance] = []
        while let utterance = try reader.next() { found.append(utterance) }
        return found
    }

    static let cases: [(String, [String])] = [
        ("<speak>Hello.</speak>", ["Hello."]),
        ("<speak>One. Two.</speak>", ["One.", "Two."]),
        ("<speak><p>One.</p><p>Two &amp; three.</p></speak>", ["One.", "Two &amp; three."]),
        (
            "<speak>a <prosody rate='120%'>fast. Word</prosody> b</speak>",
            ["a <prosody rate=\"120%\">fast.</prosody>", "<prosody rate=\"120%\">Word</prosody> b"]
        ),
        (
            "<speak><emphasis>big</emphasis></speak>",
            ["<emphasis level=\"moderate\">big</emphasis>"]
        ),
        ("<speak><sub alias='World Wide Web'>WWW</sub></speak>", ["World Wide Web"]),
        (
            "<speak><say-as interpret-as='date' format='dmy'>3/4/2024</say-as></speak>",
            ["the third of April twenty twenty-four"]
        ),
        (
            "<speak><say-as interpret-as='date' format='mdy'>3/4/2024</say-as></speak>",
            ["the fourth of March twenty twenty-four"]
        ),
        ("<speak><say-as interpret-as='time'>2:30pm</say-as></speak>", ["two thirty PM"]),
        (
            "<speak><say-as interpret-as='telephone'>+1-800-555</say-as></speak>",
            ["plus one, eight zero zero, five five five"]
        ),
        (
            "<speak><say-as interpret-as='currency'>$42.50</say-as></speak>",
            ["42 dollars and 50 cents"]
        ),
        ("<speak><say-as interpret-as='cardinal'>1,234</say-as></speak>", ["1234"]),
        ("<speak><say-as interpret-as='ordinal'>21</say-as></speak>", ["twenty-first"]),
        ("<speak><say-as interpret-as='digits'>405</say-as></speak>", ["four zero five"]),
        (
            "<speak><say-as interpret-as='characters'>a&lt;</say-as></speak>",
            [
                "<say-as interpret-as=\"tts:char\">a</say-as> <say-as interpret-as=\"tts:char\">&lt;</say-as> "
            ]
        ),
        (
            "<speak><phoneme alphabet='ipa' ph='təˈmeɪtoʊ'>tomato</phoneme></speak>",
            ["[[t@m'eItoU]]".replacing("m'eI", with: "'meI")]
        ),
        ("<speak><audio src='a$(touch x).wav'>a bell</audio></speak>", ["a bell"]),
        ("<speak><metadata>no</metadata>yes</speak>", ["yes"]),
        ("<speak><![CDATA[a < b]]> [[x]]</speak>", ["a is less than b [ [ x]]"]),
    ]

    @Test(arguments: cases)
    func `SSML becomes markup that the engine follows`(ssml: String, said: [String]) throws {
        let found = try utterances(ssml)
        #expect(found.map(\.text) == said)
        #expect(found.allSatisfy { $0.isMarkup })
    }

    @Test func `a break is silence`() throws {
        let found = try utterances(
            "<speak>One <break time='1500ms'/> two<break strength='none'/></speak>")
        #expect(found.map(\.pauseSeconds) == [0, 1.5])
        #expect(found.map(\.isContinued) == [true, true])
    }

    @Test func `a language gets a voice of its own`() throws {
        let found = try utterances(
            "<speak>Say <lang xml:lang='de-DE'>Guten Tag</lang> and <voice xml:lang='fr'>bonjour</voice>.</speak>"
        )
        #expect(found.map(\.language) == [nil, "de-de", nil, "fr", nil])
    }

    @Test func `a voice is asked for by its name, and the language that it has`() throws {
        let found = try utterances(
            "<speak>A <voice name='calm'>b</voice> <voice name='de+f3'>3,50 €</voice> "
                + "<voice name='no such'>c <lang xml:lang='fr'>d</lang></voice> "
                + "<voice name='calm'>Привет</voice></speak>")
        #expect(found.map(\.voice?.name) == [nil, "calm", "de+f3", "no such", nil, nil])
        #expect(found.map(\.language) == [nil, nil, "de", nil, "fr", "ru"])
        #expect(found[2].text == "3 Euro 50")
    }

    @Test func `a voice is asked for by its gender, also within and in another language`() throws {
        let found = try utterances(
            "<speak><voice gender='female' variant='2'>a <lang xml:lang='fr'>b</lang></voice> "
                + "<voice gender='male' xml:lang='de'>c</voice> "
                + "<voice gender='neutral'>d</voice></speak>")
        let second = VoiceWish(gender: .female, number: 2)
        #expect(found.map(\.voice) == [second, second, VoiceWish(gender: .male), nil])
        #expect(found.map(\.language) == [nil, "fr", "de", nil])
    }

    @Test func `a named place is where the next word is, or at the end`() throws {
        let text = "<speak>One <mark name='a'/>two. <mark name='b'/></speak>"
        let found = try utterances(text)
        #expect(found.map(\.text) == ["One two. "])
        let bookmarks = try #require(found.first).bookmarks
        #expect(bookmarks.map(\.name) == ["a", "b"])
        #expect(bookmarks.map(\.spoken) == [4, 9])
        // Behind its tag or nearby, as the library tells.
        #expect((11...27).contains(bookmarks[0].written))
    }

    @Test(arguments: [
        ("<speak>One.\n<p>Two</speak>", 2), ("<speak>a & b</speak>", 1), ("<speak>", 1),
        ("<speak a=b>x</speak>", 1), ("text", 1), ("<speak>&undeclared;</speak>", 1),
        ("<!DOCTYPE s [<!ENTITY a \"x\">]><speak>&a;</speak>", 1),
    ])
    func `malformed SSML is refused with its line`(ssml: String, line: Int) {
        let error = #expect(throws: MarkupError.self) { try utterances(ssml) }
        guard case .malformed(let found, let column, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(found == line)
        #expect(column > 0)
    }

    @Test func `a document of another kind is refused`() {
        #expect(throws: MarkupError.notSpeech(root: "html")) { try utterances("<html>x</html>") }
    }

    @Test func `what is not followed is told once`() throws {
        let heard = Heard()
        var style = ReadingStyle(markup: .ssml)
        style.notice = { heard.add($0) }
        var reader = try SentenceReader(
            text: "<speak><audio src='a'/><audio src='b'>x</audio><blink>y</blink></speak>",
            style: style)
        while try reader.next() != nil {}
        #expect(heard.sentences.count == 2)
    }

    @Test func `words of SSML know where they are written`() throws {
        let text = "<speak>Fish &amp; <emphasis>chips</emphasis>.</speak>"
        let scalars = Array(text.unicodeScalars)
        let utterance = try #require(try utterances(text).first)
        let written = utterance.origins.map {
            String(String.UnicodeScalarView(scalars[$0.written]))
        }
        #expect(written == ["Fish", "&amp;", "chips", "."])
    }
}

/// What a notice sink heard, from one thread.
private final class Heard: Sendable {
    private let lines = Mutex<[String]>([])
    var sentences: [String] { lines.withLock { $0 } }
    func add(_ line: String) { lines.withLock { $0.append(line) } }
}
