/// Tells sound that holds nothing, such as digital silence, from sound that may hold speech.
package struct SilenceGate: Sendable, Equatable {
    /// The largest sample that still is silence.
    ///
    /// 16 steps of 16-bit sound, 66 dB below full scale: dither and a converter's own noise stay
    /// below it, speech recorded 30 dB too low peaks 20 dB above it.
    package var peak: Float = 16 / 32768

    package init() {}

    package init(peak: Float) { self.peak = peak }

    /// - Parameter samples: full scale at -1 and 1; what is no number counts as 0
    /// - Returns: whether none of them is louder than `peak`
    package func isSilent(_ samples: some Sequence<Float>) -> Bool {
        !samples.contains { abs($0) > peak }
    }
}
