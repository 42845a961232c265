import Inference
import Models
import Signals
import TestKit
import Testing

/// How tokens become words, and words of an alignment settle with their segments.
@Suite struct WhisperWordTests {
    let fixture: AlignmentFixture

    init() throws { fixture = try AlignmentFixture() }

    @Test func `texts are cut into the reference's words`() throws {
        let tokenizer = try Tokenizer(folder: fixture.tiny.folder)
        for split in fixture.facts.splits {
            let words = Whisper.words(of: split.tokens, tokenizer, language: split.language)
            #expect(words.map(\.text) == split.words)
            #expect(words.map(\.tokens.count) == split.counts)
            #expect(words.flatMap(\.tokens) == split.tokens)
        }
    }

    @Test func `a character cut short is the last word, not lost`() throws {
        let tokenizer = try Tokenizer(folder: fixture.tiny.folder)
        let tokens = tokenizer.encode(" clock", addingSpecialTokens: false)
        let cut = try #require(tokenizer.id(of: "æ"))  // the byte 0xE6, which two more follow
        let words = Whisper.words(of: tokens + [cut], tokenizer, language: "ja")
        #expect(words.map(\.text).joined() == " clock\u{FFFD}")
        #expect(words.last?.tokens == [cut])
    }

    @Test func `punctuation goes to the reference's words`() {
        for merge in fixture.facts.merges {
            let words = merge.texts.enumerated().map { i, text in
                Whisper.TimedWord(
                    text: text, start: Double(i) / 10, end: Double(i) / 10 + 0.1,
                    probability: 0.5)
            }
            let timed = Whisper.timed(
                [words], in: [TimeRange(startSeconds: 0, endSeconds: 30)], durationSeconds: 30)
            #expect(timed[0].words.map(\.text) == merge.merged.map(\.text))
        }
    }

    /// The words of a case as lists, segment by segment.
    func listed(_ times: AlignmentFixture.Times) -> [[Whisper.TimedWord]] {
        times.given.map { given in
            given.tokens.map { token in
                let word = times.words[token]
                return Whisper.TimedWord(
                    text: word.text, start: word.start, end: word.end,
                    probability: Float(word.probability))
            }
        }
    }

    func timed(_ times: AlignmentFixture.Times) -> [Whisper.TimedSegment] {
        Whisper.timed(
            listed(times),
            in: times.given.map { TimeRange(startSeconds: $0.start, endSeconds: $0.end) },
            durationSeconds: 30)
    }

    @Test func `words settle with their segments as in the reference`() {
        var compared = 0
        for times in fixture.facts.times {
            let words = times.segments.flatMap(\.words)
            let places = words.flatMap { [$0.start, $0.end] }
            // Where the reference lets words overlap or leave the window, ours must not follow it.
            guard zip(places, places.dropFirst()).allSatisfy({ $0 <= $1 }),
                places.last ?? 0 <= 30
            else { continue }
            let ours = timed(times).flatMap(\.words)
            #expect(ours.map(\.text) == words.map(\.text))
            let gaps = zip(ours.flatMap { [$0.range.startSeconds, $0.range.endSeconds] }, places)
                .map { abs($0 - $1) }
            #expect(gaps.allSatisfy { $0 < 1e-9 })
            compared += 1
        }
        #expect(compared > fixture.facts.times.count / 2)
    }

    @Test func `words are in order, inside their segments and inside the window`() {
        for times in fixture.facts.times {
            let segments = timed(times)
            let words = segments.flatMap(\.words)
            for (word, next) in zip(words, words.dropFirst()) {
                #expect(word.range.endSeconds <= next.range.startSeconds)
            }
            for (segment, next) in zip(segments, segments.dropFirst()) {
                #expect(segment.range.endSeconds <= next.range.startSeconds)
            }
            for segment in segments {
                #expect(segment.range.startSeconds >= 0 && segment.range.endSeconds <= 30)
                guard let first = segment.words.first, let last = segment.words.last else {
                    continue
                }
                #expect(segment.range.startSeconds <= first.range.startSeconds)
                #expect(segment.range.endSeconds >= last.range.endSeconds)
            }
        }
    }
}

/// Words of whole windows.
@Suite struct WhisperRecognizedWordTests {
    let fixture: WhisperFixture

    init() throws { fixture = try WhisperFixture() }

    func recognition(wantsWords: Bool, _ precision: Precision = .f32) throws -> Recognition {
        var options = RecognitionOptions()
        options.wantsWords = wantsWords
        options.temperatures = [0]
        options.compressionRatioLimit = nil
        options.logProbabilityFloor = nil
        options.noSpeechLimit = nil
        let recognizer = Whisper.Recognizer(try fixture.parts(precision))
        return try recognizer.recognize(
            [SpeechWindow(samples: fixture.samples(), language: "en")], options)[0]
    }

    @Test(arguments: Precision.allCases)
    func `segments get words that are their text, in order and inside`(
        precision: Precision
    ) throws {
        let plain = try recognition(wantsWords: false, precision)
        let timed = try recognition(wantsWords: true, precision)
        #expect(!timed.segments.isEmpty)
        #expect(timed.segments.map(\.text) == plain.segments.map(\.text))
        #expect(timed.context == plain.context)
        var reached = 0.0
        for segment in timed.segments {
            #expect(segment.words.map(\.text).joined() == segment.text)
            for word in segment.words {
                #expect(word.range.startSeconds >= reached)
                reached = word.range.endSeconds
                let probability = try #require(word.probability)
                #expect(probability > 0 && probability <= 1)
            }
            #expect(segment.range.endSeconds >= reached)
        }
        #expect(reached <= 2)
        #expect(plain.segments.allSatisfy { $0.words.isEmpty })
    }
}
