/// A voice that comes with the engine.
package struct EngineVoice: Sendable, Equatable {
    /// What people type, and the only name that the engine is given: "en-US".
    package let name: String
    /// What it is called, "English (America)".
    package let title: String
    /// Language tags, the voice's own first: "en-us", "en".
    package let languages: [String]
    /// "male", "female", or empty.
    package let gender: String
}

/// The voices and variants that the engine found in its data.
package struct EngineVoices: Sendable {
    package let voices: [EngineVoice]
    /// Changes of tone for any voice, "f3", "croak".
    package let variants: [String]

    /// Finds `NAME` or `NAME+VARIANT`; a name is that of a voice, its language or its title.
    ///
    /// - Parameters:
    ///   - choice: as typed.
    ///   - others: names of other voices that may have been meant.
    /// - Returns: what the engine is to be told.
    /// - Throws: `SpeechError.unknownVoice` or `.unknownVariant`.
    package func resolve(
        _ choice: String, others: [String] = []
    ) throws(SpeechError) -> String {
        let parts = choice.split(separator: "+", maxSplits: 1, omittingEmptySubsequences: false)
        let wanted = String(parts.first ?? "").lowercased()
        let found =
            voices.first { $0.name.lowercased() == wanted }
            ?? voices.first { $0.languages.first == wanted }
            ?? voices.first { $0.title.lowercased() == wanted }
            ?? voices.first { $0.languages.contains(wanted) }
        guard let found, found.name.isHarmless else {
            throw .unknownVoice(shortened(parts.first), similar: near(wanted, others))
        }
        guard parts.count == 2 else { return found.name }
        let variant = parts[1].lowercased()
        guard let known = variants.first(where: { $0.lowercased() == variant }), known.isHarmless
        else {
            throw .unknownVariant(
                shortened(parts[1]), similar: nearest(to: variant, among: variants))
        }
        return "\(found.name)+\(known)"
    }

    /// - Parameter name: as `resolve` returned it.
    /// - Returns: the language of the voice; nil for a name that is not of the list.
    package func language(of name: String) -> String? {
        let base = name.prefix { $0 != "+" }
        return voices.first { $0.name == base }?.languages.first
    }

    /// Checks that a voice file's language has rules and a dictionary here.
    ///
    /// The engine reads those of the tag's first part: `en` of `en-gb`.
    package func check(languageOf file: VoiceFile) throws(SpeechError) {
        let base = file.language.split(separator: "-").first.map(String.init) ?? ""
        let names = voices.map { $0.name.lowercased() }
        guard names.contains(base) else {
            throw .unknownLanguage(
                file.language, file: file.name, similar: nearest(to: file.language, among: names))
        }
    }

    /// By name, or by the first word of a title: "english" for "englsh" is "en".
    private func near(_ wanted: String, _ others: [String]) -> [String] {
        let byTitle = voices.filter { !wanted.isEmpty && $0.title.lowercased().hasPrefix(wanted) }
        if !byTitle.isEmpty { return byTitle.prefix(3).map { $0.name.lowercased() } }
        let byName = nearest(to: wanted, among: others + voices.map { $0.name.lowercased() })
        if !byName.isEmpty { return byName }
        let words = voices.map { String($0.title.lowercased().prefix { $0 != " " }) }
        guard let word = nearest(to: wanted, among: words).first else { return [] }
        return zip(words, voices).filter { $0.0 == word }.prefix(3).map { $0.1.name.lowercased() }
    }

    private func shortened(_ text: Substring?) -> String { String((text ?? "").prefix(40)) }
}

extension String {
    /// The engine makes a path of it and copies it into forty bytes.
    fileprivate var isHarmless: Bool {
        utf8.count <= 30
            && unicodeScalars.allSatisfy {
                $0.isASCII && ($0.isLetter || $0.isDigit)
                    || $0 == "-" || $0 == "_" || $0 == " "
            }
    }
}
