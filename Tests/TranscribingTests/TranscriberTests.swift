import Audio
import Glibc
import Models
import Signals
import TestKit
import Testing
import Transcribing

@Suite struct TranscriberTests {
    /// Writes down sound whose words are bursts.
    private func transcribe(
        _ channels: [[Float]], _ change: (inout TranscriptRequest) -> Void = { _ in }
    ) throws -> (said: [[SpokenSegment]], report: TranscriptReport) {
        let folder = try TemporaryFolder()
        let descriptor = unsafe open(try rawFile(channels, in: folder), O_RDONLY)
        defer { close(descriptor) }
        var request = TranscriptRequest()
        change(&request)
        var selection = SoundSelection()
        if channels.count > 1 { selection.channel = .each }
        var reader = try SoundReader(
            descriptor: descriptor, name: "bursts",
            raw: try RawSoundFormat("f32le:16000:\(channels.count)"), selection: selection)
        let recognizer = BurstRecognizer()
        let cutter = SpeechCutter(
            detector: BurstDetector(), rules: CuttingRules(),
            limitSamples: recognizer.windowSamples)
        let transcriber = Transcriber(recognizer, request, cutter)
        var said: [[SpokenSegment]] = []
        var heard = 0.0
        let report = try transcriber.transcribe(&reader, onProgress: { heard = $0 }) {
            // What is held back must not grow with the recording.
            let last = $0.last?.range.endSeconds ?? 0
            #expect(heard + request.startSeconds - last < 12 + 20 * Double(request.jobs))
            said.append($0)
        }
        return (said, report)
    }

    /// - Returns: the words, and how far the worst is from where it was said.
    private func check(_ segments: [SpokenSegment], are bursts: [Burst], from offset: Double = 0) {
        #expect(segments.map(\.text) == bursts.map { " w\($0.word)" })
        for (segment, burst) in zip(segments, bursts).prefix(
            segments.count == bursts.count ? .max : 0)
        {
            #expect(abs(segment.range.startSeconds - burst.start - offset) < 0.001)
            #expect(abs(segment.range.endSeconds - burst.end - offset) < 0.001)
            #expect(segment.words.first?.range == segment.range)
        }
    }

    @Test(arguments: [1, 3])
    func `every word is written once, where it was said`(jobs: Int) throws {
        let truth = bursts(200, sentence: 7, silence: 4)
        let result = try transcribe([sound(of: truth, seconds: 250)]) { $0.jobs = jobs }
        check(result.said.flatMap(\.self), are: truth)
        #expect(abs(result.report.heardSeconds - 250) < 0.001)
        #expect(result.report.language == "en")
    }

    @Test(arguments: TranscriptRequest.Context.allCases, [1, 4])
    func `speech longer than many windows is written once, while it is heard`(
        context: TranscriptRequest.Context, jobs: Int
    ) throws {
        let truth = bursts(300, sentence: 1000, silence: 0)
        let result = try transcribe([sound(of: truth, seconds: 125)]) {
            $0.context = context
            $0.jobs = jobs
        }
        check(result.said.flatMap(\.self), are: truth)
    }

    @Test func `silence runs no window and says nothing`() throws {
        let result = try transcribe([[Float](repeating: 0, count: 60 * speechSampleRate)])
        #expect(result.said.isEmpty)
        #expect(result.report.windowCount == 0)
        #expect(result.report.language == nil)
    }

    @Test func `times count from the beginning of the recording`() throws {
        let truth = bursts(5, sentence: 5, silence: 0)
        let result = try transcribe([sound(of: truth, seconds: 5)]) { $0.startSeconds = 100 }
        check(result.said.flatMap(\.self), are: truth, from: 100)
    }

    @Test func `two speakers are told apart and written in the order of time`() throws {
        let left = bursts(40, sentence: 4, silence: 6, from: 0.5)
        let right = bursts(40, sentence: 4, silence: 6, from: 4)
            .map { Burst(word: $0.word + 500, start: $0.start, end: $0.end) }
        let result = try transcribe([
            sound(of: left, seconds: 90), sound(of: right, seconds: 90),
        ]) { $0.speakers = ["left", "right"] }
        let said = result.said.flatMap(\.self)
        #expect(said.map(\.range.startSeconds) == said.map(\.range.startSeconds).sorted())
        check(said.filter { $0.speaker == "left" }, are: left)
        check(said.filter { $0.speaker == "right" }, are: right)
    }

    @Test func `what one microphone hears of the other speaker is not written twice`() throws {
        let left = bursts(20, sentence: 4, silence: 5)
        let echo = left.map { Burst(word: 1, start: $0.start, end: $0.end) }
        let loud = left.map { Burst(word: $0.word + 400, start: $0.start, end: $0.end) }
        let result = try transcribe([
            sound(of: loud, seconds: 60), sound(of: echo, seconds: 60),
        ]) { $0.speakers = ["left", "right"] }
        let said = result.said.flatMap(\.self)
        #expect(said.map(\.speaker) == Array(repeating: "left", count: 20))
        #expect(result.report.echoCount == 20)
    }
}
