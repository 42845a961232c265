import Inference
import Signals

extension Whisper.Settings {
    /// Reads `generation_config.json`, and what it does not say from `config.json` and the tokenizer.
    ///
    /// Source: `generation_whisper.py`, `GenerationMixin._prepare_generation_config`, and where the
    /// files are silent `openai/whisper`, `tokenizer.py`.
    ///
    /// - Parameters:
    ///   - generation: `generation_config.json`; nil where there is none
    ///   - file: `config.json`, which older models say the same things in; nil where there is none
    ///   - config: what it says of the network
    ///   - tokenizer: the model's
    ///   - source: what a message names, a folder or a file
    /// - Throws: `ConfigurationError`; `ModelError.mismatch` where a token is missing or the files
    ///   contradict each other.
    package init(
        generation: Configuration?, file: Configuration?, _ config: Whisper.Config,
        _ tokenizer: Tokenizer, source: String
    ) throws {
        let read = try SettingsReader(generation, file, config, tokenizer, source)
        endToken = try read.required("eos_token_id", "<|endoftext|>")
        startToken = try read.required("decoder_start_token_id", "<|startoftranscript|>")
        noTimestampsToken = try read.required("no_timestamps_token_id", "<|notimestamps|>")
        let announcing = try read.id("prev_sot_token_id", "<|startofprev|>")
        previousToken = try read.wasTrainedWithContext() ? announcing : nil
        // Older vocabularies have the second name.
        noSpeechToken = read.token("<|nospeech|>") ?? read.token("<|nocaptions|>")
        languages = try read.languages(after: startToken)
        transcribeToken = nil
        translateToken = nil
        if !languages.isEmpty {
            transcribeToken = try read.task("transcribe")
            translateToken = read.wasTrainedToTranslate ? try read.task("translate") : nil
        }
        let first = read.token("<|0.00|>") ?? noTimestampsToken + 1
        let count = min(config.vocabularySize - first, config.soundPositions + 1)
        guard endToken < first, noTimestampsToken < first, count > 0 else {
            throw read.mismatch("the times begin at the token \(first), which is out of range")
        }
        timestamps = first..<(first + count)
        latestFirstTimestamp = try read.number("max_initial_timestamp_index", in: 0...100_000)
        maximumLength = min(
            try read.number("max_length", in: 16...100_000) ?? config.textPositions,
            config.textPositions)
        beams = try read.number("num_beams", in: 1...16) ?? 1
        alignmentHeads = try read.alignmentHeads()
        let control = [
            startToken, announcing, noSpeechToken, read.token("<|transcribe|>"),
            read.token("<|translate|>"), read.token("<|startoflm|>"),
        ].compactMap(\.self)
        suppressedTokens = Set(
            try read.ids("suppress_tokens") ?? nonSpeechTokens(of: tokenizer) + control
        ).sorted()
        firstSuppressedTokens = Set(
            try read.ids("begin_suppress_tokens")
                ?? tokenizer.encode(" ", addingSpecialTokens: false) + [endToken]
        ).sorted()
        guard !suppressedTokens.contains(endToken) else {
            throw read.mismatch(
                "'suppress_tokens' forbids the token \(endToken), which ends a text")
        }
    }
}

/// Looks a setting up where it may stand.
private struct SettingsReader {
    /// In the order in which they are believed.
    private let files: [Configuration]
    private let config: Whisper.Config
    private let tokenizer: Tokenizer
    private let source: String

    init(
        _ generation: Configuration?, _ file: Configuration?, _ config: Whisper.Config,
        _ tokenizer: Tokenizer, _ source: String
    ) throws {
        // A file with this mark was derived from `config.json` by a library and says no more.
        let isDerived = try generation?.optionalFlag("_from_model_config") ?? false
        files = [isDerived ? nil : generation, file].compactMap(\.self)
        self.config = config
        self.tokenizer = tokenizer
        self.source = source
        guard tokenizer.vocabularySize <= config.vocabularySize else {
            throw mismatch(
                "the tokenizer knows \(tokenizer.vocabularySize) tokens and config.json only "
                    + "\(config.vocabularySize)")
        }
        guard config.textPositions >= 16 else {
            throw mismatch("texts of \(config.textPositions) tokens have no room for a prompt")
        }
    }

    private var tokens: ClosedRange<Int> { 0...(config.vocabularySize - 1) }

    func mismatch(_ how: String) -> ModelError { .mismatch(folder: source, how) }

    func token(_ spelling: String) -> Int? { tokenizer.id(of: spelling) }

    func number(_ name: String, in range: ClosedRange<Int>) throws(ConfigurationError) -> Int? {
        // `config.json` has fields of its own by some of these names, with other meanings.
        try files.first?.optionalInteger(name, in: range)
    }

    func ids(_ name: String) throws(ConfigurationError) -> [Int]? {
        for file in files {
            if let found = try file.optionalIntegers(name, in: tokens) { return found }
        }
        return nil
    }

    func id(_ name: String, _ spelling: String) throws(ConfigurationError) -> Int? {
        for file in files {
            if let found = try file.optionalInteger(name, in: tokens) { return found }
        }
        return token(spelling)
    }

    func required(_ name: String, _ spelling: String) throws -> Int {
        guard let found = try id(name, spelling) else {
            throw mismatch("neither '\(name)' nor the token \(spelling) says which token that is")
        }
        return found
    }

    func task(_ name: String) throws -> Int {
        for file in files {
            if let found = try file.optionalIntegersByName("task_to_id", in: tokens)?[name] {
                return found
            }
        }
        guard let found = token("<|\(name)|>") else {
            throw mismatch("neither 'task_to_id' nor a token <|\(name)|> says how to \(name)")
        }
        return found
    }

    /// By token; none for a model of English only.
    func languages(after start: Int) throws -> [Whisper.Settings.Language] {
        guard try isMultilingual() else { return [] }
        var named: [String: Int]?
        for file in files where named == nil {
            named = try file.optionalIntegersByName("lang_to_id", in: tokens)
        }
        let languages = (named ?? spelledLanguages(after: start)).map { name, token in
            Whisper.Settings.Language(
                code: name.replacing("<|", with: "").replacing("|>", with: ""), token: token)
        }
        guard !languages.isEmpty else { throw mismatch("no token names a language") }
        return languages.sorted { $0.token < $1.token }
    }

    /// Tokens such as <|en|> in a row after the start token.
    private func spelledLanguages(after start: Int) -> [String: Int] {
        var found: [String: Int] = [:]
        for id in (start + 1)..<max(start + 1, config.vocabularySize) {
            guard let spelling = tokenizer.token(of: id), spelling.hasPrefix("<|"),
                spelling.hasSuffix("|>"), (6...7).contains(spelling.utf8.count),
                spelling.dropFirst(2).dropLast(2).allSatisfy({ $0.isLowercase })
            else { break }
            found[spelling] = id
        }
        return found
    }

    private func isMultilingual() throws -> Bool {
        for file in files {
            if let said = try file.optionalFlag("is_multilingual") { return said }
            // The prompt of older files: language, task and no times, or only the last.
            if let forced = try file.optionalPairs(
                "forced_decoder_ids", first: 0...1_000, second: tokens)
            {
                return forced.count > 1
            }
        }
        // Source: `openai/whisper`, `model.py`, `Whisper.is_multilingual`.
        return config.vocabularySize >= 51_865
    }

    /// Models whose decoder was cut to fewer layers than the encoder has, large-v3-turbo and the
    /// distilled ones, were trained to transcribe only, though their vocabulary has the other task.
    ///
    /// Source: the model cards of openai/whisper-large-v3-turbo and distil-whisper.
    var wasTrainedToTranslate: Bool { config.decoder.layerCount >= config.encoder.layerCount }

    /// A model that says `"condition_on_prev_tokens": false` never read what was said before.
    func wasTrainedWithContext() throws(ConfigurationError) -> Bool {
        try files.first?.optionalFlag("condition_on_prev_tokens") ?? true
    }

    func alignmentHeads() throws(ConfigurationError) -> [Whisper.Settings.Head] {
        let decoder = config.decoder
        for file in files {
            let heads = try file.optionalPairs(
                "alignment_heads", first: 0...(decoder.layerCount - 1),
                second: 0...(decoder.headCount - 1))
            if let heads, !heads.isEmpty {
                return heads.map { Whisper.Settings.Head(layer: $0.0, head: $0.1) }
            }
        }
        // Source: `openai/whisper`, `model.py`: all heads of the last half of the layers.
        return (decoder.layerCount / 2..<decoder.layerCount).flatMap { layer in
            (0..<decoder.headCount).map { Whisper.Settings.Head(layer: layer, head: $0) }
        }
    }
}

/// Marks that are not said: speaker tags, notes, brackets.
///
/// Source: `openai/whisper`, `tokenizer.py`, `Tokenizer.non_speech_tokens`.
private func nonSpeechTokens(of tokenizer: Tokenizer) -> [Int] {
    func encoded(_ text: String) -> [Int] { tokenizer.encode(text, addingSpecialTokens: false) }
    let single =
        "\"#()*+/:;<=>@[\\]^_`{|}~「」『』".map(String.init)
        + "<< >> <<< >>> -- --- -( -[ (' (\" (( )) ((( ))) [[ ]] {{ }} ♪♪ ♪♪♪"
        .split(separator: " ").map(String.init)
    // Of these the first of several tokens is taken: they share it with their likes only.
    let music = "♩♪♫♬♭♮♯".map(String.init)
    // Hyphens and apostrophes stay allowed inside of words.
    var tokens = [encoded(" -").first, encoded(" '").first].compactMap(\.self)
    for symbol in single + music {
        for ids in [encoded(symbol), encoded(" " + symbol)]
        where ids.count == 1 || music.contains(symbol) {
            tokens += ids.prefix(1)
        }
    }
    return tokens
}
