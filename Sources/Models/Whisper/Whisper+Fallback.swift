import Inference
import Signals

extension Whisper {
    /// Decodes windows at rising temperatures until each has a text that can be believed.
    ///
    /// Source: `openai/whisper`, `transcribe.py`, `decode_with_fallback`.
    struct Fallback {
        private let parts: Parts
        private let options: RecognitionOptions
        private let rules: Rules
        private let beams: Int

        struct Decoded {
            let attempt: Attempt
            /// Whether every temperature failed.
            let isDoubtful: Bool
        }

        init(_ parts: Parts, _ options: RecognitionOptions) {
            self.parts = parts
            self.options = options
            beams = options.beams ?? parts.settings.beams
            rules = Rules(
                suppression: SuppressionRule(
                    parts.settings, vocabularySize: parts.config.vocabularySize,
                    more: options.suppressedTokens),
                timestamps: options.wantsTimestamps ? TimestampRule(parts.settings) : nil)
        }

        /// - Parameter openings: one per window
        /// - Returns: one per window
        /// - Throws: `ModelError.notFinite`.
        func decode(_ openings: [Opening]) throws(ModelError) -> [Decoded] {
            var attempts = openings.map { _ in [Attempt]() }
            var pending = Array(openings.indices)
            let temperatures = options.temperatures.isEmpty ? [0] : options.temperatures
            for (step, temperature) in temperatures.enumerated() where !pending.isEmpty {
                let tried = try self.attempts(
                    at: max(0, temperature), step, pending.map { openings[$0] })
                for (window, attempt) in zip(pending, tried) { attempts[window].append(attempt) }
                pending = zip(pending, tried).filter { $1.fails(options) }.map(\.0)
            }
            return attempts.indices.map { window in
                pending.contains(window)
                    ? Decoded(
                        attempt: Attempt.best(ofFailed: attempts[window], options),
                        isDoubtful: true)
                    : Decoded(
                        attempt: attempts[window][attempts[window].count - 1], isDoubtful: false)
            }
        }

        private func attempts(
            at temperature: Float, _ step: Int, _ openings: [Opening]
        ) throws(ModelError) -> [Attempt] {
            let drafts =
                temperature == 0 && beams > 1
                ? openings.map(beamSearched) : sampled(at: temperature, step, openings)
            var attempts: [Attempt] = []
            for (opening, group) in zip(openings, drafts) {
                let best = Draft.best(of: group, lengthPenalty: options.lengthPenalty)
                guard group[best].logProbability.isFinite else {
                    throw .notFinite(folder: parts.path)
                }
                attempts.append(attempt(group[best], temperature, opening))
            }
            return attempts
        }

        private func attempt(
            _ draft: Draft, _ temperature: Float, _ opening: Opening
        ) -> Attempt {
            Attempt(
                draft: draft, temperature: temperature,
                noSpeechProbability: opening.noSpeechProbability,
                compressionRatio: compressionRatio(
                    of: parts.text(of: draft.tokens).trimmingWhitespace))
        }

        private func beamSearched(_ opening: Opening) -> [Draft] {
            var search = BeamSearch(
                parts.decoder, rules, endToken: parts.settings.endToken, beams: beams,
                patience: options.patience, after: opening)
            return search.drafts(limit: opening.limit)
        }

        /// All windows side by side; at a temperature above 0 each of them several times.
        private func sampled(
            at temperature: Float, _ step: Int, _ openings: [Opening]
        ) -> [[Draft]] {
            let copies = temperature == 0 ? 1 : max(1, options.bestOf)
            // A window's chances do not depend on which others are decoded beside it.
            let generators = (0..<copies).map {
                SeededRandom(seed: options.seed).split(step).split($0)
            }
            let sampling = Sampling(
                decoder: parts.decoder, rules: rules, endToken: parts.settings.endToken,
                temperature: temperature)
            let drafts = sampling.drafts(
                after: openings.flatMap { [Opening](repeating: $0, count: copies) },
                openings.flatMap { _ in generators })
            return openings.indices.map { Array(drafts[($0 * copies)..<(($0 + 1) * copies)]) }
        }
    }
}
