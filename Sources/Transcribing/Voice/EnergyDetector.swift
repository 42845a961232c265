import Glibc
import Inference
import Models

/// Weighs whether somebody speaks from the sound alone, without a model file.
///
/// Voices differ from noise in three ways that are measured every 16 ms over the last 32 to 60 ms:
/// many bands stand out from the background at once; the sound repeats itself 70 to 400 times a
/// second; and it does so for tenths of a second. Steady noise and hum become background, hiss and
/// clicks do not repeat, a tone stands out in few bands. Singing, animals and instruments that
/// play melodies pass for voices; whispering does not.
package struct EnergyDetector: VoiceDetector {
    private var spectrum = BandSpectrum()
    private var background = Background()
    private var period = PeriodMeter()
    private var voicing: Float = 0
    private var recentVoicing: Float = 0
    private var soundBefore = false
    private var logOdds = EnergyDetector.atRest

    /// Before anything was heard: 1 to 20 against speech.
    private static let atRest: Float = -3

    package init() {}

    package let chunkSamples = BandSpectrum.step

    package mutating func speechProbability(of chunk: [Float]) -> Float {
        precondition(chunk.count == chunkSamples, "a chunk of \(chunk.count) samples")
        let chunk = chunk.map { $0.isFinite ? min(max($0, -1), 1) : 0 }
        let powers = spectrum.powers(adding: chunk)
        let repetition = period.strength(adding: chunk)
        // Gaps that an editor left are no background, nor is a frame that reaches into one: what
        // follows would stand out.
        guard soundBefore, chunk.contains(where: { $0 != 0 }) else {
            soundBefore = chunk.contains { $0 != 0 }
            logOdds = EnergyDetector.atRest
            recentVoicing = 0
            voicing = 0
            return 0
        }
        let excess = background.excess(of: powers)
        believe(evidence(powers: powers, excess: excess, repetition: repetition))
        return 1 / (1 + expf(-logOdds))
    }

    /// What this chunk says for speech, and less than 0 against it.
    ///
    /// The four numbers come from a logistic regression: `fit_energy_detector.py` in
    /// `Tests/Fixtures` fits them to what Silero VAD says of 33 recordings in seven languages, as
    /// they are, 30 dB quieter, through a telephone's band, and in white, pink and brown noise and
    /// hum, against noise, clicks, tones and hum alone. It finds 12.8, 2.1, -0.3 and -4.1; four
    /// fifths of that, and a slightly lower constant, let fewer thuds pass for voices.
    private mutating func evidence(
        powers: [Float], excess: [Float], repetition: Float
    ) -> Float {
        // Five decibels above the background.
        let standing = Float(excess.count { $0 > 0.5 }) / Float(excess.count)
        let loudest = (powers.max() ?? 0) / max(powers.reduce(0, +), 1e-12)
        // Noise in few hundredths of a second reaches 0.45 by chance; two bands make a tone.
        let voiced = unit((repetition - 0.45) / 0.4) * unit((standing - 0.15) / 0.3)
        voicing += 0.3 * (voiced - voicing)
        // Half of it is left after 0.2 s, which bridges sounds without a voice, such as "s".
        recentVoicing = max(0.95 * recentVoicing, voicing)
        return 10 * recentVoicing + 1.5 * standing - 0.3 * loudest - 3.4
    }

    /// A step of the forward algorithm over two states, speech and none.
    ///
    /// Speech goes on with 0.97 from one chunk to the next (half a second on average) and begins
    /// with 0.01; evidence counts half, as chunks overlap.
    private mutating func believe(_ evidence: Float) {
        let before = 1 / (1 + expf(-logOdds))
        let now = before * 0.97 + (1 - before) * 0.01
        logOdds = min(max(logf(now / (1 - now)) + 0.5 * evidence, -12), 12)
    }
}

private func unit(_ x: Float) -> Float { min(max(x, 0), 1) }
