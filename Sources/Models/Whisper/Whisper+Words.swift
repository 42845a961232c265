import Inference

extension Whisper {
    /// Tokens that make a word, with the space before it and the punctuation that belongs to it.
    package struct Word: Sendable, Equatable {
        package var text: String
        package var tokens: [Int]
    }

    /// Cuts a text into words; all of them joined are the text.
    ///
    /// Source: openai/whisper, `tokenizer.py`, function `split_to_word_tokens`.
    ///
    /// - Parameters:
    ///   - tokens: ids of text alone
    ///   - tokenizer: the model's
    ///   - language: a code, as in "en"
    /// - Returns: in the order of the text
    package static func words(
        of tokens: [Int], _ tokenizer: Tokenizer, language: String
    ) -> [Word] {
        let parts = wholeCharacters(of: tokens, tokenizer)
        return unspacedLanguages.contains(language) ? parts : joinedAtSpaces(parts)
    }

    /// Languages written without spaces between words: there, each group of whole characters is one.
    private static let unspacedLanguages: Set<String> = ["zh", "ja", "th", "lo", "my", "yue"]

    /// The least groups of tokens that spell whole characters.
    private static func wholeCharacters(of tokens: [Int], _ tokenizer: Tokenizer) -> [Word] {
        var decoder = StreamingDecoder(tokenizer)
        var words: [Word] = []
        var word = Word(text: "", tokens: [])
        for token in tokens {
            word.text += decoder.append(token)
            word.tokens.append(token)
            guard decoder.isWhole else { continue }
            words.append(word)
            word = Word(text: "", tokens: [])
        }
        guard !word.tokens.isEmpty else { return words }
        word.text += decoder.finish()
        return words + [word]
    }

    /// A word begins at a space and at punctuation.
    private static func joinedAtSpaces(_ parts: [Word]) -> [Word] {
        parts.reduce(into: []) { words, part in
            if words.isEmpty || part.text.unicodeScalars.first == " "
                || isIn(punctuation, part.text.trimmingSpace)
            {
                words.append(part)
            } else {
                words[words.count - 1].text += part.text
                words[words.count - 1].tokens += part.tokens
            }
        }
    }

    /// Python's `string.punctuation`.
    private static let punctuation = ##"!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"##

    /// Joins punctuation to the word that it belongs to.
    ///
    /// Source: openai/whisper, `timing.py`, function `merge_punctuations`.
    ///
    /// - Returns: as many words or fewer, which joined are the same text; the times of punctuation
    ///   are given up.
    static func punctuationJoined(_ words: [TimedWord]) -> [TimedWord] {
        var fromEnd: [TimedWord] = []
        for word in words.reversed() {
            // Opening punctuation stands after a space.
            if !fromEnd.isEmpty, word.text.unicodeScalars.first == " ",
                isIn(openings, word.text.trimmingSpace)
            {
                fromEnd[fromEnd.count - 1].text = word.text + fromEnd[fromEnd.count - 1].text
            } else {
                fromEnd.append(word)
            }
        }
        return fromEnd.reversed().reduce(into: []) { joined, word in
            if let previous = joined.last, previous.text.unicodeScalars.last != " ",
                isIn(closings, word.text)
            {
                joined[joined.count - 1].text += word.text
            } else {
                joined.append(word)
            }
        }
    }

    // The defaults of `transcribe.py`, `prepend_punctuations` and `append_punctuations`.
    private static let openings = "\"'“¿([{-"
    private static let closings = "\"'.。,，!！?？:：”)]}、"

    static func endsSentence(_ text: String) -> Bool { isIn(".。!！?？", text) }

    /// Python's `text in marks`: true of any run of them that stands together there, and of none.
    private static func isIn(_ marks: String, _ text: String) -> Bool {
        let (marks, text) = (Array(marks.unicodeScalars), Array(text.unicodeScalars))
        guard text.count <= marks.count else { return false }
        return (0...(marks.count - text.count)).contains { marks[$0...].starts(with: text) }
    }
}

extension String {
    /// Without the white space at both ends.
    fileprivate var trimmingSpace: String {
        let scalars = unicodeScalars
        let isText = { (scalar: Unicode.Scalar) in !scalar.properties.isWhitespace }
        guard let first = scalars.firstIndex(where: isText),
            let last = scalars.lastIndex(where: isText)
        else { return "" }
        return String(scalars[first...last])
    }
}
