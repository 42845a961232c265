import Glibc
import Inference

extension Whisper {
    /// Writes several texts side by side, each token the likeliest or drawn by chance.
    ///
    /// Source: `openai/whisper`, `decoding.py`, class `GreedyDecoder`.
    struct Sampling {
        let decoder: Decoder
        let rules: Rules
        let endToken: Int
        /// 0 takes the likeliest; higher is bolder.
        let temperature: Float

        /// - Parameters:
        ///   - openings: one per text, of one window or of several
        ///   - generators: one per text; not used at temperature 0
        /// - Returns: one per text
        func drafts(after openings: [Opening], _ generators: [SeededRandom]) -> [Draft] {
            var generators = generators
            var drafts = openings.map { _ in Draft() }
            // Only of texts that go on: which they are, what they remember, what may follow.
            var running = Array(openings.indices)
            var memories = openings.map(\.memory)
            var rows = openings.map(\.logits)
            while true {
                var going: [Int] = []
                var next: [[Int]] = []
                for (place, text) in running.enumerated() {
                    guard
                        let token = add(
                            to: &drafts[text], &rows[place], &generators[text]),
                        drafts[text].tokens.count < openings[text].limit
                    else { continue }
                    going.append(place)
                    next.append([token])
                }
                guard !going.isEmpty else { return drafts }
                if going.count < running.count {
                    running = going.map { running[$0] }
                    memories = going.map { memories[$0] }
                }
                let logits = decoder.logits(after: next, memories: &memories)
                rows = running.indices.map { logits.row($0) }
            }
        }

        /// - Returns: the token that was added; nil where the text ends.
        private func add(
            to draft: inout Draft, _ row: inout [Float], _ generator: inout SeededRandom
        ) -> Int? {
            rules.apply(to: &row, after: draft.tokens)
            let token =
                temperature == 0 ? likeliest(row, in: row.indices) : drawn(from: row, &generator)
            draft.logProbability += row[token] - logSumExp(row, in: row.indices)
            guard token != endToken else { return nil }
            draft.tokens.append(token)
            return token
        }

        private func drawn(from row: [Float], _ generator: inout SeededRandom) -> Int {
            let most = row[likeliest(row, in: row.indices)]
            var sums: [Float] = []
            sums.reserveCapacity(row.count)
            var sum: Float = 0
            for logit in row {
                sum += expf((logit - most) / temperature)
                sums.append(sum)
            }
            let point = Float.random(in: 0..<1, using: &generator) * sum
            // The first whose sum is beyond the point; a token of probability 0 never is.
            return sums.firstIndex { $0 > point } ?? likeliest(row, in: row.indices)
        }
    }
}
