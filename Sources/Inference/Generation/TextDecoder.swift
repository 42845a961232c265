/// A model that, given the tokens so far, weighs every token as the next.
package protocol TextDecoder: Sendable {
    /// Keys and values of one text.
    associatedtype Memory: Sendable

    var vocabularySize: Int { get }

    /// The memory of a text that has not begun.
    func emptyMemory() -> Memory

    /// Takes the next tokens of several texts, as many of each.
    ///
    /// - Parameters:
    ///   - tokens: one array per text, all of one length
    ///   - memories: one per text, brought up to date
    /// - Returns: `[texts, vocabularySize]`, the logits after each text's last token
    func logits(after tokens: [[Int]], memories: inout [Memory]) -> Tensor
}

/// When to stop, and how widely to search.
package struct GenerationOptions: Sendable {
    /// Texts kept side by side; 1 is greedy search.
    package var beams = 1
    /// Tokens of the whole text, the prompt included.
    package var maximumLength: Int
    /// Ends the text.
    package var endToken: Int
    /// A finished text's score is its log-probability divided by its length to this power.
    package var lengthPenalty: Float = 1

    package init(maximumLength: Int, endToken: Int) {
        self.maximumLength = maximumLength
        self.endToken = endToken
    }
}

/// What a decoder wrote after the prompt.
package struct GeneratedText: Sendable, Equatable {
    /// The end token included, if it was reached.
    package var tokens: [Int]
    /// Sum over `tokens` of the natural logarithm of each one's probability.
    package var logProbability: Float

    package init(tokens: [Int] = [], logProbability: Float = 0) {
        self.tokens = tokens
        self.logProbability = logProbability
    }

    package var meanLogProbability: Float {
        tokens.isEmpty ? 0 : logProbability / Float(tokens.count)
    }
}

/// Writes a text after a prompt: the likeliest token each time, or the likeliest of several texts.
///
/// Source: `generation/utils.py`, `GenerationMixin._sample` (without sampling) and `_beam_search`.
///
/// - Parameters:
///   - decoder: weighs the tokens
///   - prompt: at least one token
///   - options: when to stop
///   - onToken: told each token as soon as it is certain; with several beams, at the end
/// - Returns: what follows the prompt; nothing where the prompt is already of the maximum length
package func generate(
    with decoder: some TextDecoder, after prompt: [Int], _ options: GenerationOptions,
    onToken: (Int) -> Void = { _ in }
) -> GeneratedText {
    precondition(!prompt.isEmpty, "a text begins with at least one token")
    guard options.beams > 1 else { return greedy(decoder, prompt, options, onToken) }
    var search = BeamSearch(decoder, prompt, options)
    let text = search.run()
    text.tokens.forEach(onToken)
    return text
}

private func greedy(
    _ decoder: some TextDecoder, _ prompt: [Int], _ options: GenerationOptions,
    _ onToken: (Int) -> Void
) -> GeneratedText {
    var memories = [decoder.emptyMemory()]
    var text = GeneratedText()
    var next = prompt
    while prompt.count + text.tokens.count < options.maximumLength {
        let logits = decoder.logits(after: [next], memories: &memories)
        let token = logits.likeliest
        text.tokens.append(token)
        text.logProbability += logits.values[token] - logSumExp(logits.values)
        onToken(token)
        if token == options.endToken { break }
        next = [token]
    }
    return text
}
