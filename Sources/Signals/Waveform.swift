/// Sound of one channel.
package struct Waveform: Sendable, Equatable {
    /// Amplitudes, full scale at -32768 and 32767.
    package var samples: [Int16]
    /// Samples per second (Hz).
    package let sampleRate: Int

    /// - Precondition: `sampleRate` is positive.
    package init(samples: [Int16] = [], sampleRate: Int) {
        precondition(sampleRate > 0, "a sample rate of \(sampleRate) Hz")
        self.samples = samples
        self.sampleRate = sampleRate
    }

    package var durationSeconds: Double { Double(samples.count) / Double(sampleRate) }
}
