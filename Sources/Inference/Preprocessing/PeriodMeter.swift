import Kernels

/// How strongly sound repeats itself at the pitch of a voice, 70 to 400 Hz.
package struct PeriodMeter: Sendable {
    private static let overlap = 12

    /// What the next chunk is filtered together with.
    private var tail = [Float](repeating: 0, count: PeriodMeter.overlap)
    private var lowered = [Float](repeating: 0, count: Int(CC_VOICE_STEP) / 4)
    private var history = [Float](repeating: 0, count: Int(CC_VOICE_HISTORY))
    private var first = HighPass()
    private var second = HighPass()

    /// Weakens hum and booms: half of the amplitude is left at 150 Hz, -6 dB an octave below.
    private struct HighPass: Sendable {
        private var input: Float = 0
        private var output: Float = 0

        mutating func callAsFunction(_ x: Float) -> Float {
            output = x - input + 0.65 * output
            input = x
            return output
        }
    }

    package init() {}

    /// - Parameter samples: the next 256
    /// - Returns: the best correlation of the last 60 ms with itself, 0 to 1
    package mutating func strength(adding samples: [Float]) -> Float {
        let sound = tail + samples
        tail = Array(sound.suffix(PeriodMeter.overlap))
        // Safe: 268 samples in and 64 out, as the kernel asks for.
        unsafe cc_voice_lower(sound, &lowered)
        history.removeFirst(lowered.count)
        for sample in lowered { history.append(second(first(sample))) }
        // Safe: as long as the kernel asks for.
        return unsafe cc_voice_periodicity(history)
    }
}
