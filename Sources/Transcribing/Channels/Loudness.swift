import Models

/// How loud the channels of a recording are beside each other, for the last half minute or so.
///
/// In a call each microphone hears a little of the other speaker; what is much louder in another
/// channel was said there.
struct Loudness: Sendable {
    /// Per channel the energy of each step.
    private var energies: [[Float]]
    private var partial: [(sum: Float, count: Int)]
    /// Steps that were dropped.
    private var dropped = 0
    private let keptSteps: Int

    private static let stepSamples = speechSampleRate / 50
    /// An echo is at least this much weaker than the voice, in power: 12 decibels.
    static let echoRatio: Float = 16

    /// - Parameters:
    ///   - channels: how many.
    ///   - seconds: how long it is remembered.
    init(channels: Int, seconds: Int) {
        energies = Array(repeating: [], count: channels)
        partial = Array(repeating: (0, 0), count: channels)
        keptSteps = seconds * 50
    }

    /// - Parameter samples: of each channel, all of one length.
    mutating func add(_ samples: [[Float]]) {
        for (channel, samples) in samples.enumerated() {
            for sample in samples {
                partial[channel].sum += sample * sample
                partial[channel].count += 1
                if partial[channel].count == Self.stepSamples {
                    energies[channel].append(partial[channel].sum)
                    partial[channel] = (0, 0)
                }
            }
        }
        let excess = (energies.first?.count ?? 0) - keptSteps
        // Seldom, so that the arrays are not moved at every call.
        guard excess > keptSteps else { return }
        for channel in energies.indices { energies[channel].removeFirst(excess) }
        dropped += excess
    }

    /// Whether what is heard in a channel is the echo of another one.
    ///
    /// - Parameters:
    ///   - channel: which.
    ///   - startSeconds: in the sound that is heard.
    ///   - endSeconds: likewise.
    /// - Returns: false where it is not remembered any more.
    func isEcho(in channel: Int, from startSeconds: Double, to endSeconds: Double) -> Bool {
        let first = max(0, Int(startSeconds * 50) - dropped)
        let last = min(energies[channel].count, Int(endSeconds * 50) + 1 - dropped)
        guard first < last else { return false }
        let sums = energies.map { $0[first..<min(last, $0.count)].reduce(0, +) }
        let loudest = sums.enumerated().filter { $0.offset != channel }.map(\.element).max() ?? 0
        return loudest > sums[channel] * Self.echoRatio
    }
}
