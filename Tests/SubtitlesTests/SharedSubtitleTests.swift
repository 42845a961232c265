import Foundation
import Signals
import Subtitles
import TestKit
import Testing

/// Subtitle files of other projects, and what their parsers make of them.
@Suite(.enabled(if: SharedTestData.isPresent, Comment(rawValue: SharedTestData.absence)))
struct SharedSubtitleTests {
    private static let folder = SharedTestData.folder + "/subtitles/"

    private func files(_ ending: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: Self.folder).sorted()
            .filter { $0.hasSuffix(ending) }
    }

    private func bytes(_ name: String) throws -> [UInt8] {
        try SharedTestData.bytes("subtitles/" + name)
    }

    @Test func `every file is read or refused in one sentence`() throws {
        var refused: [String] = []
        for name in try files(".vtt") + files(".srt") {
            do {
                let parsed = try readSubtitles(try bytes(name))
                _ = lint(parsed, .standard)
                #expect(parsed.format.rawValue == name.suffix(3) || name == "webvtt-py/invalid.vtt")
            } catch let error as SubtitleError {
                #expect(!error.what.contains("\n"))
                refused.append(name)
            }
        }
        #expect(
            refused == [
                "astisub/broken-1-in.vtt", "vttjs/file-layout/bad-double-webvtt.vtt",
                "vttjs/file-layout/blank-file.vtt", "vttjs/file-layout/bom-garbage-data.vtt",
                "vttjs/file-layout/bom-tab-webvtt.vtt", "vttjs/file-layout/garbage-signature.vtt",
                "vttjs/file-layout/newline-before-webvtt.vtt",
                "vttjs/file-layout/tab-after-bom-before-header.vtt",
                "webvtt-py/invalid_format1.srt", "webvtt-py/invalid_format3.srt",
            ])
    }

    /// Where vtt.js keeps to a draft that the standard has left.
    private static let outdated: Set = [
        // Hours have two more parts after them now.
        "vttjs/cue-times/minimum-spots-over-sixty",
        // A cue may follow the header without an empty line now.
        "vttjs/file-layout/header-no-new-line",
    ]

    @Test func `cue times are those of vtt_js`() throws {
        var compared = 0
        for name in try files(".json") where !name.hasSuffix("-proc.json") {
            let stem = String(name.dropLast(5))
            let json = try JSONSerialization.jsonObject(with: Data(try bytes(name)))
            guard !Self.outdated.contains(stem), let source = try? bytes(stem + ".vtt"),
                let cues = (json as? [String: Any])?["cues"] as? [[String: Any]]
            else { continue }
            let expected = cues.map { cue in
                ["startTime", "endTime"].map { milliseconds(cue[$0] as? Double ?? -1) }
            }
            let read = try readSubtitles(source).cues.map {
                [$0.cue.range.startSeconds, $0.cue.range.endSeconds].map(milliseconds)
            }
            #expect(read == expected, "\(stem)")
            compared += 1
        }
        #expect(compared > 80, "\(compared)")
    }

    @Test func `cue text is that of vtt_js`() throws {
        var compared = 0
        for name in try files("-proc.json") {
            let stem = String(name.dropLast(10))
            guard !Self.outdated.contains(stem), let source = try? bytes(stem + ".vtt"),
                let parsed = try? readSubtitles(source),
                let cues = try? JSONSerialization.jsonObject(with: Data(try bytes(name)))
                    as? [[String: Any]]
            else { continue }
            let expected = cues.map { cue in
                let text = (cue["childNodes"] as? [[String: Any]])?.first?["textContent"] as? String
                return (text ?? "").split(separator: "\n").map(tidied).filter { !$0.isEmpty }
            }
            #expect(parsed.cues.map(\.cue.lines) == expected, "\(stem)")
            compared += 1
        }
        #expect(compared > 80, "\(compared)")
    }

    @Test(arguments: [
        ("file-parsing_arrows", ["text0", "text1", "text2", "text3", "text4", "text5"]),
        ("file-parsing_header-space", ["text"]), ("file-parsing_header-tab", ["text"]),
        ("file-parsing_ids", ["text0", "text1", "text2", "text3", "text4"]),
        ("file-parsing_newlines", ["text0", "text1", "text2", "text3"]),
        ("file-parsing_signature-timings", []), ("file-parsing_signature-bom", []),
        ("file-parsing_timings-60", ["text1", "text2"]), ("file-parsing_timings-eof", []),
        ("file-parsing_timings-negative", ["text0", "text1", "text2", "text3"]),
        ("file-parsing_timings-omitted-hours", ["text0", "text1", "text2"]),
        ("file-parsing_timings-too-short", ["text0", "text1"]),
        ("file-parsing_whitespace-chars", ["text0", "text1", "text2"]),
    ])
    func `the web platform's tests find the cues that they expect`(
        name: String, texts: [String]
    ) throws {
        let parsed = try readSubtitles(try bytes("wpt/wpt-\(name).vtt"))
        #expect(parsed.cues.map { $0.cue.lines.joined(separator: "|") } == texts)
    }

    @Test(arguments: [
        (
            "en",
            [
                ["Mr quilter is the apostle", "of the middle classes"],
                ["and we are glad to welcome his gospel"],
            ]
        ),
        ("de", [["der hinter diesem Portal liegenden Raum", "wurde als Leichenhalle genutzt"]]),
        (
            "fr",
            [
                [
                    "sous le consulat il devient conservateur",
                    "des eaux et forêts et conseiller général",
                ]
            ]
        ),
        ("es", [["las arenas son blanquecinas de grano medio"], ["y tiene muy poca asistencia"]]),
        ("ja", [["客観的実在の判断的知識が成立するのである"]]),
    ])
    func `transcripts with real times of words break where people would`(
        language: String, cues: [[String]]
    ) throws {
        let json = try JSONSerialization.jsonObject(
            with: Data(try SharedTestData.bytes("speech/word-times.json")))
        let timed = try #require(
            (json as? [String: Any])?["\(language)_leopard.wav"] as? [[String: Any]])
        let words = timed.map { word in
            SpokenWord(
                text: (language == "ja" ? "" : " ") + (word["word"] as? String ?? ""),
                range: TimeRange(
                    startSeconds: word["start"] as? Double ?? 0,
                    endSeconds: word["end"] as? Double ?? 0))
        }
        let range = TimeRange(
            startSeconds: words.first?.range.startSeconds ?? 0,
            endSeconds: words.last?.range.endSeconds ?? 0)
        let segment = SpokenSegment(
            text: words.map(\.text).joined(), range: range, words: words, language: language)
        #expect(Speech.shaped([segment]).cues.map(\.lines) == cues)
    }
}

/// With single spaces, and without control characters, as we leave every text.
private func tidied(_ line: Substring) -> String {
    line.split { $0 == " " || $0 == "\t" }.joined(separator: " ")
        .components(separatedBy: .controlCharacters.subtracting(formats)).joined()
}

/// Foundation counts these among the control characters.
private let formats = CharacterSet(charactersIn: "\u{200E}\u{200F}\u{200C}\u{200D}")
