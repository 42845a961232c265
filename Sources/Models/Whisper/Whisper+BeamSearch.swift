import Inference

extension Whisper {
    /// Grows the likeliest texts of one window side by side.
    ///
    /// Source: `openai/whisper`, `decoding.py`, class `BeamSearchDecoder`. Unlike the search of
    /// `transformers`, it stops at a number of finished texts and never drops one for its score.
    struct BeamSearch {
        private let decoder: Decoder
        private let rules: Rules
        private let endToken: Int
        private let beams: Int
        private let mostFinished: Int
        private var running: [Beam]
        private var finished: [Draft] = []

        private struct Beam {
            var draft: Draft
            var memory: Decoder.Memory
            var logits: [Float]
        }

        /// A running text and the token that may follow it.
        private struct Candidate {
            let beam: Int
            let token: Int
            let logProbability: Float
        }

        /// - Parameters:
        ///   - decoder: the model's
        ///   - rules: of the task
        ///   - endToken: ends a text
        ///   - beams: texts that are kept
        ///   - patience: of the options
        ///   - opening: of the window
        init(
            _ decoder: Decoder, _ rules: Rules, endToken: Int, beams: Int, patience: Float,
            after opening: Opening
        ) {
            self.decoder = decoder
            self.rules = rules
            self.endToken = endToken
            self.beams = beams
            let wanted = (Float(beams) * patience).rounded(.toNearestOrEven)
            mostFinished = wanted >= 1 ? Int(min(wanted, 10_000)) : 1
            // All would begin alike, so the search begins with one and widens at once.
            running = [Beam(draft: Draft(), memory: opening.memory, logits: opening.logits)]
        }

        /// - Parameter limit: tokens at most
        /// - Returns: finished texts, and unfinished ones where too few ended; at least one
        mutating func drafts(limit: Int) -> [Draft] {
            for step in 1...max(1, limit) {
                let going = take(bestCandidates())
                guard finished.count < mostFinished, step < limit, !going.isEmpty else {
                    replaceRunning(going)
                    break
                }
                replaceRunning(going)
                advance(going.map { [$0.token] })
            }
            let unfinished = running.map(\.draft).sorted { $0.logProbability > $1.logProbability }
            let drafts = finished + unfinished.prefix(max(0, beams - finished.count))
            // Where no logit was a number there is no candidate; the caller is to see that.
            return drafts.isEmpty ? [Draft(logProbability: .nan)] : drafts
        }

        /// Best first; the sort is stable, so equals keep the order of beams and tokens.
        private func bestCandidates() -> [Candidate] {
            var candidates: [Candidate] = []
            for index in running.indices {
                var row = running[index].logits
                let draft = running[index].draft
                rules.apply(to: &row, after: draft.tokens)
                let base = draft.logProbability - logSumExp(row, in: row.indices)
                for token in largest(beams + 1, of: row) where row[token] > -.infinity {
                    candidates.append(
                        Candidate(beam: index, token: token, logProbability: base + row[token]))
                }
            }
            return candidates.sorted { $0.logProbability > $1.logProbability }
        }

        /// Keeps what ends among the best.
        ///
        /// - Returns: what goes on
        private mutating func take(_ candidates: [Candidate]) -> [Candidate] {
            var going: [Candidate] = []
            for candidate in candidates where going.count < beams {
                guard candidate.token == endToken else {
                    going.append(candidate)
                    continue
                }
                guard finished.count < mostFinished else { continue }
                finished.append(
                    Draft(
                        tokens: running[candidate.beam].draft.tokens,
                        logProbability: candidate.logProbability))
            }
            return going
        }

        private mutating func replaceRunning(_ going: [Candidate]) {
            running = going.map { candidate in
                let beam = running[candidate.beam]
                return Beam(
                    draft: Draft(
                        tokens: beam.draft.tokens + [candidate.token],
                        logProbability: candidate.logProbability),
                    memory: beam.memory, logits: [])
            }
        }

        private mutating func advance(_ tokens: [[Int]]) {
            var memories = running.map(\.memory)
            // Let go of the second reference, so that what is not shared is changed in place.
            let drafts = running.map(\.draft)
            running = []
            let logits = decoder.logits(after: tokens, memories: &memories)
            running = drafts.indices.map {
                Beam(draft: drafts[$0], memory: memories[$0], logits: logits.row($0))
            }
        }
    }
}
