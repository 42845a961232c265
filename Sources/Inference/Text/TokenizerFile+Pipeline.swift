// The parts around the model, each refused by name where its type is not known.

extension TokenizerFile {
    func normalizer() throws(TokenizerError) -> Normalizer? {
        guard let value = self["normalizer"] else { return nil }
        return try normalizer(value)
    }

    private func normalizer(_ value: JSONValue) throws(TokenizerError) -> Normalizer {
        switch value["type"]?.string {
        case "Sequence":
            return .sequence(
                try list(value, "normalizers").map { value throws(TokenizerError) in
                    try normalizer(value)
                })
        case "BertNormalizer":
            let lowercases = try flag(value, "lowercase")
            return .bert(
                Normalizer.Bert(
                    cleansText: try flag(value, "clean_text"),
                    partsIdeographs: try flag(value, "handle_chinese_chars"),
                    stripsAccents: value["strip_accents"]?.boolean ?? lowercases,
                    lowercases: lowercases))
        case "Lowercase": return .lowercase
        case "NFC": return .composed
        case "NFD": return .decomposed
        case "StripAccents": return .stripAccents
        case "Replace":
            return .replace(
                try pattern(value), with: Array(try text(value, "content").unicodeScalars))
        default: throw unknown("normalizer", value)
        }
    }

    func preTokenizer() throws(TokenizerError) -> PreTokenizer? {
        guard let value = self["pre_tokenizer"] else { return nil }
        return try preTokenizer(value)
    }

    private func preTokenizer(_ value: JSONValue) throws(TokenizerError) -> PreTokenizer {
        switch value["type"]?.string {
        case "Sequence":
            return .sequence(
                try list(value, "pretokenizers").map { value throws(TokenizerError) in
                    try preTokenizer(value)
                })
        case "BertPreTokenizer": return .bert
        case "ByteLevel":
            // "use_regex" came later; files without it were made when it was always done.
            return .byteLevel(
                addsPrefixSpace: try flag(value, "add_prefix_space"),
                splits: value["use_regex"]?.boolean ?? true)
        case "Split":
            guard let behavior = PreTokenizer.SplitBehavior(rawValue: try text(value, "behavior"))
            else { throw .field(file: path, name: "behavior") }
            return .split(
                try pattern(value), behavior, inverted: value["invert"]?.boolean ?? false)
        case "Whitespace": return .whitespace
        case "WhitespaceSplit": return .whitespaceSplit
        case "Digits": return .digits(individual: try flag(value, "individual_digits"))
        default: throw unknown("pre-tokenizer", value)
        }
    }

    func postProcessor() throws(TokenizerError) -> PostProcessor {
        guard let value = self["post_processor"] else { return PostProcessor() }
        return try postProcessor(value)
    }

    private func postProcessor(_ value: JSONValue) throws(TokenizerError) -> PostProcessor {
        switch value["type"]?.string {
        case "Sequence":
            var whole = PostProcessor()
            for part in try list(value, "processors") {
                let part = try postProcessor(part)
                whole.before = part.before + whole.before
                whole.after += part.after
            }
            return whole
        case "BertProcessing", "RobertaProcessing":
            guard let first = value["cls"]?.array?.last?.integer,
                let last = value["sep"]?.array?.last?.integer
            else { throw .field(file: path, name: "post_processor") }
            return PostProcessor(before: [first], after: [last])
        case "ByteLevel": return PostProcessor()
        case "TemplateProcessing": return try template(value)
        default: throw unknown("post-processor", value)
        }
    }

    private func template(_ value: JSONValue) throws(TokenizerError) -> PostProcessor {
        var processor = PostProcessor()
        var isAfter = false
        for piece in try list(value, "single") {
            if piece["Sequence"]?["id"] == .string("A"), !isAfter {
                isAfter = true
            } else if let name = piece["SpecialToken"]?["id"]?.string,
                let ids = value["special_tokens"]?[name]?["ids"]?.array?.map(\.integer),
                !ids.contains(nil)
            {
                if isAfter {
                    processor.after += ids.compactMap { $0 }
                } else {
                    processor.before += ids.compactMap { $0 }
                }
            } else {
                throw .field(file: path, name: "post_processor.single")
            }
        }
        guard isAfter else { throw .field(file: path, name: "post_processor.single") }
        return processor
    }

    func decoder(cleansText: Bool) throws(TokenizerError) -> TokenDecoder {
        guard let value = self["decoder"] else { return .plain }
        switch value["type"]?.string {
        case "WordPiece":
            let cleans = try flag(value, "cleanup")
            return .wordPiece(
                prefix: try text(value, "prefix"),
                cleanUp: cleans ? (cleansText ? .text : .tokens) : .none)
        case "ByteLevel": return .byteLevel
        case "BPEDecoder": return .suffix(try text(value, "suffix"))
        default: throw unknown("decoder", value)
        }
    }

    private func list(_ value: JSONValue, _ name: String) throws(TokenizerError) -> [JSONValue] {
        guard let list = value[name]?.array else { throw .field(file: path, name: name) }
        return list
    }

    private func pattern(_ value: JSONValue) throws(TokenizerError) -> SplitPattern {
        if let literal = value["pattern"]?["String"]?.string, !literal.isEmpty {
            return SplitPattern(literal: literal)
        }
        guard let source = value["pattern"]?["Regex"]?.string else {
            throw .field(file: path, name: "pattern")
        }
        guard let pattern = SplitPattern(source) else {
            throw .unknownPattern(file: path, pattern: source)
        }
        return pattern
    }
}
