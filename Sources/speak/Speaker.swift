import Audio
import Speech

/// A voice, and what it is going to say.
struct Speaker: ~Copyable {
    private let synthesizer: Synthesizer
    private var reader: any UtteranceReader

    init(synthesizer: consuming Synthesizer, reader: any UtteranceReader) {
        self.synthesizer = synthesizer
        self.reader = reader
    }

    var sampleRate: Int { synthesizer.sampleRate }

    /// Says every utterance as soon as it is known, and completes the sound.
    ///
    /// - Parameter output: gets the sound.
    /// - Returns: whether there was anything to say; else the output is left as it was.
    /// - Throws: `SpeechError`, `ReadingError`, `AudioError`.
    mutating func speak(to output: inout some SoundOutput & ~Copyable) throws -> Bool {
        var hasSpoken = false
        while let utterance = try reader.next() {
            hasSpoken = true
            try synthesizer.speak(SpeakableText(utterance.text)) { try output.write($0) }
        }
        if hasSpoken { try output.finish() }
        return hasSpoken
    }
}
