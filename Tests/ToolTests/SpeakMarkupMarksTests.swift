import Foundation
import TestKit
import Testing

/// Marks of documents: where a spoken word is written between signs, tags and entities.
@Suite struct SpeakMarkupMarksTests {
    static let documents: [(String, String, [String])] = [
        (
            "--markdown",
            """
            # Tïtle & more

            Some **bold** [words](https://example.org) cost $5 &amp; `x_y`.

            | City | People |
            |---|---|
            | Oslo | 700,000 |

            1. First
            2. Second

            ![a *cat*](c.png)
            """,
            [
                "Tïtle", "&", "more", "Some", "bold", "words", "cost", "$5", "&amp;", "x", "_", "y",
                "Oslo", "700,000", "First", "Second", "a", "cat",
            ]
        ),
        (
            "--html",
            """
            <!DOCTYPE html><title>Tïtle</title><script>x()</script>
            <p>Some <b>bold</b> w&ouml;rds &amp; <a href='x'>a link</a>.</p><img alt='A cat'>
            <table><tr><th>City</th><th>People</th></tr><tr><td>Oslo</td><td>7</td></tr></table>
            """,
            [
                "Tïtle", "Some", "bold", "w&ouml;rds", "&amp;", "a", "link", "A", "cat", "Oslo",
                "7",
            ]
        ),
        (
            "--ssml",
            """
            <speak>Héllo <emphasis>big</emphasis> world.
            <say-as interpret-as='date' format='dmy'>3/4/2024</say-as> is
            <sub alias='World Wide Web'>WWW</sub> &amp; <prosody rate='120%'>fast. Slow</prosody>
            <phoneme alphabet='ipa' ph='təˈmeɪtəʊ'>tomato</phoneme>.</speak>
            """,
            ["Héllo", "big", "world", "3/4/2024", "is", "WWW", "&amp;", "fast", "Slow", "tomato"]
        ),
    ]

    private func marks(_ option: String, _ text: String) throws -> (
        marks: [SpokenMark], samples: Int
    ) {
        let folder = try TemporaryFolder()
        let run = try ToolRun.run(
            "speak", [option, "--marks", folder.path + "/marks"], input: Array(text.utf8))
        #expect(run.status == 0 && run.errors.isEmpty, "\(run)")
        let found = try folder.text("marks").split(separator: "\n").map {
            try JSONDecoder().decode(SpokenMark.self, from: Data($0.utf8))
        }
        return (found, (run.output.count - 44) / 2)
    }

    @Test(arguments: documents)
    func `each word points at itself, in order and within the sound`(
        option: String, text: String, words: [String]
    ) throws {
        let (found, samples) = try marks(option, text)
        #expect(found.filter { $0.type == "word" }.map(\.value) == words)
        let bytes = Array(text.utf8)
        let scalars = Array(text.unicodeScalars)
        for mark in found {
            #expect(String(decoding: bytes[mark.start..<mark.end], as: UTF8.self) == mark.value)
            let end = mark.char_start + mark.value.unicodeScalars.count
            #expect(
                String(String.UnicodeScalarView(scalars[mark.char_start..<end])) == mark.value)
        }
        let times = found.map(\.sample)
        #expect(times == times.sorted() && (times.last ?? 0) < samples)
        // Two words begin together only where the engine tells no more.
        #expect(Set(times).count > words.count * 3 / 4, "\(times)")
    }

    @Test func `places that SSML names are marked with their names`() throws {
        let text = "<speak>One <mark name='here'/>two.<mark name='end'/></speak>"
        let (found, samples) = try marks("--ssml", text)
        #expect(found.map(\.type) == ["sentence", "word", "ssml", "word", "ssml"])
        #expect(found[2].value == "here" && found[2].sample == found[3].sample)
        #expect(found[4].value == "end" && found[4].sample <= samples)
        #expect(found[4].sample > samples / 2)
    }
}
