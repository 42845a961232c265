/// How tokens become text again.
///
/// Source: `tokenizers/src/decoders/`.
enum TokenDecoder: Sendable {
    /// Words with spaces between, pieces with this prefix joined to the word before.
    case wordPiece(prefix: String, cleanUp: CleanUp)
    /// Tokens spell bytes.
    case byteLevel
    /// Tokens joined; this suffix of a word's last token becomes a space.
    case suffix(String)
    /// Tokens with spaces between.
    case plain

    /// What happens to the spaces before punctuation.
    enum CleanUp: Sendable {
        case none
        /// Inside of each token, as `tokenizers` does.
        case tokens
        /// Then in the whole text, as `transformers` does where `clean_up_tokenization_spaces` holds.
        case text
    }

    func callAsFunction(_ tokens: [String]) -> String {
        switch self {
        case .wordPiece(let prefix, let cleanUp):
            var words: [String] = []
            for token in tokens { TokenDecoder.append(token, prefix, cleanUp, to: &words) }
            return TokenDecoder.text(words, cleanUp)
        case .byteLevel:
            return String(decoding: tokens.flatMap { ByteAlphabet.bytes(of: $0) }, as: UTF8.self)
        case .suffix(let suffix):
            return tokens.enumerated().map { i, token in
                token.replacing(suffix, with: i == tokens.count - 1 ? "" : " ")
            }.joined()
        case .plain: return tokens.joined(separator: " ")
        }
    }

    /// Adds a token as a new word, its space before it, or to the word before.
    static func append(
        _ token: String, _ prefix: String, _ cleanUp: CleanUp, isFirst: Bool? = nil,
        to words: inout [String]
    ) {
        if isFirst ?? words.isEmpty {
            words.append(cleanUp == .none ? token : cleanedToken(token))
        } else if token.hasPrefix(prefix) {
            let rest = String(token.dropFirst(prefix.count))
            let joined = cleanUp == .none ? rest : cleanedToken(rest)
            words.append((words.popLast() ?? "") + joined)
        } else {
            words.append(cleanUp == .none ? " " + token : cleanedToken(" " + token))
        }
    }

    static func text(_ words: [String], _ cleanUp: CleanUp) -> String {
        let text = words.joined()
        return cleanUp == .text ? cleanedText(text) : text
    }
}

/// Source: `cleanup` in `tokenizers/src/decoders/wordpiece.rs`.
private func cleanedToken(_ token: String) -> String {
    replaced(
        token,
        [
            (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
            (" 'm", "'m"), (" do not", " don't"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
        ])
}

/// Source: `clean_up_tokenization` in `tokenization_utils_base.py` of transformers.
private func cleanedText(_ text: String) -> String {
    replaced(
        text,
        [
            (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
            (" 'm", "'m"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
        ])
}

/// Replaces by scalars: a combining mark after a full stop does not hide it.
private func replaced(_ text: String, _ pairs: [(String, String)]) -> String {
    guard text.utf8.contains(UInt8(ascii: " ")) else { return text }
    var bytes = Array(text.utf8)
    for (dirty, clean) in pairs {
        let dirty = Array(dirty.utf8)
        var result: [UInt8] = []
        var i = 0
        while i < bytes.count {
            if bytes[i] == dirty[0], bytes[i...].starts(with: dirty) {
                result.append(contentsOf: clean.utf8)
                i += dirty.count
            } else {
                result.append(bytes[i])
                i += 1
            }
        }
        bytes = result
    }
    return String(decoding: bytes, as: UTF8.self)
}
