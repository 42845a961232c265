import Audio
import Filming
import Signals
import Speech
import Testing

/// Descriptions in the gaps between speech.
@Suite struct NarrationTests {
    private func range(_ start: Double, _ end: Double) -> TimeRange {
        TimeRange(startSeconds: start, endSeconds: end)
    }

    private func moment(_ start: Double, _ end: Double, _ caption: String) -> Moment {
        Moment(range: range(start, end), frameSeconds: start, scene: 1, caption: caption)
    }

    /// A voice that needs half a second for each word.
    private func say(_ text: String, _ rate: Int) -> NarrationPlan.Take {
        let speed = Double(rate) / Double(Prosody.usual.rate)
        let seconds = Double(text.split(separator: " ").count) / 2 / speed
        return NarrationPlan.Take(seconds: seconds, rate: rate)
    }

    private func place(
        _ moment: Moment, gaps: [TimeRange], mostSpeed: Double = 1.3
    ) -> NarrationPlan.Cue {
        var plan = NarrationPlan(gaps: gaps, mostSpeed: mostSpeed)
        return plan.place(moment, saying: say)
    }

    @Test func `gaps are what speech leaves`() {
        let gaps = SpeechGaps.between([range(2, 4), range(4.2, 6), range(8, 9)], until: 10)
        #expect(
            gaps.map(\.startSeconds) == [0, 6.15, 9.15]
                && gaps.map(\.endSeconds) == [1.85, 7.85, 10])
        #expect(SpeechGaps.between([], until: 3) == [range(0, 3)])
        #expect(SpeechGaps.between([range(0, 3)], until: 3).isEmpty)
    }

    @Test func `a description is spoken where what it describes begins`() {
        let cue = place(moment(5, 9, "A dog runs."), gaps: [range(0, 20)])
        #expect(cue.outcome == .placed && cue.startSeconds == 5 && cue.text == "A dog runs.")
    }

    @Test func `nothing is spoken over speech, so a description moves`() {
        let later = place(moment(5, 12, "A dog runs."), gaps: [range(0, 3), range(7, 20)])
        #expect(later.outcome == .moved && abs(later.startSeconds - 7.1) < 0.01)
        let earlier = place(moment(5, 9, "A dog runs."), gaps: [range(0, 5.4), range(9.5, 20)])
        #expect(earlier.outcome == .moved && earlier.endSeconds <= 5.4)
    }

    @Test func `what is a little too long is spoken faster, within the limit`() {
        let cue = place(moment(5, 9, "A big dog runs here now."), gaps: [range(4.9, 7.6)])
        #expect(cue.outcome == .faster && cue.take.speed > 1 && cue.take.speed <= 1.3)
        #expect(cue.startSeconds >= 5 && cue.endSeconds <= 7.5 + 0.001)
        #expect(cue.overflowSeconds > 0)
    }

    @Test func `what is much too long is shortened to what is true still`() {
        let cue = place(
            moment(5, 9, "A duck to the left of a yellow ring."), gaps: [range(4.9, 6.2)])
        #expect(cue.outcome == .shortened && cue.text == "A duck.")
        #expect(
            NarrationPlan.shorter("A man in a hat walks. Text reads: EXIT.") == [
                "A man in a hat walks.", "A man.",
            ])
        // Of a list as much as fits.
        #expect(
            NarrationPlan.shorter("Text reads: Anna Adler, Bernd Carter, Clara Dawson.") == [
                "Text reads: Anna Adler, Bernd Carter.", "Text reads: Anna Adler.",
            ])
    }

    @Test func `without any gap near it a description is left out`() {
        let cue = place(moment(5, 9, "A dog runs on the grass."), gaps: [range(12, 30)])
        #expect(cue.outcome == .dropped && cue.gap == nil)
    }

    @Test func `descriptions do not overlap`() {
        var plan = NarrationPlan(gaps: [range(0, 60)], mostSpeed: 1.3)
        let first = plan.place(moment(5, 6, "A dog runs on the green grass."), saying: say)
        let second = plan.place(moment(6, 12, "A cat sits."), saying: say)
        #expect(second.startSeconds >= first.endSeconds + 0.3)
    }

    private func mix(
        _ channels: [Float], _ film: ChannelLayout, as track: ChannelLayout? = nil,
        voice: Int16 = 0
    ) throws -> [Float] {
        let rate = DescribedMix.sampleRate
        let cue = place(moment(1, 3, "One two."), gaps: [range(0, 9)])
        var mix = DescribedMix([cue], over: film, as: track ?? film) { _ in
            Waveform(samples: [Int16](repeating: voice, count: rate), sampleRate: rate)
        }
        // In pieces, as it is read.
        return try (0..<8).flatMap { _ in
            try mix.mix(channels.map { [Float](repeating: $0, count: rate / 2) })
        }
    }

    @Test func `the film is 9 dB softer under a description, with soft edges`() throws {
        let mixed = try mix([0.5, 0.5], .stereo)
        func level(_ seconds: Double) -> Float {
            mixed[2 * Int(seconds * Double(DescribedMix.sampleRate))] / 0.5
        }
        #expect(level(0.5) == 1 && level(3) == 1)
        #expect(abs(level(1.5) - 0.3548) < 0.001)
        #expect(level(0.9) < 1 && level(0.9) > 0.3548 && level(2.2) < 1 && level(2.2) > 0.3548)
        let steps = (1..<(mixed.count / 2)).map { abs(mixed[2 * $0] - mixed[2 * $0 - 2]) }
        #expect(steps.max() ?? 1 < 0.0001)
    }

    @Test func `a voice is in the centre, and other channels keep their place`() throws {
        let middle = Int(1.5 * Double(DescribedMix.sampleRate))
        let surround = ChannelLayout(count: 6)
        let mixed = try mix([0.1, 0.2, 0, 0.3, 0.4, 0.5], surround, voice: 16384)
        let now = (0..<6).map { mixed[6 * middle + $0] }
        let soft = [0.1, 0.2, 0, 0.3, 0.4, 0.5].map { Float($0) * 0.3548 }
        for c in 0..<6 { #expect(abs(now[c] - soft[c] - (c == 2 ? 0.5 : 0)) < 0.001, "\(now)") }
        // Left, right and low effects: there is no centre.
        let small = try mix([0, 0, 0], ChannelLayout(count: 3), voice: 16384)
        #expect((0..<3).map { small[3 * middle + $0] } == [0.5, 0.5, 0])
    }

    @Test func `channels that cannot be written become two`() throws {
        let mixed = try mix([0.2, 0, 0.2, 0.9, 0, 0.2], ChannelLayout(count: 6), as: .stereo)
        #expect(mixed.count == 2 * 4 * DescribedMix.sampleRate)
        // The centre is on both sides, the right side channel on the right, the low effects nowhere.
        #expect(abs(mixed[0] - (0.2 * 0.7071 + 0.1)) < 0.001)
        #expect(abs(mixed[1] - 0.2) < 0.001)
    }
}
