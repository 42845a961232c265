import Glibc
import Inference

extension Whisper.Settings {
    /// How likely each language is, from the weights of what follows the start token.
    ///
    /// Source: `openai/whisper`, `decoding.py`, `detect_language`.
    ///
    /// - Parameter logits: one per token of the vocabulary
    /// - Returns: every language, likeliest first; English alone for a model that knows no other
    package func languageGuesses(from logits: [Float]) -> [LanguageGuess] {
        guard let most = languages.map({ logits[$0.token] }).max() else {
            return [LanguageGuess(code: "en", probability: 1)]
        }
        let weights = languages.map { expf(logits[$0.token] - most) }
        let sum = weights.reduce(0, +)
        return zip(languages, weights)
            .map { LanguageGuess(code: $0.code, probability: $1 / sum) }
            .sorted { $0.probability > $1.probability }
    }

    /// - Returns: the token of a language; nil where the model knows English only
    /// - Throws: `RecognitionError.unknownLanguage`
    func token(of code: String, model: String) throws(RecognitionError) -> Int? {
        guard isMultilingual else {
            guard code == "en" else {
                throw .unknownLanguage(code, model: model, known: ["en"])
            }
            return nil
        }
        guard let language = languages.first(where: { $0.code == code }) else {
            throw .unknownLanguage(code, model: model, known: languages.map(\.code))
        }
        return language.token
    }
}
