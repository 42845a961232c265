import Foundation
import Signals
import Testing
import ToolKit
import Transcribing

@Suite struct TranscriptWriterTests {
    private let segments = [
        SpokenSegment(
            text: " Hello there,", range: TimeRange(startSeconds: 1, endSeconds: 2),
            words: [
                SpokenWord(
                    text: " Hello", range: TimeRange(startSeconds: 1, endSeconds: 1.4),
                    probability: 0.5),
                SpokenWord(text: " there,", range: TimeRange(startSeconds: 1.4, endSeconds: 2)),
            ], language: "en",
            evidence: SpokenSegment.Evidence(
                meanLogProbability: -0.5, compressionRatio: 1.25, noSpeechProbability: 0.25,
                temperature: 0)),
        SpokenSegment(
            text: " \"you\"\ttoo.\u{1B}[2J", range: TimeRange(startSeconds: 2, endSeconds: 3.5)),
    ]

    private func written(
        _ format: TranscriptFormat, label: String? = nil, words: Bool = false,
        _ segments: [SpokenSegment]? = nil
    ) -> String {
        var style = TranscriptStyle()
        style.eachWord = words
        var writer = TranscriptWriter(
            format, style,
            of: TranscriptWriter.Recording(name: "a.wav", label: label, model: "whisper-base"))
        var report = TranscriptReport()
        report.heardSeconds = 4
        report.language = "en"
        return writer.head + writer.add(segments ?? self.segments)
            + writer.end(report)
    }

    @Test func `text is a line for what was said together, without control characters`() {
        #expect(written(.text) == "Hello there, \"you\"\u{FFFD}too.\u{FFFD}[2J\n")
        #expect(written(.text, label: "a.wav").hasPrefix("a.wav: Hello there,"))
        #expect(written(.text, []) == "")
    }

    @Test func `each speaker has a line`() {
        var said = segments
        said[0].speaker = "left"
        said[1].speaker = "right"
        said[1].text = " Hi."
        #expect(written(.text, said) == "left: Hello there,\nright: Hi.\n")
        #expect(written(.text, label: "b", said) == "b: left: Hello there,\nb: right: Hi.\n")
    }

    @Test func `an object for each segment is JSON with times and confidence`() throws {
        let lines = written(.jsonl, words: true).split(separator: "\n")
        #expect(lines.count == 2)
        let first = try #require(
            JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
        #expect(first["input"] as? String == "a.wav")
        #expect(first["text"] as? String == "Hello there,")
        #expect(first["start"] as? Double == 1)
        #expect(first["confidence"] as? Double == 0.6065)
        let words = try #require(first["words"] as? [[String: Any]])
        #expect(words.map { $0["word"] as? String } == ["Hello", "there,"])
        #expect(words[0]["confidence"] as? Double == 0.5)
        #expect(words[1]["confidence"] == nil)
    }

    @Test func `an object for the recording holds the whole`() throws {
        let text = written(.json)
        #expect(text.hasSuffix("}\n") && text.filter { $0 == "\n" }.count == 1)
        let whole = try #require(
            JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(whole["duration"] as? Double == 4)
        #expect(whole["model"] as? String == "whisper-base")
        #expect((whole["segments"] as? [Any])?.count == 2)
        let silent = try #require(
            JSONSerialization.jsonObject(with: Data(written(.json, []).utf8)) as? [String: Any])
        #expect(silent["text"] as? String == "")
    }

    @Test func `subtitles and rows have their times`() {
        let srt = written(.srt, [segments[0]])
        #expect(srt.hasPrefix("1\n00:00:01,000 --> 00:00:0"))
        #expect(srt.contains("\nHello there,\n\n"))
        #expect(written(.vtt, []) == "WEBVTT\n\n")
        #expect(
            written(.tsv, [segments[0]]) == "start\tend\ttext\n1000\t2000\tHello there,\n")
        #expect(
            written(.tsv, words: true, [segments[0]])
                == "start\tend\ttext\n1000\t1400\tHello\n1400\t2000\tthere,\n")
        #expect(written(.lrc, [segments[0]]) == "[00:01.00]Hello there,\n")
    }
}
