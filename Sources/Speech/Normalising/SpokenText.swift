/// What is said in place of what is written, and which words come from where.
package struct SpokenText: Sendable, Equatable {
    private var scalars: [Unicode.Scalar] = []
    private var origins: [Utterance.Origin] = []
    private var written: Range<Int>?
    /// Whether what is said has other characters, or others between, than what is written.
    private var isChanged = false
    /// Whether the last origin is a word taken over as it is, which the next letter may continue.
    private var endsInCopy = false

    package init() {}

    package var text: String { String(String.UnicodeScalarView(scalars)) }

    package var isEmpty: Bool { scalars.isEmpty }

    /// Takes characters over as they are.
    package mutating func copy(_ passage: Passage) {
        if !endsInCopy, let first = passage.scalars.first { separate(from: first) }
        for (scalar, place) in zip(passage.scalars, passage.places) {
            if place.count != 1 || place.lowerBound != written?.upperBound ?? place.lowerBound {
                isChanged = true
            }
            note(place)
            let last = origins.last
            scalars.append(scalar)
            guard !scalar.isSpace else { continue }
            let end = scalars.count
            // Markup may stand inside a word, but a mark behind markup is none of the word.
            if let last, endsInCopy, last.spoken.upperBound == end - 1,
                !scalar.isWordOfItsOwn,
                scalar.continuesWord || place.lowerBound == last.written.upperBound
            {
                origins[origins.count - 1] = Utterance.Origin(
                    spoken: last.spoken.lowerBound..<end,
                    written: last.written
                        .lowerBound..<max(
                            place.upperBound, last.written.upperBound))
            } else {
                origins.append(Utterance.Origin(spoken: end - 1..<end, written: place))
            }
            endsInCopy = true
        }
    }

    /// Says `words` where `passage` is written.
    package mutating func say(_ words: String, for passage: Passage) {
        guard let source = passage.source else { return }
        isChanged = true
        note(source)
        guard let first = words.unicodeScalars.first else { return }
        separate(from: first)
        let start = scalars.count
        scalars += words.unicodeScalars
        origins.append(Utterance.Origin(spoken: start..<scalars.count, written: source))
        endsInCopy = false
    }

    /// All words with where they are written, also where nothing was changed.
    var words: (scalars: [Unicode.Scalar], origins: [Utterance.Origin]) { (scalars, origins) }

    /// The sentence, without what would harm the engine; nil if no sound is left.
    package func utterance(
        pauseSeconds: Double = 0, pitchRise: Int = 0, language: String? = nil
    ) -> Utterance? {
        guard let written else { return nil }
        let (text, origins, isSafe) = speakable(scalars, origins)
        guard !text.isSilent else { return nil }
        return Utterance(
            text: text.text, source: written, origins: isChanged || !isSafe ? origins : [],
            pauseSeconds: pauseSeconds, pitchRise: pitchRise, language: language)
    }

    /// "5km" in words needs a space where the written form has none.
    private mutating func separate(from next: Unicode.Scalar) {
        guard let last = scalars.last, last.continuesWord, next.continuesWord else { return }
        scalars.append(" ")
        isChanged = true
    }

    private mutating func note(_ place: Range<Int>) {
        let lower = min(written?.lowerBound ?? place.lowerBound, place.lowerBound)
        written = lower..<max(written?.upperBound ?? place.upperBound, place.upperBound)
    }
}

extension Unicode.Scalar {
    /// Chinese and Japanese put no spaces between words.
    fileprivate var isWordOfItsOwn: Bool { properties.isIdeographic || (0x3040..<0x3100) ~= value }
}
