import Inference
import Signals

extension Whisper {
    /// What the decoder reads before it writes.
    package struct Prompt: Sendable, Equatable {
        /// What was said before, its announcing token first; empty where nothing was.
        package let previous: [Int]
        /// The start token, and after it language, task and whether times are wanted.
        package let opening: [Int]

        package var count: Int { previous.count + opening.count }

        /// Words to expect stay, the end of the context follows while there is room: half of the
        /// positions are kept for what is written.
        ///
        /// Source: `openai/whisper`, `decoding.py`, `_get_initial_tokens`, and `transcribe.py` with
        /// `carry_initial_prompt`.
        ///
        /// - Parameters:
        ///   - words: text to put before every window; nil for none
        ///   - context: tokens of the text before the window; what is no token is left out
        ///   - opening: of `Settings.opening`
        ///   - parts: the model
        package init(
            words: String?, context: [Int], opening: [Int], _ parts: Parts
        ) {
            let settings = parts.settings
            self.opening = opening
            let room = min(parts.config.textPositions, settings.maximumLength) / 2 - 1
            var kept: [Int] = []
            if let words = words?.trimmingWhitespace, !words.isEmpty {
                // A text that spells a special token must not become one.
                kept = parts.tokenizer.encode(" " + words, addingSpecialTokens: false)
                    .filter { $0 < settings.endToken }.suffix(room)
            }
            let before = context.filter {
                (0..<settings.endToken).contains($0) || settings.timestamps.contains($0)
            }
            kept += before.suffix(room - kept.count)
            previous = settings.previousToken.map { kept.isEmpty ? [] : [$0] + kept } ?? []
        }
    }
}
