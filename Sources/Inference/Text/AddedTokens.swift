/// Tokens that are found in a text whole, before the model cuts the rest.
///
/// Source: `tokenizers/src/tokenizer/added_vocabulary.rs`.
struct AddedTokens: Sendable {
    struct Token: Sendable {
        let id: Int
        let content: String
        var isSpecial = true
        /// Looked for after normalisation, in its own normalised form.
        var isNormalized = false
        /// Not found inside of a longer word.
        var isSingleWord = false
        /// Takes the white space before it along.
        var takesSpaceBefore = false
        var takesSpaceAfter = false
    }

    enum Part {
        case text([Unicode.Scalar])
        case token(Int)
    }

    let all: [Token]
    private let byID: [Int: Token]
    private let idOfContent: [String: Int]
    /// By first letter, the longest first.
    private let raw: [Unicode.Scalar: [(spelling: [Unicode.Scalar], token: Token)]]
    private let normalized: [Unicode.Scalar: [(spelling: [Unicode.Scalar], token: Token)]]

    init(_ tokens: [Token], normalizer: Normalizer?) {
        all = tokens
        byID = Dictionary(tokens.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        idOfContent = Dictionary(tokens.map { ($0.content, $0.id) }, uniquingKeysWith: { $1 })
        func index(_ tokens: [Token], _ spell: ([Unicode.Scalar]) -> [Unicode.Scalar])
            -> [Unicode.Scalar: [(spelling: [Unicode.Scalar], token: Token)]]
        {
            let spelled = tokens.map {
                (spelling: spell(Array($0.content.unicodeScalars)), token: $0)
            }
            .filter { !$0.spelling.isEmpty }
            return Dictionary(grouping: spelled) { $0.spelling[0] }
                .mapValues { $0.sorted { $0.spelling.count > $1.spelling.count } }
        }
        raw = index(tokens.filter { !$0.isNormalized }) { $0 }
        normalized = index(tokens.filter { $0.isNormalized }) { normalizer?($0) ?? $0 }
    }

    func id(of content: String) -> Int? { idOfContent[content] }
    subscript(id: Int) -> Token? { byID[id] }

    /// Cuts a text at the tokens, and normalises what lies between them.
    func parts(of text: [Unicode.Scalar], _ normalizer: Normalizer?) -> [Part] {
        cut(text, at: raw).flatMap { part in
            guard case .text(let text) = part else { return [part] }
            return cut(normalizer?(text) ?? text, at: normalized)
        }
    }

    private func cut(
        _ text: [Unicode.Scalar],
        at tokens: [Unicode.Scalar: [(spelling: [Unicode.Scalar], token: Token)]]
    ) -> [Part] {
        var parts: [Part] = []
        var done = 0
        var position = 0
        while position < text.count {
            guard
                let (spelling, token) = tokens[text[position]]?.first(where: {
                    text[position...].starts(with: $0.spelling)
                })
            else {
                position += 1
                continue
            }
            var start = position
            var end = position + spelling.count
            position = end
            if token.isSingleWord, touchesWord(text, start, end) { continue }
            if token.takesSpaceBefore {
                while start > done, text[start - 1].isWhitespace { start -= 1 }
            }
            if token.takesSpaceAfter {
                while end < text.count, text[end].isWhitespace { end += 1 }
            }
            if done < start { parts.append(.text(Array(text[done..<start]))) }
            parts.append(.token(token.id))
            done = end
            position = end
        }
        if done < text.count { parts.append(.text(Array(text[done...]))) }
        return parts
    }

    private func touchesWord(_ text: [Unicode.Scalar], _ start: Int, _ end: Int) -> Bool {
        (start > 0 && text[start - 1].isWordLetter) || (end < text.count && text[end].isWordLetter)
    }
}
