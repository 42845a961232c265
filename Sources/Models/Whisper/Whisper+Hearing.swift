import Glibc
import Inference

extension Whisper {
    /// A window that the encoder heard, before anything is written.
    struct Hearing: Sendable {
        /// Of no text yet.
        let memory: Decoder.Memory
        /// Of the window's own sound, without the silence that fills it up.
        let seconds: Double

        init(_ samples: [Float], _ parts: Parts) {
            memory = parts.decoder.memory(hearing: parts.encoder(parts.logMel(samples)))
            seconds = Double(samples.count) / Double(speechSampleRate)
        }

        /// What the decoder weighs after the start token alone.
        func firstLogits(_ parts: Parts) -> [Float] {
            var memories = [memory]
            return parts.decoder.logits(after: [[parts.settings.startToken]], memories: &memories)
                .values
        }

        /// Has the decoder read a prompt.
        ///
        /// - Parameters:
        ///   - prompt: of this window
        ///   - maximumTokens: to write at most; nil for half of the positions
        ///   - parts: the model
        /// - Returns: what every search of the window begins with
        func opening(_ prompt: Prompt, maximumTokens: Int?, _ parts: Parts) -> Opening {
            // Two passes, so that the start token is weighed without all of the prompt's others.
            var memories = [memory]
            let start = prompt.previous + prompt.opening.prefix(1)
            let atStart = parts.decoder.logits(after: [start], memories: &memories).values
            let rest = Array(prompt.opening.dropFirst())
            let logits =
                rest.isEmpty
                ? atStart : parts.decoder.logits(after: [rest], memories: &memories).values
            let noSpeech = parts.settings.noSpeechToken.map {
                expf(atStart[$0] - logSumExp(atStart, in: atStart.indices))
            }
            let wanted = max(1, maximumTokens ?? parts.config.textPositions / 2)
            return Opening(
                memory: memories[0], logits: logits, noSpeechProbability: noSpeech ?? 0,
                limit: min(wanted, parts.settings.maximumLength + 1 - prompt.count))
        }
    }
}
