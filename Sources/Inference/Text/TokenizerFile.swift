/// A `tokenizer.json`, read: the vocabulary in its table, everything else as values.
struct TokenizerFile {
    let path: String
    private var parts: [String: JSONValue] = [:]
    private var modelFields: [String: JSONValue] = [:]
    private var vocabulary = TokenTable()
    private var merges = MergeList()
    /// What an earlier start made of the lists that the text then lacks.
    private var kept: KeptTokenizer.Lists?
    /// Where the long lists lie in the text, in order.
    private var lists: [Range<Int>] = []

    /// - Parameters:
    ///   - path: what errors name
    ///   - text: of the file, or its outline
    ///   - kept: the lists that an outline lacks
    /// - Throws: `TokenizerError`.
    init(
        _ path: String, text: [UInt8], kept: KeptTokenizer.Lists? = nil
    ) throws(TokenizerError) {
        self.path = path
        self.kept = kept
        if let kept { vocabulary = kept.vocabulary }
        do {
            var reader = try JSONReader(text)
            try reader.beginObject()
            while let key = try reader.nextKey() {
                switch (key, reader.peek()) {
                case ("model", UInt8(ascii: "{")): try readModel(&reader)
                case ("added_tokens", UInt8(ascii: "[")):
                    try list(&reader) { file, reader throws in
                        file.parts[key] = try reader.value()
                    }
                default: parts[key] = try reader.value()
                }
            }
            try reader.end()
        } catch let fault as JSONFault {
            throw .notJSON(file: path, fault)
        } catch let error as TokenizerError {
            throw error
        } catch {
            preconditionFailure("an untyped error: \(error)")
        }
    }

    private mutating func readModel(_ reader: inout JSONReader) throws {
        try reader.beginObject()
        while let key = try reader.nextKey() {
            switch (key, reader.peek()) {
            case ("vocab", UInt8(ascii: "{")):
                try list(&reader) { file, reader throws in
                    try file.vocabulary.read(&reader, file.path)
                }
            case ("merges", UInt8(ascii: "[")):
                try list(&reader) { file, reader throws in
                    try file.merges.read(&reader, file.path)
                }
            default: modelFields[key] = try reader.value()
            }
        }
    }

    private mutating func list(
        _ reader: inout JSONReader,
        _ read: (inout TokenizerFile, inout JSONReader) throws -> Void
    ) throws {
        let begin = reader.offset
        try read(&self, &reader)
        lists.append(begin..<reader.offset)
    }

    /// The text with its long lists left empty.
    func outline(of text: [UInt8]) -> [UInt8] {
        var outline: [UInt8] = []
        var begin = 0
        for list in lists {
            outline += text[begin..<list.lowerBound]
            outline += [text[list.lowerBound], text[list.upperBound - 1]]
            begin = list.upperBound
        }
        return outline + text[begin...]
    }

    /// An entry at the top of the file; nil where it is null or missing.
    subscript(name: String) -> JSONValue? {
        guard let value = parts[name], value != .null else { return nil }
        return value
    }

    func unknown(_ part: String, _ value: JSONValue) -> TokenizerError {
        guard let type = value["type"]?.string else { return .field(file: path, name: part) }
        return .unknownPart(file: path, part: part, type: type)
    }

    /// A flag that the reference requires.
    func flag(_ value: JSONValue, _ name: String) throws(TokenizerError) -> Bool {
        guard let flag = value[name]?.boolean else { throw .field(file: path, name: name) }
        return flag
    }

    func text(_ value: JSONValue, _ name: String) throws(TokenizerError) -> String {
        guard let text = value[name]?.string else { throw .field(file: path, name: name) }
        return text
    }
}

extension TokenizerFile {
    func model() throws(TokenizerError) -> Tokenizer.Model {
        let fields = JSONValue.object(modelFields)
        // The type is missing in the oldest files, where the fields tell.
        let hasMerges = merges.count > 0 || kept?.merges != nil
        switch fields["type"]?.string ?? (hasMerges ? "BPE" : "WordPiece") {
        case "WordPiece":
            let unknown = try text(fields, "unk_token")
            guard let unknownID = vocabulary.id(of: unknown.utf8) else {
                throw .field(file: path, name: "unk_token")
            }
            guard let longest = fields["max_input_chars_per_word"]?.integer, longest > 0 else {
                throw .field(file: path, name: "max_input_chars_per_word")
            }
            let prefix = try text(fields, "continuing_subword_prefix")
            return .wordPiece(
                WordPiece(
                    table: vocabulary, unknownID: unknownID, prefix: prefix, longestWord: longest))
        case "BPE": return .bytePairs(try bytePairs(fields))
        default: throw unknown("model", fields)
        }
    }

    private func bytePairs(_ fields: JSONValue) throws(TokenizerError) -> BytePairEncoding {
        for name in ["dropout", "byte_fallback"] {
            switch fields[name] {
            case nil, .boolean(false): break
            default: throw .unknownPart(file: path, part: "model", type: "BPE with \(name)")
            }
        }
        var unknownID: Int?
        if let unknown = fields["unk_token"] {
            unknownID = unknown.string.flatMap { vocabulary.id(of: $0.utf8) }
            // Whisper's files name the empty token, which not all of them have.
            if unknownID == nil, unknown.string != "" {
                throw .field(file: path, name: "unk_token")
            }
        }
        let prefix = fields["continuing_subword_prefix"]?.string ?? ""
        let table =
            if let merges = kept?.merges {
                merges
            } else {
                try merges.resolved(vocabulary, continuingPrefix: prefix, path)
            }
        return BytePairEncoding(
            table: vocabulary, merges: .listed(table),
            unknownID: unknownID, fusesUnknown: fields["fuse_unk"]?.boolean ?? false,
            continuingPrefix: prefix, endSuffix: fields["end_of_word_suffix"]?.string ?? "",
            ignoresMerges: fields["ignore_merges"]?.boolean ?? false)
    }

    func addedTokens(_ table: TokenTable) throws(TokenizerError) -> [AddedTokens.Token] {
        if let kept { return kept.added }
        var tokens: [AddedTokens.Token] = []
        for entry in self["added_tokens"]?.array ?? [] {
            guard let id = entry["id"]?.integer, (0..<TokenTable.idLimit).contains(id),
                let content = entry["content"]?.string,
                let token = AddedTokens.Token(entry, id: table.id(of: content.utf8) ?? id)
            else { throw .field(file: path, name: "added_tokens") }
            tokens.append(token)
        }
        return tokens
    }
}

extension TokenTable {
    /// Reads `{"token": id, …}`.
    mutating func read(_ reader: inout JSONReader, _ path: String) throws {
        var token: [UInt8] = []
        try reader.beginObject()
        while try reader.nextKey(appendingTo: &token) {
            let id = try reader.integer()
            guard insert(token.span, id: id) else {
                throw TokenizerError.vocabulary(
                    file: path, token: String(decoding: token, as: UTF8.self), id: id)
            }
            token.removeAll(keepingCapacity: true)
        }
    }
}

/// The merges of a file as they are spelled, before the vocabulary gives their ids.
struct MergeList {
    private var bytes: [UInt8] = []
    /// Where the left and the right part of each merge end in `bytes`.
    private var ends: [(left: Int, right: Int)] = []

    var count: Int { ends.count }

    mutating func append(left: some Sequence<UInt8>, right: some Sequence<UInt8>) {
        bytes.append(contentsOf: left)
        let leftEnd = bytes.count
        bytes.append(contentsOf: right)
        ends.append((leftEnd, bytes.count))
    }

    /// Reads `["left right", …]` or `[["left", "right"], …]`.
    mutating func read(_ reader: inout JSONReader, _ path: String) throws {
        try reader.beginArray()
        while try reader.nextElement() {
            let start = bytes.count
            var leftEnd: Int?
            if reader.peek() == UInt8(ascii: "[") {
                var parts = 0
                try reader.beginArray()
                while try reader.nextElement() {
                    try reader.string(appendingTo: &bytes)
                    if parts == 0 { leftEnd = bytes.count }
                    parts += 1
                }
                if parts != 2 { leftEnd = nil }
            } else {
                try reader.string(appendingTo: &bytes)
                leftEnd = bytes[start...].firstIndex(of: UInt8(ascii: " "))
                if let leftEnd { bytes.remove(at: leftEnd) }
            }
            guard let leftEnd else { throw TokenizerError.merge(file: path, number: count) }
            ends.append((leftEnd, bytes.count))
        }
    }

    func resolved(
        _ table: TokenTable, continuingPrefix: String, _ path: String
    ) throws(TokenizerError) -> MergeTable {
        var merges = MergeTable(capacity: count)
        let prefix = Array(continuingPrefix.utf8)
        let spelled = bytes.span
        var start = 0
        var lastJoined = -1
        for (rank, end) in ends.enumerated() {
            var joined = table.id(
                of: spelled.extracting(start..<end.right), expectedAfter: lastJoined)
            if !prefix.isEmpty, bytes[end.left..<end.right].starts(with: prefix) {
                joined = table.id(
                    of: bytes[start..<end.left] + bytes[(end.left + prefix.count)..<end.right])
            }
            guard let left = table.id(of: spelled.extracting(start..<end.left)),
                let right = table.id(of: spelled.extracting(end.left..<end.right)), let joined
            else { throw .merge(file: path, number: rank) }
            // A merge named twice has its later rank, as in the reference.
            merges.insert(left: left, right: right, rank: rank, id: joined)
            lastJoined = joined
            start = end.right
        }
        return merges
    }
}
