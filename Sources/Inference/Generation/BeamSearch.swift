/// Several texts grown side by side; the best finished one wins.
///
/// Source: `generation/utils.py`, `GenerationMixin._beam_search` with `early_stopping=False`.
struct BeamSearch<Decoder: TextDecoder> {
    private struct Beam {
        var text: GeneratedText
        var memory: Decoder.Memory
    }

    /// A running beam and the token that may follow it.
    private struct Candidate {
        let beam: Int
        let token: Int
        let logProbability: Float
    }

    private struct Finished {
        let text: GeneratedText
        let score: Float
    }

    private let decoder: Decoder
    private let prompt: [Int]
    private let options: GenerationOptions
    private var running: [Beam] = []
    private var finished: [Finished] = []

    init(_ decoder: Decoder, _ prompt: [Int], _ options: GenerationOptions) {
        self.decoder = decoder
        self.prompt = prompt
        self.options = options
    }

    mutating func run() -> GeneratedText {
        guard prompt.count < options.maximumLength else { return GeneratedText() }
        // All beams would begin alike, so the search begins with one and widens at once.
        running = [Beam(text: GeneratedText(), memory: decoder.emptyMemory())]
        var next = [prompt]
        repeat {
            let candidates = bestCandidates(advance(next))
            finish(candidates)
            guard keepRunning(candidates) else { break }
            next = running.map { $0.text.tokens.suffix(1) }
        } while canImprove
        return finished.first?.text ?? running.first?.text ?? GeneratedText()
    }

    private mutating func advance(_ tokens: [[Int]]) -> Tensor {
        var memories = running.map(\.memory)
        // Let go of the second reference, so that the caches are changed in place.
        running = running.map { Beam(text: $0.text, memory: decoder.emptyMemory()) }
        let logits = decoder.logits(after: tokens, memories: &memories)
        for i in running.indices { running[i].memory = memories[i] }
        return logits
    }

    /// Twice as many as there are beams, so that enough go on when some of them end.
    private func bestCandidates(_ logits: Tensor) -> [Candidate] {
        let wanted = 2 * options.beams
        var best: [Candidate] = []
        for beam in running.indices {
            let row = logits.row(beam)
            let base = running[beam].text.logProbability - logSumExp(row)
            for token in largest(wanted, of: row) {
                best.append(
                    Candidate(beam: beam, token: token, logProbability: base + row[token]))
            }
        }
        // The sort is stable: equals keep the order of beams and tokens.
        return Array(best.sorted { $0.logProbability > $1.logProbability }.prefix(wanted))
    }

    private func ends(_ candidate: Candidate) -> Bool {
        candidate.token == options.endToken
            || prompt.count + running[candidate.beam].text.tokens.count + 1
                >= options.maximumLength
    }

    private func text(_ candidate: Candidate) -> GeneratedText {
        GeneratedText(
            tokens: running[candidate.beam].text.tokens + [candidate.token],
            logProbability: candidate.logProbability)
    }

    /// Of the candidates that end, only those among the best `beams` may win.
    private mutating func finish(_ candidates: [Candidate]) {
        for candidate in candidates.prefix(options.beams) where ends(candidate) {
            let text = text(candidate)
            finished.append(
                Finished(text: text, score: score(text.logProbability, text.tokens.count)))
        }
        finished.sort { $0.score > $1.score }
        finished = Array(finished.prefix(options.beams))
    }

    private mutating func keepRunning(_ candidates: [Candidate]) -> Bool {
        let going = candidates.filter { !ends($0) }.prefix(options.beams)
        running = going.map { Beam(text: text($0), memory: running[$0.beam].memory) }
        return !running.isEmpty
    }

    private func score(_ logProbability: Float, _ length: Int) -> Float {
        var penalty: Float = 1
        if options.lengthPenalty == 1 {
            penalty = Float(length)
        } else if options.lengthPenalty != 0 {
            penalty = power(Float(length), options.lengthPenalty)
        }
        return logProbability / penalty
    }

    /// Whether the best running text, at its present length, beats the worst finished one.
    private var canImprove: Bool {
        guard finished.count == options.beams, let worst = finished.last else { return true }
        guard let best = running.first?.text else { return false }
        return score(best.logProbability, best.tokens.count) > worst.score
    }
}
