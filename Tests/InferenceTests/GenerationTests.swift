import Inference
import Testing

/// A text model of four tokens whose weights depend on the last token alone; token 3 ends a text.
private struct Chain: TextDecoder {
    /// Per last token, the probabilities of the next.
    let next: [[Float]]

    var vocabularySize: Int { next[0].count }
    func emptyMemory() -> [Int] { [] }

    func logits(after tokens: [[Int]], memories: inout [[Int]]) -> Tensor {
        for i in tokens.indices { memories[i] += tokens[i] }
        let rows = memories.flatMap { memory in
            next[memory[memory.count - 1]].map { probability in
                // Powers of two, so that the exponent tells the logarithm.
                Float(probability.exponent) * 0.6931472
            }
        }
        return Tensor(rows, shape: [tokens.count, vocabularySize])
    }
}

@Suite struct GenerationTests {
    // From 0 the likeliest word is 1, but 2 leads to the likelier whole.
    private let chain = Chain(next: [
        [0.0625, 0.5, 0.25, 0.0625],
        [0.25, 0.25, 0.25, 0.25],
        [0.0625, 0.0625, 0.0625, 1],
        [1, 1, 1, 1],
    ])

    private func written(
        beams: Int = 1, maximumLength: Int = 10, after prompt: [Int] = [0],
        onToken: (Int) -> Void = { _ in }
    ) -> GeneratedText {
        var options = GenerationOptions(maximumLength: maximumLength, endToken: 3)
        options.beams = beams
        return generate(with: chain, after: prompt, options, onToken: onToken)
    }

    @Test func `greedy search takes the likeliest token, the first of equals`() {
        #expect(written(maximumLength: 4).tokens == [1, 0, 1])
    }

    @Test func `beam search finds the likelier whole`() {
        #expect(written(beams: 2).tokens == [2, 3])
    }

    @Test func `every token is told in order`() {
        for beams in [1, 2] {
            var told: [Int] = []
            let text = written(beams: beams) { told.append($0) }
            #expect(told == text.tokens)
        }
    }

    @Test func `the end token ends the text and is part of it`() {
        let text = written(after: [0, 2])
        #expect(text.tokens == [3])
        #expect(text.meanLogProbability < 0)
    }

    @Test(arguments: [1, 2, 5])
    func `a prompt of the maximum length leaves nothing to write`(beams: Int) {
        #expect(written(beams: beams, maximumLength: 2, after: [0, 1]) == GeneratedText())
    }

    @Test(arguments: [1, 2, 5])
    func `no text grows past the maximum length`(beams: Int) {
        for limit in 2...6 {
            #expect(written(beams: beams, maximumLength: limit).tokens.count <= limit - 1)
        }
    }

    @Test func `a text without tokens has no doubt`() {
        #expect(GeneratedText().meanLogProbability == 0)
    }

    @Test func `a prompt without tokens is our own mistake`() async {
        await #expect(processExitsWith: .failure) {
            let chain = Chain(next: [[1]])
            _ = generate(
                with: chain, after: [], GenerationOptions(maximumLength: 3, endToken: 0))
        }
    }
}
