import Audio
import Glibc
import Signals

/// The sound of a film with descriptions over it, a second at a time.
///
/// While a description is spoken the film is 9 dB softer, with edges that nobody hears as a step.
package struct DescribedMix {
    package static let sampleRate = 48_000

    /// 9 dB.
    private static let softened: Float = 0.3548
    private static let fadeOut = 0.25
    private static let fadeIn = 0.4

    private struct Spoken {
        let start: Int
        let samples: [Float]
    }

    private let spoken: [Spoken]
    private var position = 0

    /// - Parameter cues: those that are spoken, in order, none over another.
    package init(_ cues: [NarrationPlan.Cue]) {
        spoken = cues.map { cue in
            Spoken(
                start: Int((cue.startSeconds * Double(Self.sampleRate)).rounded()),
                samples: cue.take.sound.floats(atRate: Self.sampleRate))
        }
    }

    /// Where the last description ends.
    package var endSample: Int { spoken.last.map { $0.start + $0.samples.count } ?? 0 }

    /// Mixes the next samples.
    ///
    /// - Parameter channels: one or more of the film, of one length.
    /// - Returns: interleaved, of one channel where the film has one and else of two.
    package mutating func mix(_ channels: [[Float]]) -> [Float] {
        let count = channels[0].count
        let heard = Self.stereo(channels)
        var result = [Float](repeating: 0, count: count * heard.count)
        for i in 0..<count {
            let gain = gain(at: position + i)
            for (c, channel) in heard.enumerated() {
                result[i * heard.count + c] = channel[i] * gain
            }
        }
        for cue in spoken {
            let first = max(cue.start, position)
            let last = min(cue.start + cue.samples.count, position + count)
            guard first < last else { continue }
            for i in first..<last {
                for c in 0..<heard.count {
                    result[(i - position) * heard.count + c] += cue.samples[i - cue.start]
                }
            }
        }
        position += count
        return result
    }

    /// 1 away from descriptions; a cosine leads down and up again.
    private func gain(at sample: Int) -> Float {
        let fadeOut = Int(Self.fadeOut * Double(Self.sampleRate))
        let fadeIn = Int(Self.fadeIn * Double(Self.sampleRate))
        var depth = 0.0
        for cue in spoken {
            let end = cue.start + cue.samples.count
            if sample < cue.start - fadeOut { break }
            guard sample < end + fadeIn else { continue }
            let way =
                sample < cue.start
                ? Double(sample - cue.start + fadeOut) / Double(fadeOut)
                : sample < end ? 1 : 1 - Double(sample - end) / Double(fadeIn)
            depth = max(depth, 0.5 - 0.5 * cos(.pi * way))
        }
        return 1 - Float(depth) * (1 - Self.softened)
    }

    /// Left and right of more channels: the centre and the sides on both, 3 dB softer.
    ///
    /// In the usual order left, right, centre, low effects, left and right side.
    private static func stereo(_ channels: [[Float]]) -> [[Float]] {
        guard channels.count > 2 else { return channels }
        let half = Float(0.5).squareRoot()
        return (0..<2).map { side in
            var mixed = channels[side]
            let others = [2, 4 + side].filter { $0 < channels.count }
            for i in mixed.indices {
                let more = others.reduce(Float(0)) { $0 + half * channels[$1][i] }
                mixed[i] = (mixed[i] + more) * half
            }
            return mixed
        }
    }
}
