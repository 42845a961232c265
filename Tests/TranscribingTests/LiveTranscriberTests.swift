import Audio
import Glibc
import Models
import Signals
import TestKit
import Testing
import Transcribing

@Suite struct LiveTranscriberTests {
    private func listen(to bursts: [Burst], seconds: Double) throws -> (
        events: [LiveTranscriber.Event], report: TranscriptReport
    ) {
        let folder = try TemporaryFolder()
        let descriptor = unsafe open(
            try rawFile([sound(of: bursts, seconds: seconds)], in: folder), O_RDONLY)
        defer { close(descriptor) }
        var reader = try SoundReader(
            descriptor: descriptor, name: "bursts", raw: try RawSoundFormat("f32le:16000:1"))
        let recognizer = BurstRecognizer()
        let cutter = SpeechCutter(
            detector: BurstDetector(), rules: CuttingRules(),
            limitSamples: recognizer.windowSamples)
        let transcriber = LiveTranscriber(
            recognizer, TranscriptRequest(), cutter, stepSeconds: 0.5)
        var events: [LiveTranscriber.Event] = []
        let report = try transcriber.transcribe(&reader) { event, _ in events.append(event) }
        return (events, report)
    }

    @Test func `each word is confirmed once, before its speech is over`() throws {
        let truth = bursts(60, sentence: 12, silence: 4)
        let (events, report) = try listen(to: truth, seconds: 50)
        var confirmed: [String] = []
        var segments: [String] = []
        var early = 0
        for event in events {
            switch event {
            case .words(let words): confirmed += words.map(\.text)
            case .segment(let segment):
                segments.append(segment.text)
                #expect(segments.joined() == confirmed.joined())
            case .partial: early = confirmed.count
            }
        }
        #expect(confirmed == truth.map { " w\($0.word)" })
        #expect(segments.count == 5)
        #expect(early > 50)
        #expect(report.windowCount == 5)
    }

    @Test func `silence has no events`() throws {
        #expect(try listen(to: [], seconds: 20).events.isEmpty)
    }

    @Test func `words go out at once, and a line ends with its speech`() {
        var writer = LiveWriter(
            .text, TranscriptStyle(),
            of: TranscriptWriter.Recording(name: "-", label: nil, model: "m"), showsPartials: true)
        func word(_ text: String, _ end: Double) -> SpokenWord {
            SpokenWord(text: text, range: TimeRange(startSeconds: end - 0.2, endSeconds: end))
        }
        let words = [word(" Good", 1), word(" day.", 2)]
        #expect(writer.add(.words([words[0]]), heardSeconds: 1.5).text == "Good")
        let partial = writer.add(.partial([words[1]]), heardSeconds: 2)
        #expect(partial.text == "" && partial.aside == "partial: day.")
        #expect(writer.add(.words([words[1]]), heardSeconds: 4).text == " day.")
        let segment = SpokenSegment(
            text: " Good day.", range: TimeRange(startSeconds: 0.8, endSeconds: 2), words: words)
        #expect(writer.add(.segment(segment), heardSeconds: 4).text == "\n")
        #expect(
            writer.latency.sentence
                == "latency: half of the words within 2.0 s of their end, all within 2.0 s.")
    }
}
