/// The chosen voice, and the voices of other languages that it gives way to.
package struct VoiceBook: Sendable {
    package let chosen: VoiceChoice
    private let variant: String?
    package let language: String?
    private var known: [String: VoiceChoice] = [:]
    /// Of names in documents; nil where there is no such voice.
    private var named: [String: VoiceChoice?] = [:]

    /// - Parameters:
    ///   - chosen: what speaks where no language is named.
    ///   - language: of that voice.
    package init(chosen: VoiceChoice, language: String? = nil) {
        self.chosen = chosen
        self.language = language
        variant =
            if case .named(let name) = chosen {
                name.split(separator: "+").dropFirst().first.map(String.init)
            } else {
                nil
            }
    }

    /// Chooses a voice by its name; a voice file goes before a voice of the engine with that name.
    ///
    /// - Parameters:
    ///   - name: what people type: of a file, a voice, a language, or with a variant "en+f3".
    ///   - engine: knows its voices.
    /// - Throws: `SpeechError`, `VoiceFileError`.
    package init(named name: String, of engine: inout GuardedSynthesizer) throws {
        if let file = try OwnVoices.found.voice(named: name) {
            try self.init(file: file, of: &engine)
            return
        }
        let voices = try engine.engineVoices()
        let known = try voices.resolve(name, others: OwnVoices.found.names)
        self.init(chosen: .named(known), language: voices.language(of: known))
    }

    /// Chooses a voice of one's own.
    ///
    /// - Throws: `SpeechError.unknownLanguage`.
    package init(
        file: VoiceFile, of engine: inout GuardedSynthesizer
    ) throws(SpeechError) {
        try engine.engineVoices().check(languageOf: file)
        self.init(chosen: .file(file), language: file.language)
    }

    /// Finds the voice for a language, with the variant of the chosen one.
    ///
    /// - Parameters:
    ///   - language: a tag, "de", "pt-br"; nil for the user's choice.
    ///   - engine: knows the voices.
    /// - Returns: the chosen voice where the engine has none for the language.
    /// - Throws: `SpeechError` where the engine cannot be asked.
    package mutating func voice(
        for language: String?, of engine: inout GuardedSynthesizer
    ) throws(SpeechError) -> VoiceChoice {
        guard let language = language?.lowercased(), !isSpokenByChosen(language) else {
            return chosen
        }
        if let voice = known[language] { return voice }
        let voices = try engine.engineVoices()
        let base = String(language.prefix { $0 != "-" })
        let name = [language, base].lazy.compactMap { try? voices.resolve($0) }.first
        let voice = name.map { name in
            VoiceChoice.named(variant.map { "\(name)+\($0)" } ?? name)
        }
        known[language] = voice ?? chosen
        return voice ?? chosen
    }

    /// Finds the voice that a document asks for.
    ///
    /// - Parameters:
    ///   - names: one name, or several with spaces between, the best first; a voice file goes before
    ///     a voice of the engine, as on the command line.
    ///   - engine: knows its voices.
    /// - Returns: nil where there is none.
    /// - Throws: `SpeechError` where the engine cannot be asked.
    package mutating func voice(
        named names: String, of engine: inout GuardedSynthesizer
    ) throws(SpeechError) -> VoiceChoice? {
        if let voice = named[names] { return voice }
        let voices = try engine.engineVoices()
        let candidates = [names] + names.split(separator: " ").map(String.init)
        let voice = candidates.lazy.compactMap { Self.choice($0, voices) }.first
        named[names] = .some(voice)
        return voice
    }

    /// Finds a voice of a gender for a language; it is the usual one where that is of this gender.
    ///
    /// - Parameters:
    ///   - gender: what is asked for.
    ///   - number: which of the voices of that gender, from 1; the last where there are fewer.
    ///   - language: a tag; nil for that of the user's choice.
    ///   - engine: knows its voices.
    /// - Returns: nil where there is none.
    /// - Throws: `SpeechError` where the engine cannot be asked.
    package mutating func voice(
        of gender: VoiceWish.Gender, number: Int, for language: String?,
        of engine: inout GuardedSynthesizer
    ) throws(SpeechError) -> VoiceChoice? {
        let usual = try voice(for: language, of: &engine)
        let voices = try engine.engineVoices()
        let base: String
        switch usual {
        case .named(let name):
            if number == 1, voices.gender(of: name) == gender { return usual }
            base = String(name.prefix { $0 != "+" })
        case .file(let file):
            if number == 1, file.gender == gender.rawValue { return usual }
            base = file.language
        }
        let variants = voices.variants(of: gender)
        guard let last = variants.last else { return nil }
        let variant = number <= variants.count ? variants[number - 1] : last
        return (try? voices.resolve("\(base)+\(variant)")).map { .named($0) }
    }

    private static func choice(_ name: String, _ voices: EngineVoices) -> VoiceChoice? {
        if let file = try? OwnVoices.found.voice(named: name),
            (try? voices.check(languageOf: file)) != nil
        {
            return .file(file)
        }
        return (try? voices.resolve(name)).map { .named($0) }
    }

    /// A British voice speaks "en", and an English one "en".
    private func isSpokenByChosen(_ tag: String) -> Bool {
        tag == language || tag == language?.prefix { $0 != "-" }.lowercased()
    }
}
