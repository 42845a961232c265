import Inference
import ModelStore
import Signals

extension Whisper {
    /// Windows of sound to segments of text: `WhisperForConditionalGeneration`.
    ///
    /// Source: `openai/whisper`, `transcribe.py`.
    package struct Recognizer: SpeechRecognizer {
        let parts: Parts

        package init(_ parts: Parts) { self.parts = parts }

        /// Loads every file of a model; see `Parts`.
        package init(_ folder: ModelFolder, _ precision: Precision) throws {
            self.init(try Parts(folder, precision))
        }

        package var name: String { parts.name }
        package var windowSamples: Int { parts.logMel.windowSamples }
        package var canTranslate: Bool { parts.settings.canTranslate }
        package var scope: String? { parts.limits.knows }
        package var tellsSilence: Bool { parts.limits.tellsSilence }

        package var languages: [String] {
            parts.settings.isMultilingual ? parts.settings.languages.map(\.code) : ["en"]
        }

        package func languageGuesses(of samples: [Float]) -> [LanguageGuess] {
            guard parts.settings.isMultilingual else {
                return parts.settings.languageGuesses(from: [])
            }
            return parts.settings.languageGuesses(
                from: Hearing(samples, parts).firstLogits(parts))
        }

        package func recognize(
            _ windows: [SpeechWindow], _ options: RecognitionOptions
        ) throws -> [Recognition] {
            guard options.task != .translate || canTranslate else {
                throw RecognitionError.cannotTranslate(model: name)
            }
            for code in windows.flatMap({ [$0.language, $0.likelyLanguage] }).compactMap(\.self) {
                _ = try parts.settings.token(of: code, model: name)
            }
            let hearings = windows.map { Hearing($0.samples, parts) }
            let spoken = try zip(windows, hearings).map { try language(of: $0, $1, options) }
            let openings = windows.indices.map { index in
                let prompt = Prompt(
                    words: options.prompt, context: windows[index].context,
                    opening: parts.settings.opening(
                        language: spoken[index].token, task: options.task,
                        timestamps: options.wantsTimestamps), parts)
                return hearings[index].opening(
                    prompt, maximumTokens: options.maximumTokens, parts)
            }
            let decoded = try Fallback(parts, options).decode(openings)
            return windows.indices.map { index in
                recognition(
                    of: decoded[index], windows[index], hearings[index], spoken[index], options,
                    limit: openings[index].limit)
            }
        }
    }

    /// What a window is taken to be in.
    struct Spoken: Sendable {
        let code: String
        /// Nil for a model of English only.
        let token: Int?
        /// Nil where the language was given.
        let probability: Float?
    }
}

extension Whisper.Recognizer {
    private func language(
        of window: SpeechWindow, _ hearing: Whisper.Hearing, _ options: RecognitionOptions
    ) throws(RecognitionError) -> Whisper.Spoken {
        func spoken(_ code: String, _ probability: Float?) throws(RecognitionError)
            -> Whisper.Spoken
        {
            Whisper.Spoken(
                code: code, token: try parts.settings.token(of: code, model: name),
                probability: probability)
        }
        if let code = window.language { return try spoken(code, nil) }
        guard parts.settings.isMultilingual else { return try spoken("en", nil) }
        let guesses = parts.settings.languageGuesses(from: hearing.firstLogits(parts))
        let guess = guesses.limited(to: options.allowedLanguages).first ?? guesses[0]
        if let likely = window.likelyLanguage, !(guess.probability >= options.languageFloor) {
            return try spoken(likely, guess.probability)
        }
        return try spoken(guess.code, guess.probability)
    }

    private func recognition(
        of decoded: Whisper.Fallback.Decoded, _ window: SpeechWindow, _ hearing: Whisper.Hearing,
        _ spoken: Whisper.Spoken, _ options: RecognitionOptions, limit: Int
    ) -> Recognition {
        var result = Recognition(
            segments: [], language: spoken.code, languageProbability: spoken.probability,
            settledSeconds: hearing.seconds, context: window.context,
            evidence: decoded.attempt.evidence, isDoubtful: decoded.isDoubtful)
        if decoded.attempt.isSilence(options) { return result }
        let tokens = decoded.attempt.draft.tokens
        let pieces = pieces(of: tokens, hearing, options, isUnfinished: tokens.count >= limit)
        result.settledSeconds = pieces.settledSeconds
        var texts: [[Int]] = []
        for piece in pieces.all {
            let text = parts.text(of: piece.tokens)
            guard !text.trimmingWhitespace.isEmpty else { continue }
            result.segments.append(
                SpokenSegment(
                    text: text, range: piece.range, language: spoken.code,
                    evidence: decoded.attempt.evidence))
            texts.append(piece.tokens.filter { $0 < parts.settings.endToken })
            result.context += piece.tokens
        }
        if options.wantsWords {
            hearing.addWords(
                to: &result.segments, texts, spoken, task: options.task,
                settledSeconds: result.settledSeconds, parts)
        }
        // Source: `transcribe.py`, `prompt_reset_since`: what was drawn boldly misleads.
        let limit = parts.config.textPositions / 2 - 1
        result.context =
            decoded.attempt.temperature > 0.5 ? [] : Array(result.context.suffix(limit))
        return result
    }

    private func pieces(
        of tokens: [Int], _ hearing: Whisper.Hearing, _ options: RecognitionOptions,
        isUnfinished: Bool
    ) -> Whisper.Pieces {
        let kept =
            options.wantsTimestamps ? tokens : tokens.filter { $0 < parts.settings.endToken }
        return Whisper.Pieces(
            cutting: kept, parts.settings, seconds: hearing.seconds, isUnfinished: isUnfinished)
    }
}

extension Whisper.Parts {
    /// What tokens say, without times and other special tokens.
    func text(of tokens: [Int]) -> String {
        tokenizer.decode(tokens.filter { $0 < settings.endToken })
    }
}
