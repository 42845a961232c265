import Subtitles
import Testing

@Suite struct LintTests {
    private func findings(
        _ cues: String, _ profile: SubtitleProfile = .standard, language: String? = nil
    ) throws -> [SubtitleFinding] {
        lint(try readSubtitles(Array(("WEBVTT\n\n" + cues).utf8)), profile, language: language)
    }

    @Test func `good subtitles have no findings`() throws {
        #expect(
            try findings(
                "00:01.000 --> 00:03.500\nAll of this is\njust as it should be.\n\n"
                    + "00:03.583 --> 00:05.000\nThis too.\n"
            ).isEmpty)
    }

    @Test(arguments: [
        (
            "00:01.000 --> 00:01.500\nA.", "short-duration",
            "shown for 0.500 s; standard asks for at least 0.833 s"
        ),
        (
            "00:01.000 --> 00:08.001\nA.", "long-duration",
            "shown for 7.001 s; standard allows 7.000 s"
        ),
        (
            "00:01.000 --> 00:02.000\nEighteen of these.", "reading-speed",
            "18 characters per second; standard allows 17"
        ),
        (
            "00:01.000 --> 00:05.000\nThis is a line of more than forty-two of them.",
            "line-length", "line 1 of cue 1 has 46 characters; standard allows 42"
        ),
        (
            "00:01.000 --> 00:05.000\nOne\ntwo\nthree.", "line-count",
            "has 3 lines; standard allows 2"
        ),
        ("00:01.000 --> 00:05.000\n<i></i>", "empty", "cue 1 has no text"),
        (
            "00:01.000 --> 00:05.000\nThis is the\nhouse.", "bad-break",
            "line 1 of cue 1 ends with an article"
        ),
    ])
    func `each rule says value and limit`(cue: String, rule: String, part: String) throws {
        let found = try findings(cue, language: "en")
        #expect(found.map(\.rule.rawValue) == [rule])
        #expect(found.first?.sentence.contains(part) == true, "\(found)")
        #expect(found.first?.cue == 1 && found.first?.line == 3)
    }

    @Test(arguments: [
        ("00:04.000 --> 00:06.000", "overlap", "0.500 s before"),
        ("00:01.000 --> 00:02.000", "order", "starts before"),
        ("00:04.540 --> 00:06.000", "gap", "0.040 s; standard asks for at least 0.083 s"),
    ])
    func `neighbours are compared`(times: String, rule: String, part: String) throws {
        let found = try findings("00:02.000 --> 00:04.500\nOne.\n\n\(times)\nTwo.")
        #expect(found.map(\.rule.rawValue) == [rule])
        #expect(found.first?.sentence.contains(part) == true, "\(found)")
        #expect(found.first?.cue == 2 && found.first?.line == 6)
    }

    @Test func `the language is guessed for bad breaks`() throws {
        let german = "00:01.000 --> 00:05.000\nIch habe auf der Straße den\nHund von ihm gesehen."
        #expect(try findings(german).map(\.rule) == [.badBreak])
        #expect(try findings(german, language: "en").isEmpty)
    }

    @Test func `findings come in the order of the file, the reader's too`() throws {
        let found = try findings(
            "00:01.000 --> 00:01.200\nA.\n\n00:02.0 --> 00:03.000\nB.\n\n00:04.000 --> 00:04.200\nC."
        )
        #expect(found.map(\.line) == [3, 6, 9])
        #expect(found.map(\.rule) == [.shortDuration, .damage, .shortDuration])
    }

    @Test(arguments: SubtitleProfile.all)
    func `what we shape passes the house that it was shaped for`(profile: SubtitleProfile) throws {
        let segments = [
            Speech.segment(
                "And so, my fellow Americans, ask not what your country can do for you; ask what "
                    + "you can do for your country.", secondsEach: 0.075),
            Speech.segment(
                "I will be there at five, if the train from London is on time.", start: 14,
                secondsEach: 0.075),
        ]
        let cues = Speech.shaped(segments, profile).cues
        let parsed = try readSubtitles(Array(written(cues, .vtt).utf8))
        #expect(lint(parsed, profile, language: "en").isEmpty)
    }
}
