import Signals
import Subtitles
import Testing

@Suite struct SubtitleWriterTests {
    private let cues = [
        Cue(
            range: TimeRange(startSeconds: 1.0005, endSeconds: 3.25),
            lines: ["One & <two>", "three"],
            speaker: "left"),
        Cue(
            range: TimeRange(startSeconds: 3.333, endSeconds: 4), lines: ["a\tb --> c"],
            speaker: "left"),
        Cue(range: TimeRange(startSeconds: 363_599.5, endSeconds: 363_600), lines: ["Late."]),
    ]

    @Test func `SubRip is numbered, with commas, and an arrow in the text is defused`() {
        #expect(
            written(cues, .srt) == """
                1
                00:00:01,001 --> 00:00:03,250
                left: One & <two>
                three

                2
                00:00:03,333 --> 00:00:04,000
                a b -- > c

                3
                100:59:59,500 --> 101:00:00,000
                Late.


                """)
    }

    @Test func `WebVTT escapes markup and names voices`() {
        #expect(
            written(cues, .vtt) == """
                WEBVTT

                00:00:01.001 --> 00:00:03.250
                <v left>One &amp; &lt;two&gt;
                three

                00:00:03.333 --> 00:00:04.000
                <v left>a b --&gt; c

                100:59:59.500 --> 101:00:00.000
                Late.


                """)
    }

    @Test func `tabs and lyrics have a line for each cue`() {
        #expect(
            written(cues, .tsv)
                == """
                start\tend\ttext
                1001\t3250\tleft: One & <two> three
                3333\t4000\ta b -- > c
                363599500\t363600000\tLate.

                """.replacing("-- >", with: "-->"))
        #expect(
            written(cues, .lrc)
                == "[00:01.00]left: One & <two> three\n[00:03.33]a b --> c\n[6059:59.50]Late.\n")
    }

    @Test func `control characters, line ends and empty lines never reach a file`() {
        let cue = Cue(
            range: TimeRange(startSeconds: 0, endSeconds: 0),
            lines: ["a\u{0}\u{1B}[1mb\r\n\r\nc", "", " \n ", "<\u{301}v>"], speaker: "x>\ny")
        #expect(
            written([cue], .vtt)
                == "WEBVTT\n\n00:00:00.000 --> 00:00:00.001\n"
                + "<v x&gt; y>a[1mb c\n&lt;\u{301}v&gt;\n\n")
        let empty = Cue(range: cue.range, lines: ["", "\u{7}"])
        for format in SubtitleFormat.allCases {
            var writer = SubtitleWriter(format)
            #expect(writer.text(of: empty) == "")
            #expect(
                writer.text(of: cue).split(separator: "\n", omittingEmptySubsequences: false)
                    .dropLast(2).allSatisfy { !$0.isEmpty })
        }
    }

    @Test(arguments: [SubtitleFormat.srt, .vtt])
    func `what is written is read back`(format: SubtitleFormat) throws {
        let parsed = try readSubtitles(Array(written(cues, format).utf8))
        #expect(parsed.format == format)
        #expect(parsed.warnings.isEmpty)
        #expect(
            parsed.cues.map { milliseconds($0.cue.range.startSeconds) } == [
                1001, 3333, 363_599_500,
            ])
        #expect(parsed.cues.first?.cue.lines.last == "three")
        if format == .vtt { #expect(parsed.cues.first?.cue.lines == cues.first?.lines) }
    }
}
