import Signals

/// Writes down what is said, window by window.
///
/// Sound is one channel at ``speechSampleRate``, full scale at -1 and 1.
package protocol SpeechRecognizer: Sendable {
    /// The model's name as users write it after `--model`.
    var name: String { get }
    /// Samples of the longest window: 30 s for Whisper.
    var windowSamples: Int { get }
    /// Codes of what it understands, "en"; one where it knows one language.
    var languages: [String] { get }
    /// Whether it can write English for what is said in another language.
    var canTranslate: Bool { get }
    /// All that it was taught, in words, where that is little.
    var scope: String? { get }
    /// Whether it was taught to write nothing where nobody speaks, so that nothing else need find the
    /// speech.
    var tellsSilence: Bool { get }

    /// Which language is spoken.
    ///
    /// - Parameter samples: at most `windowSamples`
    /// - Returns: every language, likeliest first; the probabilities sum to 1
    func languageGuesses(of samples: [Float]) -> [LanguageGuess]

    /// Decodes windows that do not depend on each other, side by side where that is faster.
    ///
    /// - Parameters:
    ///   - windows: sound and what is known of it
    ///   - options: how to search
    /// - Returns: one for each window
    /// - Throws: an `Explained` error: a language the model does not know, a task it cannot do.
    func recognize(
        _ windows: [SpeechWindow], _ options: RecognitionOptions
    ) throws -> [Recognition]
}

/// Samples per second of the sound that speech models take (Hz).
package let speechSampleRate = 16_000

package struct LanguageGuess: Sendable, Equatable {
    /// As in "en".
    package let code: String
    /// From 0 to 1.
    package let probability: Float

    package init(code: String, probability: Float) {
        self.code = code
        self.probability = probability
    }
}

extension [LanguageGuess] {
    /// The guesses for some languages, as if there were no others.
    ///
    /// - Parameter codes: the languages; empty for all.
    /// - Returns: in the order of these; the probabilities sum to 1.
    package func limited(to codes: [String]) -> [LanguageGuess] {
        guard !codes.isEmpty else { return self }
        let allowed = filter { codes.contains($0.code) }
        let sum = allowed.reduce(0) { $0 + $1.probability }
        guard sum > 0 else { return allowed }
        return allowed.map { LanguageGuess(code: $0.code, probability: $0.probability / sum) }
    }
}

/// A stretch of sound to decode in one go.
package struct SpeechWindow: Sendable {
    /// At most `windowSamples`.
    package var samples: [Float]
    /// The code of the language; nil has the recognizer tell it.
    package var language: String?
    /// What to take where the guess stays under `languageFloor`; nil takes the guess all the same.
    package var likelyLanguage: String?
    /// Tokens of the text before this window, to go on from; see `Recognition.context`.
    package var context: [Int]

    package init(
        samples: [Float], language: String? = nil, likelyLanguage: String? = nil,
        context: [Int] = []
    ) {
        self.samples = samples
        self.language = language
        self.likelyLanguage = likelyLanguage
        self.context = context
    }
}

/// How windows are decoded.
///
/// The defaults are those of `openai/whisper`, greedy.
package struct RecognitionOptions: Sendable {
    package enum Task: String, Sendable { case transcribe, translate }

    package var task = Task.transcribe
    /// Without times a window is one segment.
    package var wantsTimestamps = true
    /// Whether segments get words with times, at the cost of one more pass.
    package var wantsWords = false
    /// Texts kept side by side at temperature 0; 1 is greedy, nil what the model's files ask for.
    package var beams: Int?
    /// Texts sampled at each higher temperature.
    package var bestOf = 5
    /// A beam search stops at `beams` times this many finished texts.
    package var patience: Float = 1
    /// Google NMT's alpha; nil divides by the length.
    package var lengthPenalty: Float?
    /// Tried in order until a text passes the tests below.
    package var temperatures: [Float] = [0, 0.2, 0.4, 0.6, 0.8, 1]
    /// A text of a higher compression ratio repeats itself; nil lets all pass.
    package var compressionRatioLimit: Float? = 2.4
    /// A text of a lower mean log-probability has failed; nil lets all pass.
    package var logProbabilityFloor: Float? = -1
    /// Above it, and under the floor before, nobody speaks; nil believes that somebody does.
    package var noSpeechLimit: Float? = 0.6
    /// Codes of the languages that a guess may fall on; empty for all that the model knows.
    package var allowedLanguages: [String] = []
    /// A language guess must reach this where a likely language is known.
    package var languageFloor: Float = 0.5
    /// Names and words to expect, put before the context of every window.
    package var prompt: String?
    /// Tokens never to write besides those of the model's files.
    package var suppressedTokens: [Int] = []
    /// Tokens to write at most in a window; nil leaves that to the model.
    package var maximumTokens: Int?
    /// Of the sampling, so that the same input gives the same text.
    package var seed: UInt64 = 0

    package init() {}
}

/// What was made of a window.
package struct Recognition: Sendable {
    /// Times count from the window's first sample.
    ///
    /// Empty where nobody speaks.
    package var segments: [SpokenSegment]
    package var language: String
    /// Of the guess; nil where the language was given.
    package var languageProbability: Float?
    /// How far the window is settled: the next one begins here.
    package var settledSeconds: Double
    /// Tokens for the next window's `context`; empty where they would mislead it.
    package var context: [Int]
    /// What the decoder thought of the window, also where the segments are empty.
    package var evidence: SpokenSegment.Evidence
    /// Whether every temperature failed the tests and the best of the failures was kept.
    package var isDoubtful: Bool

    package init(
        segments: [SpokenSegment], language: String, languageProbability: Float? = nil,
        settledSeconds: Double, context: [Int] = [], evidence: SpokenSegment.Evidence,
        isDoubtful: Bool = false
    ) {
        self.segments = segments
        self.language = language
        self.languageProbability = languageProbability
        self.settledSeconds = settledSeconds
        self.context = context
        self.evidence = evidence
        self.isDoubtful = isDoubtful
    }
}

/// Weighs, chunk after chunk of one recording, whether somebody speaks.
package protocol VoiceDetector: Sendable {
    /// Samples of a chunk at ``speechSampleRate``.
    var chunkSamples: Int { get }

    /// - Parameter chunk: the next `chunkSamples` samples
    /// - Returns: that somebody speaks in it, 0 to 1
    mutating func speechProbability(of chunk: [Float]) -> Float
}
