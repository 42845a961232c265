import Signals
import Subtitles
import Testing

@Suite struct SubtitleReaderTests {
    private func read(_ text: String) throws -> ParsedSubtitles {
        try readSubtitles(Array(text.utf8))
    }

    private func lines(_ text: String) throws -> [[String]] {
        try read(text).cues.map(\.cue.lines)
    }

    @Test(arguments: ["\n", "\r\n", "\r"], ["", "\u{FEFF}"])
    func `line ends and a byte order mark make no difference`(end: String, mark: String) throws {
        for text in [
            "1\n00:00:01,000 --> 00:00:02,500\nOne\ntwo\n\n2\n00:00:03,000 --> 00:00:04,000\nThree",
            "WEBVTT\n\n1\n00:01.000 --> 00:02.500 align:start\nOne\ntwo\n\n2\n00:03.000 --> 00:04.000\n"
                + "Three",
        ] {
            let parsed = try read(mark + text.replacing("\n", with: end))
            #expect(parsed.cues.map(\.cue.lines) == [["One", "two"], ["Three"]])
            #expect(parsed.cues.map(\.cue.range.endSeconds) == [2.5, 4])
            #expect(parsed.cues.map(\.identifier) == ["1", "2"])
            #expect(parsed.cues.map(\.line) == (parsed.format == .srt ? [2, 7] : [4, 9]))
            #expect(parsed.warnings.isEmpty)
        }
    }

    @Test func `SubRip needs no counters, no hours, no commas and no three digits`() throws {
        let parsed = try read("01:39 --> 00:01:41,04\nOne\n\n0:2:4.5-->0:2:7 X1:40 Y1:20\nTwo\n")
        #expect(parsed.cues.map { milliseconds($0.cue.range.startSeconds) } == [99_000, 124_500])
        #expect(parsed.cues.map { milliseconds($0.cue.range.endSeconds) } == [101_040, 127_000])
        #expect(parsed.cues.map(\.cue.lines) == [["One"], ["Two"]])
    }

    @Test func `SubRip cues need no empty line between them`() throws {
        #expect(
            try lines(
                "1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n")
                == [["One"], ["Two"]])
    }

    @Test func `a number is text where no time follows it`() throws {
        #expect(
            try lines(
                "1\n00:00:01,000 --> 00:00:02,000\n42\n\n2\n00:00:03,000 --> 00:00:04,000\n7\n")
                == [["42"], ["7"]])
    }

    @Test func `text after an empty line belongs to its cue and is reported`() throws {
        let parsed = try read("1\n00:00:01,000 --> 00:00:02,000\nOne\n\ntwo\n")
        #expect(parsed.cues.map(\.cue.lines) == [["One", "two"]])
        #expect(parsed.warnings.map(\.line) == [5])
    }

    @Test func `tags and entities are not text`() throws {
        let body = "<i>One</i> &amp; <c.red>two</c>&nbsp;&#x263A; {\\an8}x &unknown; a < b"
        #expect(
            try lines("1\n00:00:01,000 --> 00:00:02,000\n\(body)\n")
                == [["One & two\u{A0}☺ x &unknown; a < b"]])
        #expect(
            try lines(
                "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann><b.x>One</b> &lt;<00:01.500>two</v>\n")
                == [["One <two"]])
    }

    @Test func `one voice is the speaker, two are not`() throws {
        let head = "WEBVTT\n\n00:01.000 --> 00:02.000\n"
        #expect(try read(head + "<v.loud Ann &amp; Bo>One").cues.first?.cue.speaker == "Ann & Bo")
        #expect(try read(head + "<v Ann>One\n<v Bo>two").cues.first?.cue.speaker == nil)
    }

    @Test func `notes, styles, regions and header lines are no cues`() throws {
        let parsed = try read(
            "WEBVTT - a film\nKind: captions\nLanguage: de\n\nSTYLE\n::cue { color: red }\n\n"
                + "REGION\nid:a\n\nNOTE one\ntwo\n\n00:01.000 --> 00:02.000\nOne\n")
        #expect(parsed.cues.map(\.cue.lines) == [["One"]])
        #expect(parsed.language == "de")
        #expect(parsed.warnings.isEmpty)
    }

    @Test func `what players leave out of WebVTT is reported with its line`() throws {
        let parsed = try read(
            "WEBVTT\n\n00:01.00 --> 00:02.000\nOne\n\nTwo\n\n00:05,000 --> 00:06,000\nThree\n\n"
                + "00:08.000 --> 00:07.000\nFour\n")
        #expect(parsed.cues.map(\.cue.lines) == [["Three"], ["Four"]])
        #expect(parsed.warnings.map(\.line) == [3, 6, 8, 11])
        #expect(parsed.warnings.allSatisfy { $0.rule == .damage })
    }

    @Test func `Windows-1252 and UTF-16 are read with a warning`() throws {
        let latin =
            Array("1\n00:00:01,000 --> 00:00:02,000\nna".utf8) + [0xEF, 0x76, 0x65, 0x20, 0x96]
        let parsed = try readSubtitles(latin)
        #expect(parsed.cues.map(\.cue.lines) == [["naïve –"]])
        #expect(parsed.warnings.count == 1)
        let units = "WEBVTT\n\n00:01.000 --> 00:02.000\nZoë".utf16
        let little: [UInt8] =
            [0xFF, 0xFE]
            + units.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        let big: [UInt8] =
            [0xFE, 0xFF]
            + units.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
        for bytes in [little, big, big + [0]] {
            let parsed = try readSubtitles(bytes)
            #expect(parsed.cues.map(\.cue.lines) == [["Zoë"]])
            #expect(parsed.warnings.count == 1)
        }
    }

    @Test(arguments: [
        ("", SubtitleError.empty), ("\n \n\t", .empty), ("\u{FEFF}", .empty),
        ("\nWEBVTT\n\n00:00.000 --> 00:02.000\ntext", .misplacedHeader(line: 2)),
        ("WEBVTTfoo\n", .misplacedHeader(line: 1)), (" webvtt", .misplacedHeader(line: 1)),
        ("<html><body>Not found --> here</body>", .notSubtitles(line: 1)),
        ("garbage\n\n00:00.000 --> 00:02.000\ntext", .notSubtitles(line: 1)),
        ("1", .noTimes(line: 1)), ("1\nsome text", .noTimes(line: 2)),
    ])
    func `what is no subtitle file is refused in a sentence`(text: String, error: SubtitleError) {
        #expect(throws: error) { try read(text) }
        #expect(!error.what.isEmpty && !error.remedy.isEmpty)
        #expect(error.exitStatus == .damagedInput)
    }

    @Test func `times that no clock has are refused and overflow nothing`() throws {
        let digits = String(repeating: "9", count: 40)
        let parsed = try read(
            "WEBVTT\n\n\(digits):00:00.000 --> 00:01.000\nx\n\n999999:00:00.000 --> 999999:59:59.999\ny\n"
                + "\n00:00:60.000 --> 00:01:01.000\nz")
        #expect(parsed.cues.map(\.cue.lines) == [["y"]])
        #expect(throws: SubtitleError.notSubtitles(line: 1)) {
            try read("00:00:61,000 --> 00:00:62,000\nx")
        }
    }

    @Test func `deep and unclosed markup is read in time`() throws {
        let head = "WEBVTT\n\n00:01.000 --> 00:02.000\n"
        for piece in ["<v ", "<", "&", "{", "<i", "&#", "<v <"] {
            let many = String(repeating: piece, count: 200_000)
            _ = try read(head + many)
            _ = try read("1\n00:00:01,000 --> 00:00:02,000\n" + many)
        }
    }
}
