import Audio
import Glibc
import Signals

/// The sound of a film with descriptions over it, a second at a time.
///
/// While a description is spoken the film is 9 dB softer, with edges that nobody hears as a step.
/// The voice comes from the middle: from the centre channel, or else from left and right alike.
package struct DescribedMix {
    package static let sampleRate = 48_000

    /// 9 dB.
    private static let softened: Float = 0.3548
    private static let fadeOut = Int(0.25 * Double(sampleRate))
    private static let fadeIn = Int(0.4 * Double(sampleRate))

    private struct Spoken {
        let start: Int
        let samples: [Float]

        var end: Int { start + samples.count }
    }

    private let cues: [NarrationPlan.Cue]
    private let film: ChannelLayout
    private let track: ChannelLayout
    private let say: (NarrationPlan.Cue) throws -> Waveform
    /// Of those that were not begun.
    private var next = 0
    /// Those that are heard now, or soften the film still.
    private var spoken: [Spoken] = []
    private var position = 0

    /// - Parameters:
    ///   - cues: those that are spoken, in order, none over another.
    ///   - film: the channels that are mixed.
    ///   - track: the same, or stereo where that cannot be written.
    ///   - say: speaks a description, when its time has come.
    package init(
        _ cues: [NarrationPlan.Cue], over film: ChannelLayout, as track: ChannelLayout,
        saying say: @escaping (NarrationPlan.Cue) throws -> Waveform
    ) {
        self.cues = cues
        self.film = film
        self.track = track
        self.say = say
    }

    /// Where the last description ends.
    package var endSample: Int {
        Int(((cues.last?.endSeconds ?? 0) * Double(Self.sampleRate)).rounded(.up))
    }

    /// Mixes the next samples.
    ///
    /// - Parameter channels: of the film, of one length.
    /// - Returns: interleaved, the channels of the track.
    /// - Throws: what `say` throws.
    package mutating func mix(_ channels: [[Float]]) throws -> [Float] {
        let count = channels[0].count
        try begin(before: position + count + Self.fadeOut)
        let heard = film == track ? channels : stereo(channels)
        var result = [Float](repeating: 0, count: count * heard.count)
        for i in 0..<count {
            let gain = spoken.isEmpty ? 1 : gain(at: position + i)
            for (c, channel) in heard.enumerated() {
                result[i * heard.count + c] = channel[i] * gain
            }
        }
        let voiced = track.centre.map { [$0] } ?? Array(0..<min(2, track.count))
        for cue in spoken {
            let first = max(cue.start, position)
            let last = min(cue.end, position + count)
            guard first < last else { continue }
            for i in first..<last {
                for c in voiced {
                    result[(i - position) * heard.count + c] += cue.samples[i - cue.start]
                }
            }
        }
        position += count
        spoken.removeAll { $0.end + Self.fadeIn <= position }
        return result
    }

    private mutating func begin(before end: Int) throws {
        while next < cues.count {
            let start = Int((cues[next].startSeconds * Double(Self.sampleRate)).rounded())
            guard start < end else { return }
            spoken.append(
                Spoken(start: start, samples: try say(cues[next]).floats(atRate: Self.sampleRate)))
            next += 1
        }
    }

    /// 1 away from descriptions; a cosine leads down and up again.
    private func gain(at sample: Int) -> Float {
        var depth = 0.0
        for cue in spoken where (cue.start - Self.fadeOut..<cue.end + Self.fadeIn).contains(sample)
        {
            let way =
                sample < cue.start
                ? Double(sample - cue.start + Self.fadeOut) / Double(Self.fadeOut)
                : sample < cue.end ? 1 : 1 - Double(sample - cue.end) / Double(Self.fadeIn)
            depth = max(depth, 0.5 - 0.5 * cos(.pi * way))
        }
        return 1 - Float(depth) * (1 - Self.softened)
    }

    /// Left and right of more channels: the centre on both, the others on their side, 3 dB softer.
    private func stereo(_ channels: [[Float]]) -> [[Float]] {
        let half = Float(0.5).squareRoot()
        let others = channels.indices.dropFirst(2).filter {
            $0 != film.centre && $0 != film.effects
        }
        return (0..<2).map { side in
            var mixed = channels[side]
            let added =
                (film.centre.map { [$0] } ?? [])
                + others.enumerated().filter { $0.offset % 2 == side }.map(\.element)
            for i in mixed.indices {
                let more = added.reduce(Float(0)) { $0 + half * channels[$1][i] }
                mixed[i] = (mixed[i] + more) * half
            }
            return mixed
        }
    }
}
