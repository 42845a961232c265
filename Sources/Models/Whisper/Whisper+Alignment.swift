import Glibc
import Inference

extension Whisper {
    /// What a second, forced pass over a text tells of each of its tokens.
    ///
    /// Source: openai/whisper, `timing.py`, function `find_alignment`.
    package struct Alignment: Sendable {
        /// `[tokens + 1, columns]`: how much the heads looked at each position of the sound when
        /// they wrote a token; the last row is that of what follows the text.
        package let attention: Tensor
        /// Where the sound of each token begins, and at last where the text ends, in seconds.
        package let boundarySeconds: [Double]
        /// Of each token among those that stand for text, 0 to 1.
        package let probabilities: [Float]
    }
}

extension Whisper.Decoder {
    /// Hears a window again with its text known, and sees where the tokens' sound is.
    ///
    /// - Parameters:
    ///   - text: ids of text alone, without times
    ///   - prefix: what the text follows: the start, the language, the task, "no times"
    ///   - textIDs: ids that stand for text
    ///   - heads: those that follow the sound
    ///   - memory: that of the window, whose text has not begun
    ///   - columns: positions of the window that hold sound
    /// - Returns: nil where there is no text, no sound or no head
    /// - Precondition: prefix, text and one token more fit the model's positions.
    package func align(
        _ text: [Int], after prefix: [Int], textIDs: Range<Int>,
        heads: [Whisper.Settings.Head], memory: Memory, columns: Int
    ) -> Whisper.Alignment? {
        precondition(memory.count == 0 && !prefix.isEmpty, "\(memory.count) tokens before a text")
        guard !text.isEmpty, columns > 0, !heads.isEmpty else { return nil }
        // The end of the text takes part in the standardisation.
        let tokens = prefix + text + [textIDs.upperBound]
        var trace = AttentionTrace(rows: tokens.count, columns: columns)
        var memories = [memory]
        var x = embedded([tokens], memories)
        for (index, layer) in layers.enumerated() {
            let read = layer.reading(x, index, [tokens], &memories)
            let asked = layer.questions(read)
            for wanted in heads where wanted.layer == index {
                trace.add(asked, memory.sound[index], head: wanted.head)
            }
            x = layer.hearing(read, asked, index, [tokens], memories)
        }
        // A token is weighed, and its sound looked for, where it is the next.
        let before = (prefix.count - 1)..<(tokens.count - 1)
        let attention = trace.mean(ofRows: before)
        let path = CheapestPath(Tensor(attention.values.map { -$0 }, shape: attention.shape))
        return Whisper.Alignment(
            attention: attention,
            boundarySeconds: path.firstColumns.map { Double($0) / positionsPerSecond },
            probabilities: probabilities(of: text, in: x, from: prefix.count - 1, textIDs))
    }

    /// Weighs each token against the others that stand for text.
    ///
    /// - Parameters:
    ///   - text: the tokens
    ///   - x: `[n, width]`, what comes out of the last layer
    ///   - first: the row before the first token
    ///   - textIDs: what each is weighed against
    /// - Returns: one for each token, 0 to 1
    private func probabilities(
        of text: [Int], in x: Tensor, from first: Int, _ textIDs: Range<Int>
    ) -> [Float] {
        // A whole vocabulary for each row: a few at a time.
        stride(from: 0, to: text.count, by: 32).flatMap { begin in
            let some = text[begin..<min(begin + 32, text.count)]
            let rows = some.indices.flatMap { x.row(first + $0) }
            let logits = logits(of: Tensor(rows, shape: [some.count, x.width]))
            return zip(some, 0..<some.count).map { token, row in
                let weights = Array(logits.row(row)[textIDs])
                return expf(weights[token - textIDs.lowerBound] - logSumExp(weights))
            }
        }
    }
}

// audio.py, TOKENS_PER_SECOND: two steps of 10 ms.
private let positionsPerSecond = 50.0
