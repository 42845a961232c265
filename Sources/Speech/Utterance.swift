/// A piece of text on its way to the engine: a sentence, a heading, a row of a table.
///
/// Readers make them of what is written; a `Speaker` says them one after the other.
package struct Utterance: Sendable, Equatable {
    /// What is said, after markup was read and numbers were put into words.
    package var text: String
    /// Where it stands in the input, in Unicode scalars from its beginning.
    package var source: Range<Int>
    /// Which words of `text` come from where; in order, empty where nothing was changed.
    package var origins: [Origin]
    /// Named places of the document that are in `text`, in order.
    package var bookmarks: [Bookmark] = []
    /// Silence before it, seconds.
    package var pauseSeconds: Double
    /// Percent that the voice is higher than usual, as for a heading.
    package var pitchRise: Int
    /// As in "de" or "el"; nil for the voice that the user chose.
    package var language: String?
    /// As a document asks for it; nil for the voice of the language.
    package var voice: VoiceWish?
    /// The sentence goes on with the next utterance; no pause is due after this one.
    package var isContinued: Bool
    /// `text` is markup for the engine: checked, balanced, and escaped, with `[[phonemes]]`.
    package var isMarkup: Bool

    /// A stretch of what is said and where it is written; "three dollars" comes from "$3".
    package struct Origin: Sendable, Equatable {
        /// Scalars of the utterance's `text`.
        package let spoken: Range<Int>
        /// Scalars of the input.
        package let written: Range<Int>

        package init(spoken: Range<Int>, written: Range<Int>) {
            self.spoken = spoken
            self.written = written
        }
    }

    /// A place that a document gives a name, to hear when the speech comes there.
    package struct Bookmark: Sendable, Equatable {
        package let name: String
        /// Scalars of the utterance's `text` before it.
        package let spoken: Int
        /// Scalars of the input before it.
        package let written: Int

        package init(name: String, spoken: Int, written: Int) {
            self.name = name
            self.spoken = spoken
            self.written = written
        }
    }

    package init(
        text: String, source: Range<Int>, origins: [Origin] = [], pauseSeconds: Double = 0,
        pitchRise: Int = 0, language: String? = nil, voice: VoiceWish? = nil,
        isContinued: Bool = false, isMarkup: Bool = false
    ) {
        self.text = text
        self.source = source
        self.origins = origins
        self.pauseSeconds = pauseSeconds
        self.pitchRise = pitchRise
        self.language = language
        self.voice = voice
        self.isContinued = isContinued
        self.isMarkup = isMarkup
    }
}
