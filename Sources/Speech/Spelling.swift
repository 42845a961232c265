/// Names each character, with a rest between words.
///
/// The engine has the names, in the language of its voice; markup asks it for them one by one, for
/// a word of letters would be a heap of sounds.
///
/// - Parameter utterance: plain text.
/// - Returns: markup for the engine.
func spelled(_ utterance: Utterance) -> Utterance {
    var result = utterance
    var markup: [Unicode.Scalar] = []
    var origins: [Utterance.Origin] = []
    var isResting = false
    for (i, character) in characters(of: utterance.text).enumerated() {
        let written = utterance.place(ofScalar: character.start)
        if character.text.unicodeScalars.allSatisfy(\.isSpace) {
            if i > 0, !isResting { markup += ", ".unicodeScalars }
            isResting = true
            continue
        }
        isResting = false
        let start = markup.count
        let name = character.text.unicodeScalars.count > 1 ? "characters" : "tts:char"
        markup +=
            "<say-as interpret-as=\"\(name)\">\(escaped(character.text))</say-as> ".unicodeScalars
        origins.append(Utterance.Origin(spoken: start..<markup.count - 1, written: written))
    }
    result.text = String(String.UnicodeScalarView(markup))
    result.origins = origins
    result.isMarkup = true
    return result
}

/// Text that means itself in the engine's markup.
func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        .replacing("[[", with: "[ [")
}

private func characters(of text: String) -> [(text: String, start: Int)] {
    var start = 0
    return text.map { character in
        defer { start += character.unicodeScalars.count }
        return (String(character), start)
    }
}

extension Utterance {
    /// Where a scalar of `text` is written.
    fileprivate func place(ofScalar index: Int) -> Range<Int> {
        guard !origins.isEmpty else {
            return source.lowerBound + index..<source.lowerBound + index + 1
        }
        return origins.last { $0.spoken.lowerBound <= index }?.written ?? source
    }
}
