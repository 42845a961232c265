extension Tokenizer {
    /// A tokenizer of which nothing is known but the bytes of its tokens, in the order in which it
    /// found them: GPT-2's and Whisper's, as ggml files hold them.
    ///
    /// Source: openai/whisper, `tokenizer.py`, function `get_encoding`.
    ///
    /// - Parameters:
    ///   - tokens: by their ids, from 0 on
    ///   - special: what the ids after them are called, in order
    ///   - path: what errors name
    /// - Throws: `TokenizerError.vocabulary` where there are more tokens than any tokenizer has.
    package init(
        ranked tokens: some Sequence<[UInt8]>, special: [String], path: String
    ) throws(TokenizerError) {
        var table = TokenTable()
        var spelled: [UInt8] = []
        for (id, token) in tokens.enumerated() {
            spelled.removeAll(keepingCapacity: true)
            for byte in token { spelled += ByteAlphabet.utf8[Int(byte)] }
            // Older files write every token that is no whole text as the same replacement.
            guard table.insert(spelled, id: id, isTwinAllowed: true) else {
                throw .vocabulary(file: path, token: String(decoding: token, as: UTF8.self), id: id)
            }
        }
        let first = table.count
        normalizer = nil
        preTokenizer = .byteLevel(addsPrefixSpace: false, splits: true)
        model = .bytePairs(
            BytePairEncoding(
                table: table, merges: .everyToken, unknownID: nil, fusesUnknown: false,
                continuingPrefix: "", endSuffix: "", ignoresMerges: false))
        addedTokens = AddedTokens(
            special.enumerated().map { AddedTokens.Token(id: first + $0, content: $1) },
            normalizer: nil)
        postProcessor = PostProcessor()
        decoder = .byteLevel
    }
}
