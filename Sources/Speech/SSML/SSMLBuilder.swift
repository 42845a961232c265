/// Who says a text of a document; nil leaves that to the user's choice.
struct SSMLSpeaker: Equatable {
    var language: String?
    var voice = VoiceWish()

    /// The speaker of a part in another language: a voice that was named for one reads no other.
    func speaking(_ language: String?) -> SSMLSpeaker {
        SSMLSpeaker(
            language: language, voice: VoiceWish(gender: voice.gender, number: voice.number))
    }
}

/// Collects a sentence's words and tags, and makes utterances of them, each balanced by itself.
///
/// The engine loses count of its open tags where a sentence ends, so none stays open for the next.
struct SSMLBuilder {
    private static let longestName = 60

    private var utterances: [Utterance] = []
    private var text: [Unicode.Scalar] = []
    private var origins: [Utterance.Origin] = []
    private var bookmarks: [Utterance.Bookmark] = []
    private var source: Range<Int>?
    private var open: [EngineTag] = []
    private var speaker = SSMLSpeaker()
    private var pauseSeconds = 0.0
    private var hasWords = false
    /// Nothing but white space has come, which no sentence begins with.
    private var isBlank = true

    mutating func add(_ spoken: SpokenText, _ tags: [EngineTag], _ speaker: SSMLSpeaker) {
        prepare(tags, speaker)
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

    mutating func add(characters: Passage, _ tags: [EngineTag], _ speaker: SSMLSpeaker) {
        prepare(tags, speaker)
        for (scalar, place) in zip(characters.scalars, characters.places) where !scalar.isSpace {
            let start = text.count
            let name = escaped(String(Character(scalar)))
            text += "<say-as interpret-as=\"tts:char\">\(name)</say-as>".unicodeScalars
            note(start..<text.count, place)
            text.append(" ")
        }
    }

    mutating func add(
        phonemes: String, for passage: Passage, _ tags: [EngineTag], _ speaker: SSMLSpeaker
    ) {
        guard let place = passage.source else { return }
        prepare(tags, speaker)
        let start = text.count
        text += "[[\(escaped(phonemes))]]".unicodeScalars
        note(start..<text.count, place)
    }

    /// A place whose time is wanted.
    mutating func add(mark name: String, at place: Int) {
        bookmarks.append(
            Utterance.Bookmark(
                name: String(name.prefix(Self.longestName)), spoken: text.count, written: place))
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
            var utterance = Utterance(
                text: safe.text, source: written, origins: places, pauseSeconds: pauseSeconds,
                language: speaker.language, voice: speaker.voice.isEmpty ? nil : speaker.voice,
                isContinued: isContinued,
                isMarkup: true)
            utterance.bookmarks = bookmarks
            utterances.append(utterance)
            bookmarks = []
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

    /// Ends the document; places behind the last word are reached when that is said.
    mutating func finish() -> [Utterance] {
        flush()
        if let last = utterances.indices.last {
            let end = utterances[last].text.unicodeScalars.count
            utterances[last].bookmarks += bookmarks.map {
                Utterance.Bookmark(name: $0.name, spoken: end, written: $0.written)
            }
        }
        return utterances
    }

    private mutating func prepare(_ tags: [EngineTag], _ speaker: SSMLSpeaker) {
        if hasWords, speaker != self.speaker { flush(isContinued: true) }
        if hasWords, text.count > SentenceSplitter.longestSentence { flush() }
        self.speaker = speaker
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
