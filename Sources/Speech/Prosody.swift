import Glibc

/// How fast, how high and how loud, in the engine's units.
package struct Prosody: Sendable, Equatable {
    package static let rates = 80...450
    package static let pitches = 0...100
    package static let volumes = 0...200

    /// Words a minute, at the speed of an ordinary voice.
    package let rate: Int
    /// 50 is the voice's own.
    package let pitch: Int
    /// 100 is the voice's own.
    package let volume: Int

    package static let usual = Prosody()

    private init() { (rate, pitch, volume) = (175, 50, 100) }

    /// - Throws: `SpeechError.outOfRange`.
    package init(rate: Int, pitch: Int, volume: Int) throws(SpeechError) {
        let asked = [
            ("--rate", rate, Self.rates), ("--pitch", pitch, Self.pitches),
            ("--volume", volume, Self.volumes),
        ]
        for (option, value, range) in asked where !range.contains(value) {
            throw .outOfRange(option: option, value: value, range: range)
        }
        (self.rate, self.pitch, self.volume) = (rate, pitch, volume)
    }

    /// The same, higher by so many percent of the frequency, as far as the engine goes.
    package func raised(byPercent percent: Int) -> Prosody {
        guard percent != 0 else { return self }
        // An octave is 50 steps: pitch_adjust_tab in setlengths.c goes from 64 to 254.
        let steps = 50 * log2(max(0.5, 1 + Double(percent) / 100))
        return Prosody(
            checkedRate: rate,
            pitch: min(max(pitch + Int(steps.rounded()), Self.pitches.lowerBound), 100),
            volume: volume)
    }

    /// The same, this fast.
    ///
    /// - Precondition: the rate is one of ``rates``.
    package func at(rate: Int) -> Prosody {
        precondition(Self.rates.contains(rate), "\(rate) words a minute")
        return Prosody(checkedRate: rate, pitch: pitch, volume: volume)
    }

    private init(checkedRate rate: Int, pitch: Int, volume: Int) {
        (self.rate, self.pitch, self.volume) = (rate, pitch, volume)
    }
}
