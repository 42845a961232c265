/// A moment of the speech and what is said from then on, as Amazon Polly's speech marks tell it.
package struct SpeechMark: Sendable, Equatable {
    /// `ssml` is a place that a document gives a name.
    package enum Kind: String, Sendable { case sentence, word, ssml }

    package let kind: Kind
    /// From the start of the sound.
    package let sample: Int
    /// Where it is written.
    package let place: SourcePlace
    /// What is written there, or the name.
    package let value: String

    init(kind: Kind, sample: Int, place: SourcePlace, value: String? = nil) {
        self.kind = kind
        self.sample = sample
        self.place = place
        self.value = value ?? place.text
    }
}

/// The words of an utterance, and when each is said.
///
/// The engine's own word events are no list of words: a number has several, some have no length,
/// some words none at all. So the words are cut here, and each begins with the first event at or
/// after its first letter.
package struct WordTimes: Sendable {
    /// A word: where it stands in the utterance's text, and when it begins.
    package struct Word: Sendable, Equatable {
        package let spoken: Range<Int>
        /// From the start of the sound of this utterance.
        package let sample: Int
    }

    package let words: [Word]

    /// - Parameters:
    ///   - text: what the engine was given.
    ///   - isMarkup: whether tags in it are no words.
    ///   - events: what it told, in any order.
    ///   - sampleCount: of the utterance's sound; no word begins after it.
    package init(
        of text: SpeakableText, isMarkup: Bool = false, events: [SpeechPiece.WordStart],
        sampleCount: Int
    ) {
        let events = events.filter { $0.length > 0 && $0.scalar >= 0 }.sorted {
            ($0.scalar, $0.sample) < ($1.scalar, $1.sample)
        }
        var next = 0
        var latest = 0
        words = tokens(of: Array(text.text.unicodeScalars), isMarkup: isMarkup).map { token in
            while next < events.count, events[next].scalar < token.lowerBound { next += 1 }
            // A word that has no event of its own is said along with what comes next, or was.
            let sample = next < events.count ? events[next].sample : latest
            latest = min(max(latest, sample), sampleCount)
            let start = text.sourceOffset(of: token.lowerBound)
            let last = text.sourceOffset(of: token.upperBound - 1)
            return Word(spoken: start..<max(last, start) + 1, sample: latest)
        }
    }
}

/// Words: what stands between spaces, without the punctuation around it; a Chinese character or a
/// kana is one for itself.
private func tokens(of scalars: [Unicode.Scalar], isMarkup: Bool) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start: Int?
    func close(_ end: Int) {
        if let begin = start { found.append(begin..<end) }
        start = nil
    }
    var lastLetter = 0
    var isInTag = false
    for (i, scalar) in scalars.enumerated() {
        if isMarkup, scalar == "<" || isInTag {
            if !isInTag { close(lastLetter) }
            isInTag = scalar != ">"
        } else if scalar.isSpace {
            close(lastLetter)
        } else if scalar.standsAlone {
            close(lastLetter)
            found.append(i..<i + 1)
        } else if scalar.isWordPart {
            if start == nil { start = i }
            lastLetter = i + 1
        }
    }
    close(lastLetter)
    return found
}

extension Unicode.Scalar {
    /// Letters, digits, and whatever has a name that is said: a sign, an emoji.
    fileprivate var isWordPart: Bool {
        switch properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation, .format, .control:
            self == "%" || self == "&" || self == "@" || self == "#"
        default: true
        }
    }

    /// Written without spaces, and said one by one.
    fileprivate var standsAlone: Bool {
        switch value {
        case 0x3041...0x30FA, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
            0x20000...0x323AF:
            true
        default: false
        }
    }
}

extension Utterance {
    /// The marks of this utterance.
    ///
    /// What is said and written nowhere, such as the name of a table's column, has none.
    ///
    /// - Parameters:
    ///   - times: its words, of the text that it was spoken as.
    ///   - samples: its sound in the whole.
    ///   - place: where a range of the input stands, in scalars.
    /// - Returns: its sentence, then its words and names, in the order in which they are said.
    package func marks(
        _ times: WordTimes, in samples: Range<Int>, place: (Range<Int>) -> SourcePlace
    ) -> [SpeechMark] {
        let start = samples.lowerBound
        var marks: [SpeechMark] = []
        if !source.isEmpty {
            let sentence = trimmed(source, place) { !$0.isSpace }
            marks.append(SpeechMark(kind: .sentence, sample: start, place: place(sentence)))
        }
        var names = bookmarks[...]
        func note(_ name: Bookmark, at sample: Int) {
            marks.append(
                SpeechMark(
                    kind: .ssml, sample: sample, place: place(name.written..<name.written),
                    value: name.name))
        }
        var previous: Range<Int>?
        for word in times.words {
            while let name = names.first, name.spoken <= word.spoken.lowerBound {
                note(name, at: start + word.sample)
                names.removeFirst()
            }
            let written = written(word.spoken)
            // Several words may be said for what is one when written: "$3".
            guard written != previous else { continue }
            previous = written
            if written.isEmpty { continue }
            marks.append(
                SpeechMark(
                    kind: .word, sample: start + word.sample,
                    place: place(trimmed(written, place, to: \.isWordPart))))
        }
        for name in names { note(name, at: samples.upperBound) }
        return marks
    }

    /// Written text without what is not wanted around it, as the dot of "Dr." is not; an entity such
    /// as `&amp;` is whole with its marks.
    private func trimmed(
        _ written: Range<Int>, _ place: (Range<Int>) -> SourcePlace,
        to isWanted: (Unicode.Scalar) -> Bool
    ) -> Range<Int> {
        let scalars = Array(place(written).text.unicodeScalars)
        guard let first = scalars.firstIndex(where: isWanted),
            let last = scalars.lastIndex(where: isWanted),
            scalars.first != "&" || scalars.last != ";"
        else { return written }
        return written.lowerBound + first..<written.lowerBound + last + 1
    }

    /// Finds where what is said is written.
    ///
    /// - Parameter spoken: a word of `text`, in scalars.
    /// - Returns: its origin; a word that no origin covers stands as far from the one before it as
    ///   it is said.
    package func written(_ spoken: Range<Int>) -> Range<Int> {
        if let origin = origins.first(where: { $0.spoken.overlaps(spoken) }) {
            return origin.written
        }
        let before = origins.last { $0.spoken.upperBound <= spoken.lowerBound }
        let shift =
            before.map { $0.written.upperBound - $0.spoken.upperBound } ?? source.lowerBound
        let end = max(source.upperBound, source.lowerBound)
        let lower = min(max(spoken.lowerBound + shift, source.lowerBound), end)
        return lower..<min(max(spoken.upperBound + shift, lower), end)
    }
}
