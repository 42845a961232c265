import Audio
import Speech

/// A voice, and the sentences that it is going to say.
struct Speaker: ~Copyable {
    private let synthesizer: Synthesizer
    private var sentences: SentenceReader

    init(synthesizer: consuming Synthesizer, sentences: SentenceReader) {
        self.synthesizer = synthesizer
        self.sentences = sentences
    }

    var sampleRate: Int { synthesizer.sampleRate }

    /// Says every sentence as soon as it is known, and completes the sound.
    ///
    /// - Parameter output: gets the sound.
    /// - Returns: whether there was anything to say; else the output is left as it was.
    /// - Throws: `SpeechError`, `ReadingError`, `AudioError`.
    mutating func speak(to output: inout some SoundOutput & ~Copyable) throws -> Bool {
        var hasSpoken = false
        while let sentence = try sentences.next() {
            hasSpoken = true
            try synthesizer.speak(sentence) { try output.write($0) }
        }
        if hasSpoken { try output.finish() }
        return hasSpoken
    }
}
