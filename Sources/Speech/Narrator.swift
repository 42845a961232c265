import Signals

/// Says short texts with one voice, as `speak` would: amounts and dates in words, and each script by
/// a voice of its language.
///
/// The engine works in a process of its own, which a text may kill and which is then replaced.
package final class Narrator {
    /// Below this nothing is heard; -56 dB.
    private static let silence: UInt16 = 50

    private var engine: GuardedSynthesizer
    private var voices: VoiceBook
    private let style: ReadingStyle
    /// Samples per second (Hz).
    package let sampleRate: Int

    /// - Parameter voice: what `speak --voice` takes: one of our own files, or of the engine's list.
    /// - Throws: `SpeechError`, `VoiceFileError`.
    package init(voice: String) throws {
        var engine = try GuardedSynthesizer()
        voices = try VoiceBook(named: voice, of: &engine)
        style = ReadingStyle(language: voices.language ?? "en")
        sampleRate = try engine.sampleRate()
        self.engine = engine
    }

    /// Says a text.
    ///
    /// - Parameters:
    ///   - text: plain text of any length, in which sentences end as `speak` finds them.
    ///   - rate: in words a minute.
    /// - Returns: the speech without the silence around it; no samples where nothing sounds.
    /// - Throws: `SpeechError`; `.engineDied` where a part of it cannot be said, and then the next text
    ///   may be tried.
    package func say(_ text: String, rate: Int = Prosody.usual.rate) throws -> Waveform {
        var reader = try SentenceReader(text: text, style: style)
        var samples: [Int16] = []
        while let utterance = try reader.next() {
            let order = SpeechOrder(
                SpeakableText(utterance.text),
                voice: try voices.voice(for: utterance.language, of: &engine),
                prosody: Prosody.usual.at(rate: rate),
                form: SpeechForm(isContinued: utterance.isContinued))
            let losses = try engine.speakInParts(order) { samples += $0.samples }
            if let loss = losses.first { throw SpeechError.engineDied(reason: loss.reason) }
        }
        let first = samples.firstIndex { $0.magnitude > Self.silence } ?? 0
        let last = samples.lastIndex { $0.magnitude > Self.silence } ?? -1
        return Waveform(
            samples: last < first ? [] : Array(samples[first...last]), sampleRate: sampleRate)
    }
}
