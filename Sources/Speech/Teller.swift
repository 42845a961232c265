/// Puts pieces of a document into utterances: each part in its language, in words.
struct Teller: Sendable {
    private let style: ReadingStyle
    private let normaliser: Normaliser

    init(_ style: ReadingStyle) {
        self.style = style
        normaliser = Normaliser(language: style.language, isVerbatim: style.isVerbatim)
    }

    /// - Returns: one utterance, or one for each stretch of a script; none where nothing sounds.
    func utterances(of piece: Piece) -> [Utterance] {
        if let prepared = piece.prepared { return [prepared] }
        let declared = piece.language.flatMap { isOwn($0) ? nil : $0 }
        var pauseSeconds = piece.pauseSeconds
        var utterances: [Utterance] = []
        for part in parts(of: piece, declared) {
            let language = part.language ?? declared
            guard
                var utterance = spoken(part.passage, language).utterance(
                    pauseSeconds: pauseSeconds, pitchRise: piece.pitchRise, language: language)
            else { continue }
            if style.spells { utterance = spelled(utterance) }
            utterances.append(utterance)
            pauseSeconds = 0
        }
        for i in utterances.indices.dropLast() { utterances[i].isContinued = true }
        return utterances
    }

    private func parts(of piece: Piece, _ declared: String?) -> [ScriptVoices.Part] {
        guard style.switchesScripts else {
            return [ScriptVoices.Part(passage: piece.passage.trimmed, language: nil)]
        }
        return ScriptVoices(language: declared ?? style.language).parts(
            of: piece.passage.trimmed)
    }

    private func spoken(_ passage: Passage, _ language: String?) -> SpokenText {
        if style.spells {
            var text = SpokenText()
            text.copy(passage)
            return text
        }
        guard let language else { return normaliser.spoken(passage) }
        return Normaliser(language: language, isVerbatim: style.isVerbatim).spoken(passage)
    }

    /// Whether the user's voice speaks a language that a document declares.
    private func isOwn(_ language: String) -> Bool {
        language.lowercased().split(separator: "-").first
            == style.language.lowercased().split(separator: "-").first
    }
}
