/// A `tokenizer.json` in the form in which it is kept: its outline as text, its long lists as tables.
///
/// Reading fifty thousand tokens and as many merges from JSON takes twenty times as long.
struct KeptTokenizer {
    struct Lists: Sendable {
        let vocabulary: TokenTable
        /// Nil for a model that has none.
        let merges: MergeTable?
        let added: [AddedTokens.Token]
    }

    /// The file with these lists left empty.
    let outline: [UInt8]
    let lists: Lists

    private static let name = "tokenizer.json"

    /// What a tokenizer was read from.
    ///
    /// - Parameters:
    ///   - outline: of the file
    ///   - tokenizer: made of the whole file
    init(outline: [UInt8], _ tokenizer: Tokenizer) {
        self.outline = outline
        var merges: MergeTable?
        if case .bytePairs(let model) = tokenizer.model, case .listed(let table) = model.merges {
            merges = table
        }
        lists = Lists(
            vocabulary: tokenizer.model.table, merges: merges, added: tokenizer.addedTokens.all)
    }

    /// What an earlier start kept; nil where it is not there, or not as it was written.
    init?(_ prepared: PreparedWeights) {
        guard let contents = prepared.contents(named: KeptTokenizer.name, .tokenizer) else {
            return nil
        }
        do {
            var reader = ByteReader(contents)
            outline = Array(try reader.blob())
            let vocabulary = try TokenTable(&reader)
            let merges: MergeTable? =
                try reader.number() == 1
                ? try MergeTable(&reader, idEnd: vocabulary.idEnd) : nil
            lists = Lists(
                vocabulary: vocabulary, merges: merges, added: try AddedTokens.Token.list(&reader))
            try reader.end()
        } catch {
            return nil
        }
    }

    func keep(in prepared: PreparedWeights?) {
        guard let prepared else { return }
        var out = ByteWriter()
        out.blob(outline)
        lists.vocabulary.write(&out)
        out.number(lists.merges == nil ? 0 : 1)
        lists.merges?.write(&out)
        out.number(lists.added.count)
        for token in lists.added { token.write(&out) }
        prepared.keep(out.bytes, named: KeptTokenizer.name, .tokenizer)
    }
}

extension AddedTokens.Token {
    fileprivate func write(_ out: inout ByteWriter) {
        out.number(id)
        let flags = [isSpecial, isNormalized, isSingleWord, takesSpaceBefore, takesSpaceAfter]
        out.number(flags.reversed().reduce(0) { $0 << 1 | ($1 ? 1 : 0) })
        out.text(content)
    }

    fileprivate static func list(
        _ reader: inout ByteReader
    ) throws(PreparedFault) -> [AddedTokens.Token] {
        var tokens: [AddedTokens.Token] = []
        for _ in 0..<(try reader.count(ofAtLeast: 24)) {
            let (id, flags) = (try reader.number(), try reader.number())
            guard (0..<TokenTable.idLimit).contains(id) else {
                throw .damaged(part: "an added token")
            }
            tokens.append(
                AddedTokens.Token(
                    id: id, content: try reader.text(), isSpecial: flags & 1 != 0,
                    isNormalized: flags & 2 != 0, isSingleWord: flags & 4 != 0,
                    takesSpaceBefore: flags & 8 != 0, takesSpaceAfter: flags & 16 != 0))
        }
        return tokens
    }
}
