/// Ids one at a time in, text out as soon as no later id can change it.
///
/// All texts given out, joined, are what `Tokenizer.decode` gives for all ids at once.
package struct StreamingDecoder: Sendable {
    private let tokenizer: Tokenizer
    private let skipsSpecialTokens: Bool
    private var isFirst = true
    /// Bytes of a character that is not whole yet.
    private var bytes: [UInt8] = []
    /// Words of word pieces, each with the space before it, that may go on or change their spaces.
    private var words: [String] = []

    package init(_ tokenizer: Tokenizer, skippingSpecialTokens: Bool = true) {
        self.tokenizer = tokenizer
        skipsSpecialTokens = skippingSpecialTokens
    }

    /// Whether nothing is held back: the ids so far are a text of whole characters and words.
    package var isWhole: Bool { bytes.isEmpty && words.isEmpty }

    /// - Parameter id: the next id.
    /// - Returns: the text that is certain now, often none.
    package mutating func append(_ id: Int) -> String {
        guard
            let token = tokenizer.spelling(of: id, skippingSpecialTokens: skipsSpecialTokens)
        else { return "" }
        defer { isFirst = false }
        switch tokenizer.decoder {
        case .wordPiece(let prefix, let cleanUp):
            TokenDecoder.append(token, prefix, cleanUp, isFirst: isFirst, to: &words)
            return settledWords(cleanUp)
        case .byteLevel:
            bytes += ByteAlphabet.bytes(of: token)
            return settledCharacters()
        case .suffix(let suffix):
            // The last token's suffix is no space, so each token waits for the next.
            defer { words = [token] }
            return words.map { $0.replacing(suffix, with: " ") }.joined()
        case .plain: return isFirst ? token : " " + token
        }
    }

    /// The rest, when no id follows.
    package mutating func finish() -> String {
        defer {
            bytes = []
            words = []
        }
        return switch tokenizer.decoder {
        case .wordPiece(_, let cleanUp): TokenDecoder.text(words, cleanUp)
        case .byteLevel: String(decoding: bytes, as: UTF8.self)
        case .suffix(let suffix): words.map { $0.replacing(suffix, with: "") }.joined()
        case .plain: ""
        }
    }

    /// Takes the words whose spaces are certain.
    ///
    /// The last word may go on. Before it, an apostrophe loses its spaces if a space follows, and an
    /// "n" its own if "'" and "t" follow; so these two wait for the word after them.
    private mutating func settledWords(_ cleanUp: TokenDecoder.CleanUp) -> String {
        var held = words.count - 1
        if cleanUp == .text {
            while held > 0, [" '", "'", " n", "n"].contains(words[held - 1]) { held -= 1 }
        }
        guard held > 0 else { return "" }
        let text = TokenDecoder.text(Array(words[..<held]), cleanUp)
        words.removeFirst(held)
        return text
    }

    /// Takes the bytes up to a character that needs more.
    private mutating func settledCharacters() -> String {
        let held = incompleteTail(bytes)
        let text = String(decoding: bytes[..<(bytes.count - held)], as: UTF8.self)
        bytes.removeFirst(bytes.count - held)
        return text
    }
}

/// How many bytes at the end begin a character that later bytes may complete: 0 to 3.
private func incompleteTail(_ bytes: [UInt8]) -> Int {
    for length in 1...3 where length <= bytes.count {
        let tail = bytes.suffix(length)
        guard let lead = tail.first, lead & 0xC0 != 0x80 else { continue }
        let needed =
            switch lead {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        guard length < needed else { return 0 }
        return length == 1 || isPossible(second: tail[tail.startIndex + 1], after: lead)
            ? length : 0
    }
    return 0
}

/// Some lead bytes allow fewer second bytes: overlong forms, surrogates, beyond U+10FFFF.
private func isPossible(second: UInt8, after lead: UInt8) -> Bool {
    switch lead {
    case 0xE0: second >= 0xA0
    case 0xED: second < 0xA0
    case 0xF0: second >= 0x90
    case 0xF4: second < 0x90
    default: true
    }
}
