import Inference
import ModelStore
import Models
import Signals
import TestKit
import Testing

/// Whole windows beside `openai/whisper` with the same weights.
@Suite struct WhisperDecodingTests {
    let fixture: WhisperFixture
    let recognizer: Whisper.Recognizer
    let samples: [Float]

    init() throws {
        fixture = try WhisperFixture()
        recognizer = Whisper.Recognizer(try fixture.parts())
        samples = try fixture.samples()
    }

    /// One try at temperature 0 whose text is taken as it is.
    private var plainOptions: RecognitionOptions {
        var options = RecognitionOptions()
        options.temperatures = [0]
        options.noSpeechLimit = nil
        return options
    }

    private func recognition(
        _ options: RecognitionOptions, language: String? = "en", context: [Int] = []
    ) throws -> Recognition {
        let window = SpeechWindow(samples: samples, language: language, context: context)
        return try #require(try recognizer.recognize([window], options).first)
    }

    /// Checks a window against what the reference decoded.
    ///
    /// Segments leave out what follows the last pair of times, so texts are compared by what the
    /// whole of them measures: a token more or less, or another one, changes the mean.
    private func expect(
        _ found: Recognition, _ expected: WhisperFixture.Expected.Decoded,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let evidence = found.evidence
        // Sums of some seventy logarithms in another order.
        #expect(
            abs(evidence.meanLogProbability - expected.meanLogProbability) < 1e-4,
            sourceLocation: sourceLocation)
        #expect(
            abs(evidence.noSpeechProbability / expected.noSpeech - 1) < 1e-3,
            sourceLocation: sourceLocation)
        #expect(
            evidence.compressionRatio == expected.compressionRatio, sourceLocation: sourceLocation)
        #expect(evidence.temperature == 0, sourceLocation: sourceLocation)
        #expect(found.language == expected.language, sourceLocation: sourceLocation)
    }

    @Test func `greedy search with times gives the reference's text and segments`() throws {
        let found = try recognition(plainOptions)
        expect(found, fixture.facts.greedy)
        let window = fixture.facts.window
        #expect(found.segments.map(\.text) == window.segments.map(\.text))
        #expect(found.segments.count == 3)
        for (segment, expected) in zip(found.segments, window.segments) {
            #expect(abs(segment.range.startSeconds - expected.start) < 1e-9)
            #expect(abs(segment.range.endSeconds - expected.end) < 1e-9)
            #expect(segment.language == "en")
        }
        #expect(abs(found.settledSeconds - window.settled) < 1e-9)
        #expect(found.context == window.segments.flatMap(\.tokens))
        #expect(found.languageProbability == nil)
    }

    @Test func `without times a window is one segment with the reference's text`() throws {
        var options = plainOptions
        options.wantsTimestamps = false
        let found = try recognition(options)
        expect(found, fixture.facts.plain)
        #expect(found.segments.map(\.text.trimmed) == [fixture.facts.plain.text])
        #expect(found.segments.first?.range == TimeRange(startSeconds: 0, endSeconds: 2))
        #expect(found.settledSeconds == 2)
    }

    @Test func `another language and another task change the prompt as in the reference`() throws {
        expect(try recognition(plainOptions, language: "de"), fixture.facts.german)
        var options = plainOptions
        options.task = .translate
        expect(try recognition(options), fixture.facts.translated)
    }

    @Test func `the language is told as in the reference`() throws {
        let guesses = recognizer.languageGuesses(of: samples)
        #expect(guesses.count == 99)
        for guess in guesses {
            let expected = try #require(fixture.facts.languages[guess.code])
            #expect(abs(guess.probability - expected) < 1e-4)
        }
        #expect(abs(guesses.map(\.probability).reduce(0, +) - 1) < 1e-5)
        let found = try recognition(plainOptions, language: nil)
        expect(found, fixture.facts.guessed)
        #expect(found.languageProbability == guesses[0].probability)
    }

    @Test func `a guess below the floor gives way to the likely language`() throws {
        var options = plainOptions
        var window = SpeechWindow(samples: samples, likelyLanguage: "de")
        #expect(try recognizer.recognize([window], options)[0].language == "de")
        options.languageFloor = 0.1
        #expect(try recognizer.recognize([window], options)[0].language == "fo")
        window.likelyLanguage = nil
        options.languageFloor = 1
        #expect(try recognizer.recognize([window], options)[0].language == "fo")
    }

    @Test func `beam search finds the reference's text, with and without times`() throws {
        var options = plainOptions
        options.beams = 5
        expect(try recognition(options), fixture.facts.beam5)
        options.wantsTimestamps = false
        expect(try recognition(options), fixture.facts.beam5_plain)
    }

    @Test func `patience and a length penalty change the search as in the reference`() throws {
        var options = plainOptions
        options.beams = 3
        options.patience = 2
        options.lengthPenalty = 0.3
        expect(try recognition(options), fixture.facts.beam3_patient)
    }

    @Test func `a limit of tokens ends both searches as in the reference`() throws {
        var options = plainOptions
        options.maximumTokens = 5
        expect(try recognition(options), fixture.facts.short)
        options.beams = 5
        expect(try recognition(options), fixture.facts.beam5_short)
    }

    @Test func `words to expect and the text before go into the prompt as in the reference`() throws
    {
        var options = plainOptions
        options.prompt = fixture.facts.prompt
        expect(try recognition(options), fixture.facts.prompted)
        expect(try recognition(options, context: fixture.facts.context), fixture.facts.continued)
    }

    @Test func `windows decoded side by side are decoded as each alone`() throws {
        var options = plainOptions
        options.temperatures = [0, 0.6]
        let windows = [
            SpeechWindow(samples: samples, language: "en"),
            SpeechWindow(samples: Array(samples.prefix(9_000)), language: "de"),
            SpeechWindow(samples: samples, language: "en", context: fixture.facts.context),
        ]
        let together = try recognizer.recognize(windows, options)
        for (window, found) in zip(windows, together) {
            let alone = try recognizer.recognize([window], options)[0]
            #expect(found.segments == alone.segments)
            #expect(found.evidence == alone.evidence)
            #expect(found.context == alone.context)
        }
    }

    @Test func `a model of English only writes the reference's text`() throws {
        let path = Repository.fixtures + "/whisper-tiny.en"
        let english = try Whisper.Recognizer(ModelFolder(path: path, name: "tiny.en"), .f32)
        let facts = try Fixture.facts(English.self, in: path)
        #expect(english.languages == ["en"])
        #expect(!english.canTranslate)
        #expect(english.languageGuesses(of: samples) == [LanguageGuess(code: "en", probability: 1)])
        var options = plainOptions
        let window = SpeechWindow(samples: samples)
        expect(try english.recognize([window], options)[0], facts.greedy)
        options.wantsTimestamps = false
        expect(try english.recognize([window], options)[0], facts.plain)
    }

    private struct English: Decodable {
        let greedy, plain: WhisperFixture.Expected.Decoded
    }
}

extension String {
    /// As Python's `strip`, which the reference's texts went through.
    fileprivate var trimmed: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
