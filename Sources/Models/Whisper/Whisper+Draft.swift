import Glibc

extension Whisper {
    /// A text that was written after a prompt.
    package struct Draft: Sendable, Equatable {
        /// Without the end token.
        package var tokens: [Int]
        /// Sum over the tokens, and the end token if it was reached, of the natural logarithm of
        /// each one's probability.
        package var logProbability: Float

        package init(tokens: [Int] = [], logProbability: Float = 0) {
            self.tokens = tokens
            self.logProbability = logProbability
        }

        /// Counts the end token, reached or not, as the reference does.
        package var meanLogProbability: Float { logProbability / Float(tokens.count + 1) }

        /// The best of several drafts of one window, the first of equals.
        ///
        /// Source: `openai/whisper`, `decoding.py`, class `MaximumLikelihoodRanker`.
        ///
        /// - Parameters:
        ///   - drafts: at least one
        ///   - lengthPenalty: Google NMT's alpha; nil divides by the length
        /// - Returns: its index
        package static func best(of drafts: [Draft], lengthPenalty: Float?) -> Int {
            func score(_ draft: Draft) -> Float {
                let length = Float(draft.tokens.count)
                guard let lengthPenalty else {
                    return length == 0 ? -.infinity : draft.logProbability / length
                }
                return draft.logProbability / powf((5 + length) / 6, lengthPenalty)
            }
            let scores = drafts.map(score)
            return scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
        }
    }

    /// What every search of a window begins with: the decoder has read the prompt.
    struct Opening: Sendable {
        let memory: Decoder.Memory
        /// After the prompt's last token, before any rule.
        let logits: [Float]
        /// Weighed after the start token, before any rule; 0 where the model has no such token.
        let noSpeechProbability: Float
        /// Tokens that may follow the prompt.
        let limit: Int
    }

    /// The rules of one task.
    struct Rules: Sendable {
        let suppression: SuppressionRule
        /// Nil where no times are wanted.
        let timestamps: TimestampRule?

        func apply(to logits: inout [Float], after written: [Int]) {
            suppression.apply(to: &logits, after: written)
            timestamps?.apply(to: &logits, after: written)
        }
    }
}
