extension Whisper {
    /// Tokens that are never written, and those that are never written first.
    ///
    /// Source: `openai/whisper`, `decoding.py`, classes `SuppressTokens` and `SuppressBlank`.
    package struct SuppressionRule: Sendable {
        private let always: [Int]
        private let first: [Int]
        /// What a padded vocabulary has after its last token.
        private let padding: Range<Int>

        /// - Parameters:
        ///   - settings: the model's
        ///   - vocabularySize: of the logits
        ///   - more: tokens that the user forbids; the end and what is no token are left out
        package init(_ settings: Settings, vocabularySize: Int, more: [Int] = []) {
            always =
                settings.suppressedTokens
                + more.filter { (0..<vocabularySize).contains($0) && $0 != settings.endToken }
            first = settings.firstSuppressedTokens
            padding = settings.timestamps.upperBound..<vocabularySize
        }

        /// - Parameters:
        ///   - logits: one per token of the vocabulary; those of forbidden tokens are lost
        ///   - written: the text after the prompt so far
        package func apply(to logits: inout [Float], after written: [Int]) {
            for token in always { logits[token] = -.infinity }
            for token in padding { logits[token] = -.infinity }
            guard written.isEmpty else { return }
            for token in first { logits[token] = -.infinity }
        }
    }
}
