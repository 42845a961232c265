// Models from before tokenizer.json: a plain vocabulary, and a class that says the rest.

extension Tokenizer {
    /// BERT's: one token a line.
    ///
    /// Source: `BertTokenizer` of transformers and `BertConverter` in `convert_slow_tokenizer.py`.
    init(wordPieces path: String, _ settings: TokenizerSettings) throws(TokenizerError) {
        try settings.requireClass(["BertTokenizer", "BlipTokenizer", "DistilBertTokenizer"])
        var table = TokenTable()
        var lines = try readBytes(path).split(
            separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        for (id, line) in lines.enumerated() {
            let token = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            guard table.insert(token, id: id) else {
                throw .vocabulary(file: path, token: String(decoding: token, as: UTF8.self), id: id)
            }
        }
        let names = [
            settings.token("unk_token", default: "[UNK]"),
            settings.token("cls_token", default: "[CLS]"),
            settings.token("sep_token", default: "[SEP]"),
            settings.token("pad_token", default: "[PAD]"),
            settings.token("mask_token", default: "[MASK]"),
        ]
        let ids = names.map { table.id(of: $0.utf8) }
        guard let unknown = ids[0], let first = ids[1], let last = ids[2] else {
            throw .field(file: path, name: names[ids.firstIndex(of: nil) ?? 0])
        }
        let lowercases = try settings.flag("do_lower_case", default: true) ?? true
        normalizer = .bert(
            Normalizer.Bert(
                partsIdeographs: try settings.flag("tokenize_chinese_chars", default: true) ?? true,
                stripsAccents: try settings.flag("strip_accents", default: nil) ?? lowercases,
                lowercases: lowercases))
        preTokenizer = .bert
        // The longest word is the default of `WordpieceTokenizer`.
        model = .wordPiece(
            WordPiece(table: table, unknownID: unknown, prefix: "##", longestWord: 100))
        addedTokens = AddedTokens(
            try settings.addedTokens(table, standard: names), normalizer: normalizer)
        postProcessor = PostProcessor(before: [first], after: [last])
        decoder = .wordPiece(
            prefix: "##", cleanUp: settings.cleansText ?? true ? .text : .tokens)
    }

    /// GPT-2's: tokens with ids, and merges line by line.
    ///
    /// Source: `GPT2Converter` in `convert_slow_tokenizer.py`.
    init(
        bytePairs path: String, merges mergesPath: String, _ settings: TokenizerSettings
    ) throws(TokenizerError) {
        try settings.requireClass(["GPT2Tokenizer", "WhisperTokenizer"])
        var table = TokenTable()
        do {
            var reader = try JSONReader(try readBytes(path))
            try table.read(&reader, path)
            try reader.end()
        } catch let fault as JSONFault {
            throw .notJSON(file: path, fault)
        } catch let error as TokenizerError {
            throw error
        } catch {
            preconditionFailure("an untyped error: \(error)")
        }
        let merges = try MergeList(lines: try readBytes(mergesPath), mergesPath)
        normalizer = nil
        preTokenizer = .byteLevel(
            addsPrefixSpace: try settings.flag("add_prefix_space", default: false) ?? false,
            splits: true)
        model = .bytePairs(
            BytePairEncoding(
                table: table,
                merges: .listed(
                    try merges.resolved(table, continuingPrefix: "", mergesPath)),
                unknownID: nil, fusesUnknown: false, continuingPrefix: "", endSuffix: "",
                ignoresMerges: false))
        addedTokens = AddedTokens(
            try settings.addedTokens(table, standard: ["<|endoftext|>"]), normalizer: nil)
        postProcessor = PostProcessor()
        decoder = .byteLevel
    }
}

extension TokenizerSettings {
    /// Refuses a class whose rules are not those of the files found.
    fileprivate func requireClass(_ known: [String]) throws(TokenizerError) {
        guard let name = values["tokenizer_class"]?.string else { return }
        let plain = name.hasSuffix("Fast") ? String(name.dropLast(4)) : name
        guard known.contains(plain) else {
            throw .unknownPart(file: path, part: "tokenizer without tokenizer.json", type: name)
        }
    }
}

extension MergeList {
    /// Reads a `merges.txt`: a version line, then "left right" on each line.
    fileprivate init(lines text: [UInt8], _ path: String) throws(TokenizerError) {
        self.init()
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
            if line.isEmpty || line.starts(with: "#version".utf8) { continue }
            guard let space = line.firstIndex(of: UInt8(ascii: " ")) else {
                throw .merge(file: path, number: count)
            }
            append(left: line[..<space], right: line[(space + 1)...])
        }
    }
}
