import Signals

extension Whisper {
    /// A window's best text at one temperature, and whether it can be believed.
    package struct Attempt: Sendable, Equatable {
        package let draft: Draft
        package let temperature: Float
        package let noSpeechProbability: Float
        package let compressionRatio: Float

        package init(
            draft: Draft, temperature: Float, noSpeechProbability: Float, compressionRatio: Float
        ) {
            self.draft = draft
            self.temperature = temperature
            self.noSpeechProbability = noSpeechProbability
            self.compressionRatio = compressionRatio
        }

        package var evidence: SpokenSegment.Evidence {
            SpokenSegment.Evidence(
                meanLogProbability: draft.meanLogProbability, compressionRatio: compressionRatio,
                noSpeechProbability: noSpeechProbability, temperature: temperature)
        }

        /// Whether a higher temperature should be tried.
        ///
        /// Source: `openai/whisper`, `transcribe.py`, `decode_with_fallback`. There silence excuses
        /// a text that repeats itself, too; here it excuses low probability only, so that a loop
        /// over silence is not kept (`openai/whisper` #1903, #2795).
        package func fails(_ options: RecognitionOptions) -> Bool {
            if repeats(options) { return true }
            return isImprobable(options) && !mayBeSilence(options)
        }

        /// Whether nobody speaks in the window, whatever the text says.
        ///
        /// Source: `openai/whisper`, `transcribe.py`, "no voice activity check".
        package func isSilence(_ options: RecognitionOptions) -> Bool {
            guard mayBeSilence(options) else { return false }
            guard let floor = options.logProbabilityFloor else { return true }
            return !(draft.meanLogProbability > floor)
        }

        /// Of attempts that all failed, the likeliest of those that do not repeat themselves; where
        /// all do, the likeliest.
        ///
        /// Source: faster-whisper, `transcribe.py`, `generate_with_fallback`; `openai/whisper` takes
        /// the last.
        ///
        /// - Parameters:
        ///   - attempts: of one window, at least one
        ///   - options: hold the limit of repetition
        /// - Returns: one of them
        package static func best(
            ofFailed attempts: [Attempt], _ options: RecognitionOptions
        ) -> Attempt {
            let plain = attempts.filter { !$0.repeats(options) }
            let choice = plain.isEmpty ? attempts : plain
            return choice.dropFirst().reduce(choice[0]) {
                $1.draft.meanLogProbability > $0.draft.meanLogProbability ? $1 : $0
            }
        }

        private func repeats(_ options: RecognitionOptions) -> Bool {
            options.compressionRatioLimit.map { compressionRatio > $0 } ?? false
        }

        private func isImprobable(_ options: RecognitionOptions) -> Bool {
            options.logProbabilityFloor.map { draft.meanLogProbability < $0 } ?? false
        }

        private func mayBeSilence(_ options: RecognitionOptions) -> Bool {
            options.noSpeechLimit.map { noSpeechProbability > $0 } ?? false
        }
    }
}
