/// Collects a sentence's words and tags, and makes utterances of them, each balanced by itself.
///
/// The engine loses count of its open tags where a sentence ends, so none stays open for the next.
struct SSMLBuilder {
    private(set) var utterances: [Utterance] = []
    private var text: [Unicode.Scalar] = []
    private var origins: [Utterance.Origin] = []
    private var source: Range<Int>?
    private var open: [EngineTag] = []
    private var language: String?
    private var pauseSeconds = 0.0
    private var hasWords = false
    /// Nothing but white space has come, which no sentence begins with.
    private var isBlank = true

    mutating func add(_ spoken: SpokenText, _ tags: [EngineTag], _ language: String?) {
        prepare(tags, language)
        let words = spoken.words
        var places: [Int] = []
        for scalar in words.scalars {
            places.append(text.count)
            if scalar.isSpace, isBlank { continue }
            isBlank = false
            text += escaped(String(Character(scalar))).unicodeScalars
            // The engine would take two of them for the beginning of phonemes.
            if scalar == "[" { text.append(" ") }
        }
        places.append(text.count)
        for origin in words.origins {
            note(
                places[origin.spoken.lowerBound]..<places[origin.spoken.upperBound], origin.written)
        }
    }

    mutating func add(characters: Passage, _ tags: [EngineTag], _ language: String?) {
        prepare(tags, language)
        for (scalar, place) in zip(characters.scalars, characters.places) where !scalar.isSpace {
            let start = text.count
            let name = escaped(String(Character(scalar)))
            text += "<say-as interpret-as=\"tts:char\">\(name)</say-as>".unicodeScalars
            note(start..<text.count, place)
            text.append(" ")
        }
    }

    mutating func add(
        phonemes: String, for passage: Passage, _ tags: [EngineTag], _ language: String?
    ) {
        guard let place = passage.source else { return }
        prepare(tags, language)
        let start = text.count
        text += "[[\(escaped(phonemes))]]".unicodeScalars
        note(start..<text.count, place)
    }

    /// A place that the engine reports when it comes to it.
    mutating func add(mark name: String, at place: Int) {
        let safe = name.prefix(60).filter { $0.isLetter || $0.isNumber || "._-: ".contains($0) }
        text += "<mark name=\"\(safe)\"/>".unicodeScalars
    }

    mutating func addSpace(at passage: Passage) {
        if !passage.isEmpty, !text.isEmpty { text.append(" ") }
    }

    /// Makes an utterance of what has come.
    ///
    /// - Parameters:
    ///   - isContinued: the sentence goes on with the next one.
    ///   - next: silence before that, seconds.
    mutating func flush(isContinued: Bool = false, pauseBefore next: Double = 0) {
        if hasWords, let written = source {
            close(downTo: 0)
            let (safe, places, _) = speakable(text, origins)
            utterances.append(
                Utterance(
                    text: safe.text, source: written, origins: places,
                    pauseSeconds: pauseSeconds, language: language, isContinued: isContinued,
                    isMarkup: true))
            pauseSeconds = 0
            text = []
            origins = []
            source = nil
            hasWords = false
            isBlank = true
        }
        pauseSeconds = next > 0 ? max(pauseSeconds, next) : pauseSeconds
        if text.isEmpty { open = [] }
    }

    private mutating func prepare(_ tags: [EngineTag], _ language: String?) {
        if hasWords, language != self.language { flush(isContinued: true) }
        if hasWords, text.count > SentenceSplitter.longestSentence { flush() }
        self.language = language
        let common = zip(open, tags).prefix { $0 == $1 }.count
        close(downTo: common)
        for tag in tags[common...] {
            text += tag.opening.unicodeScalars
            open.append(tag)
        }
    }

    private mutating func close(downTo count: Int) {
        while open.count > count, let tag = open.popLast() { text += tag.closing.unicodeScalars }
    }

    private mutating func note(_ spoken: Range<Int>, _ written: Range<Int>) {
        hasWords = true
        isBlank = false
        origins.append(Utterance.Origin(spoken: spoken, written: written))
        let lower = min(source?.lowerBound ?? written.lowerBound, written.lowerBound)
        source = lower..<max(source?.upperBound ?? written.upperBound, written.upperBound)
    }
}
