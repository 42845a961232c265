extension Tokenizer {
    /// Reads the tokenizer of a model folder: `tokenizer.json`, else `vocab.txt`, else `vocab.json`
    /// and `merges.txt`; what `tokenizer_config.json` says besides is heeded.
    ///
    /// - Parameters:
    ///   - folder: of the model
    ///   - prepared: where the tables of a `tokenizer.json` may lie, or are kept
    /// - Throws: `TokenizerError`.
    package init(
        folder: String, _ prepared: PreparedWeights? = nil
    ) throws(TokenizerError) {
        let settings = try TokenizerSettings(folder: folder)
        if MappedFile.exists(folder + "/tokenizer.json") {
            let path = folder + "/tokenizer.json"
            let cleansText = settings.cleansText ?? true
            if let kept = Tokenizer.kept(in: prepared, path, cleansText: cleansText) {
                self = kept
                return
            }
            let text = try readBytes(path)
            let file = try TokenizerFile(path, text: text)
            try self.init(file, cleansText: cleansText)
            KeptTokenizer(outline: file.outline(of: text), self).keep(in: prepared)
        } else if MappedFile.exists(folder + "/vocab.txt") {
            try self.init(wordPieces: folder + "/vocab.txt", settings)
        } else if MappedFile.exists(folder + "/vocab.json") {
            try self.init(
                bytePairs: folder + "/vocab.json", merges: folder + "/merges.txt", settings)
        } else {
            throw .noTokenizer(folder: folder)
        }
    }

    /// The tokenizer of that file as an earlier start kept it; nil where it did not, or not whole.
    private static func kept(
        in prepared: PreparedWeights?, _ path: String, cleansText: Bool
    ) -> Tokenizer? {
        guard let kept = prepared.flatMap(KeptTokenizer.init) else { return nil }
        do {
            let file = try TokenizerFile(path, text: kept.outline, kept: kept.lists)
            return try Tokenizer(file, cleansText: cleansText)
        } catch {
            return nil
        }
    }

    /// Reads the bytes of a `tokenizer.json`; `path` is what errors name.
    package init(
        json text: [UInt8], path: String, cleansText: Bool
    ) throws(TokenizerError) {
        try self.init(try TokenizerFile(path, text: text), cleansText: cleansText)
    }

    private init(_ file: TokenizerFile, cleansText: Bool) throws(TokenizerError) {
        normalizer = try file.normalizer()
        preTokenizer = try file.preTokenizer()
        model = try file.model()
        addedTokens = AddedTokens(try file.addedTokens(model.table), normalizer: normalizer)
        postProcessor = try file.postProcessor()
        decoder = try file.decoder(cleansText: cleansText)
    }
}

/// What `tokenizer_config.json` says, and the files beside it that older models have.
struct TokenizerSettings {
    let path: String
    let values: JSONValue
    /// Nil where nothing is said.
    let cleansText: Bool?
    private let added: [String: JSONValue]

    init(folder: String) throws(TokenizerError) {
        path = folder + "/tokenizer_config.json"
        values = try TokenizerSettings.json(path)
        cleansText = values["clean_up_tokenization_spaces"]?.boolean
        added = try TokenizerSettings.json(folder + "/added_tokens.json").object ?? [:]
    }

    /// The value of a flag, or the default of the tokenizer's class.
    func flag(_ name: String, default standard: Bool?) throws(TokenizerError) -> Bool? {
        guard let value = values[name] else { return standard }
        guard let flag = value.boolean else { throw .field(file: path, name: name) }
        return flag
    }

    /// What a special token such as "cls_token" is called.
    func token(_ name: String, default standard: String) -> String {
        values[name]?.string ?? values[name]?["content"]?.string ?? standard
    }

    /// The tokens of `added_tokens_decoder` and `added_tokens.json`, and those of the standard names
    /// that the vocabulary holds.
    func addedTokens(
        _ table: TokenTable, standard: [String]
    ) throws(TokenizerError) -> [AddedTokens.Token] {
        var tokens: [Int: AddedTokens.Token] = [:]
        for content in standard {
            if let id = table.id(of: content.utf8) { tokens[id] = .init(id: id, content: content) }
        }
        for (content, id) in added {
            guard let id = id.integer, (0..<TokenTable.idLimit).contains(id) else {
                throw .field(file: path, name: "added_tokens.json: \(content)")
            }
            tokens[id] = .init(id: id, content: content)
        }
        for (key, entry) in values["added_tokens_decoder"]?.object ?? [:] {
            guard let id = Int(key), (0..<TokenTable.idLimit).contains(id),
                let token = AddedTokens.Token(entry, id: id)
            else { throw .field(file: path, name: "added_tokens_decoder.\(key)") }
            tokens[id] = token
        }
        return tokens.values.sorted { $0.id < $1.id }
    }

    private static func json(_ path: String) throws(TokenizerError) -> JSONValue {
        guard MappedFile.exists(path) else { return .object([:]) }
        do {
            return try JSONValue(parsing: try readBytes(path))
        } catch let fault as JSONFault {
            throw .notJSON(file: path, fault)
        } catch let error as TokenizerError {
            throw error
        } catch {
            preconditionFailure("an untyped error: \(error)")
        }
    }
}

extension AddedTokens.Token {
    /// From an entry of `added_tokens` or `added_tokens_decoder`; nil where a field is not proper.
    init?(_ entry: JSONValue, id: Int) {
        guard let content = entry["content"]?.string, let isSpecial = entry["special"]?.boolean,
            let isNormalized = entry["normalized"]?.boolean,
            let isSingleWord = entry["single_word"]?.boolean,
            let takesSpaceBefore = entry["lstrip"]?.boolean,
            let takesSpaceAfter = entry["rstrip"]?.boolean
        else { return nil }
        self.init(
            id: id, content: content, isSpecial: isSpecial, isNormalized: isNormalized,
            isSingleWord: isSingleWord, takesSpaceBefore: takesSpaceBefore,
            takesSpaceAfter: takesSpaceAfter)
    }
}

func readBytes(_ path: String) throws(TokenizerError) -> [UInt8] {
    do { return try MappedFile.bytes(of: path) } catch { throw .unreadable(error) }
}
