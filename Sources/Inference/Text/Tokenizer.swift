/// Text to the ids that a model was trained on, and back.
///
/// As in huggingface/tokenizers: added tokens are cut out, the rest is normalised, split into words,
/// cut by the model, and special tokens are put around.
package struct Tokenizer: Sendable {
    let normalizer: Normalizer?
    let preTokenizer: PreTokenizer?
    let model: Model
    let addedTokens: AddedTokens
    let postProcessor: PostProcessor
    let decoder: TokenDecoder

    enum Model: Sendable {
        case wordPiece(WordPiece)
        case bytePairs(BytePairEncoding)

        var table: TokenTable {
            switch self {
            case .wordPiece(let model): model.table
            case .bytePairs(let model): model.table
            }
        }
    }

    /// Tokens in all, added ones included: the highest id and one.
    package var vocabularySize: Int {
        max(model.table.idEnd, (addedTokens.all.map(\.id).max() ?? -1) + 1)
    }

    /// - Parameters:
    ///   - text: any text; what the vocabulary does not know becomes the unknown token.
    ///   - addingSpecialTokens: whether the tokens that the model expects around a text are added.
    /// - Returns: ids in the order of the text.
    package func encode(_ text: String, addingSpecialTokens: Bool = true) -> [Int] {
        let ids = addedTokens.parts(of: Array(text.unicodeScalars), normalizer).flatMap { part in
            switch part {
            case .token(let id): [id]
            case .text(let text): words(text).flatMap { self.ids(of: $0) }
            }
        }
        return addingSpecialTokens ? postProcessor(ids) : ids
    }

    /// - Parameters:
    ///   - ids: ids that the vocabulary does not hold are left out, as in the reference.
    ///   - skippingSpecialTokens: whether tokens such as `[SEP]` are left out.
    /// - Returns: the text.
    package func decode(_ ids: [Int], skippingSpecialTokens: Bool = true) -> String {
        decoder(ids.compactMap { spelling(of: $0, skippingSpecialTokens: skippingSpecialTokens) })
    }

    /// The id of a token as the vocabulary spells it.
    package func id(of token: String) -> Int? {
        addedTokens.id(of: token) ?? model.table.id(of: token.utf8)
    }

    /// The token as the vocabulary spells it.
    package func token(of id: Int) -> String? {
        addedTokens[id]?.content
            ?? model.table.token(of: id).map { String(decoding: $0, as: UTF8.self) }
    }

    /// True for tokens that stand for no text, such as `[SEP]`.
    package func isSpecial(_ id: Int) -> Bool { addedTokens[id]?.isSpecial ?? false }

    func spelling(of id: Int, skippingSpecialTokens: Bool) -> String? {
        skippingSpecialTokens && isSpecial(id) ? nil : token(of: id)
    }

    private func words(_ text: [Unicode.Scalar]) -> [[Unicode.Scalar]] {
        preTokenizer?(text) ?? [text]
    }

    private func ids(of word: [Unicode.Scalar]) -> [Int] {
        guard !word.isEmpty else { return [] }
        return switch model {
        case .wordPiece(let model): model.ids(of: word)
        case .bytePairs(let model): model.ids(of: word)
        }
    }
}
