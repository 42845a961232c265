import Inference

extension Whisper {
    /// Which token means what, and what the model must not write; from `generation_config.json`,
    /// the tokenizer and `config.json`.
    package struct Settings: Sendable, Equatable {
        /// Ends a text; every token before it is a piece of text.
        package var endToken: Int
        /// Begins a text.
        package var startToken: Int
        /// Begins what was said before; nil where the model takes no context.
        package var previousToken: Int?
        /// Empty where the model knows English only.
        package var languages: [Language]
        /// Nil where the model has one task.
        package var transcribeToken: Int?
        /// Nil where the model cannot translate.
        package var translateToken: Int?
        /// Weighed after the start token: that nobody speaks.
        package var noSpeechToken: Int?
        /// Announces a text without times.
        package var noTimestampsToken: Int
        /// One token per 20 ms, from 0 to the end of a window.
        package var timestamps: Range<Int>
        /// The latest time that a text may begin with, counted from the first; nil for any.
        package var latestFirstTimestamp: Int?
        /// Never to be written, sorted.
        package var suppressedTokens: [Int]
        /// Never to be written first, sorted.
        package var firstSuppressedTokens: [Int]
        /// Where the decoder's attention to the sound follows the words.
        package var alignmentHeads: [Head]
        /// Tokens of the whole text at most, the prompt included.
        package var maximumLength: Int
        /// Texts kept side by side where nobody asks for another number; 1 is greedy.
        package var beams: Int

        package struct Language: Sendable, Equatable {
            /// As in "en".
            package let code: String
            package let token: Int

            package init(code: String, token: Int) {
                self.code = code
                self.token = token
            }
        }

        package struct Head: Sendable, Equatable {
            /// Of the decoder.
            package let layer: Int
            package let head: Int

            package init(layer: Int, head: Int) {
                self.layer = layer
                self.head = head
            }
        }

        package var isMultilingual: Bool { !languages.isEmpty }
        package var canTranslate: Bool { translateToken != nil }

        /// Seconds from one time token to the next.
        package static let secondsPerTimestamp = 0.02

        /// The tokens of every prompt: start, language and task, and that no times are wanted.
        ///
        /// - Parameters:
        ///   - language: a token of `languages`; left out by a model of English only
        ///   - task: what to write
        ///   - timestamps: whether times are wanted
        /// - Returns: at most four tokens, the start token first
        package func opening(
            language: Int?, task: RecognitionOptions.Task, timestamps: Bool
        ) -> [Int] {
            let taskToken = task == .translate ? translateToken : transcribeToken
            return [startToken] + [language, isMultilingual ? taskToken : nil].compactMap(\.self)
                + (timestamps ? [] : [noTimestampsToken])
        }
    }
}
