import Signals
import Speech

/// Speaks descriptions, in a process of its own that a text may kill.
final class Narrator {
    private var engine: GuardedSynthesizer
    private let voice: VoiceChoice
    private let sampleRate: Int

    /// Below this nothing is heard; -56 dB.
    private static let silence: UInt16 = 50

    /// - Parameter voice: as the engine's list has it.
    /// - Throws: `SpeechError`.
    init(voice: String) throws(SpeechError) {
        var engine = try GuardedSynthesizer()
        self.voice = .named(try engine.engineVoices().resolve(voice))
        sampleRate = try engine.sampleRate()
        self.engine = engine
    }

    /// - Parameters:
    ///   - text: what is said.
    ///   - speed: of the usual one.
    /// - Returns: the words without the silence around them.
    /// - Throws: `SpeechError`.
    func take(_ text: String, speed: Double) throws -> NarrationPlan.Take {
        let usual = Prosody.usual.rate
        let rate = min(Prosody.rates.upperBound, Int((Double(usual) * speed).rounded()))
        let order = SpeechOrder(
            SpeakableText(text), voice: voice, prosody: Prosody.usual.at(rate: max(usual, rate)))
        var samples: [Int16] = []
        try engine.speak(order) { samples += $0.samples }
        let first = samples.firstIndex { $0.magnitude > Self.silence } ?? 0
        let last = samples.lastIndex { $0.magnitude > Self.silence } ?? -1
        let heard = last < first ? [] : Array(samples[first...last])
        return NarrationPlan.Take(
            sound: Waveform(samples: heard, sampleRate: sampleRate),
            speed: max(1, Double(rate) / Double(usual)))
    }
}
