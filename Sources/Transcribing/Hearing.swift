import Models
import Signals

/// A recording that is being written down: its channels, and what was learnt so far.
struct Hearing: Sendable {
    /// A stretch of speech in one of the channels.
    struct Place: Sendable {
        let lane: Int
        let stretch: Int
    }

    var lanes: [Lane]
    private var loudness: Loudness
    private var order = SpokenOrder()
    private var report = TranscriptReport()
    private var heardSamples = 0
    /// Windows decoded in each language.
    private var languages: [String: Int] = [:]
    private var surest: [String: Float] = [:]

    init(lanes: [Lane], loudness: Loudness) {
        self.lanes = lanes
        self.loudness = loudness
    }

    /// - Parameter samples: of each lane, all of one length.
    mutating func add(_ samples: [[Float]]) {
        if lanes.count > 1 { loudness.add(samples) }
        for (lane, samples) in samples.enumerated() where lane < lanes.count {
            lanes[lane].hear(samples)
        }
        heardSamples += samples.first?.count ?? 0
    }

    var heardSeconds: Double { Double(heardSamples) / Double(speechSampleRate) }

    /// Samples of speech that wait for the decoder.
    var heldSamples: Int { lanes.reduce(0) { $0 + $1.heldSamples } }

    /// What can be decoded now.
    func ready(window limit: Int) -> [Place] {
        lanes.indices.flatMap { lane in
            lanes[lane].ready(window: limit).map { Place(lane: lane, stretch: $0) }
        }
    }

    /// Keeps what a window said, and withholds what another channel says louder, what stands over
    /// silence, and what goes round in circles.
    ///
    /// - Parameters:
    ///   - recognition: of the next window of `place`.
    ///   - place: where the window is from.
    ///   - count: samples of the window.
    mutating func take(_ recognition: Recognition, of place: Place, samples count: Int) {
        let start = lanes[place.lane].startSeconds(of: place.stretch)
        let end = start + Double(count) / Double(speechSampleRate)
        let placed = recognition.segments.map { $0.placed(from: start, to: end) }
        let own = lanes.count == 1 ? placed : placed.filter { !isEcho($0, in: place.lane) }
        let judged = lanes[place.lane].judge(own, of: place.stretch)
        report.windowCount += 1
        report.doubtfulCount += recognition.isDoubtful ? 1 : 0
        report.echoCount += placed.count - own.count
        report.note(judged.findings)
        note(recognition)
        let speaker = lanes[place.lane].speaker
        lanes[place.lane].settle(
            judged.kept.map { $0.said(by: speaker, in: recognition.language) }, recognition,
            samples: count, of: place.stretch)
    }

    private func isEcho(_ segment: SpokenSegment, in lane: Int) -> Bool {
        loudness.isEcho(
            in: lane, from: segment.range.startSeconds, to: segment.range.endSeconds)
    }

    private mutating func note(_ recognition: Recognition) {
        guard !recognition.segments.isEmpty else { return }
        languages[recognition.language, default: 0] += 1
        if let probability = recognition.languageProbability {
            surest[recognition.language] = max(surest[recognition.language] ?? 0, probability)
        }
    }

    /// What can be said now, in order; of one channel window by window.
    ///
    /// - Parameter isLast: whether nothing comes any more.
    /// - Returns: segments that belong on one line, in order.
    mutating func release(isLast: Bool) -> [[SpokenSegment]] {
        guard lanes.count > 1 else { return lanes[0].release() }
        for lane in lanes.indices {
            for segments in lanes[lane].release() { order.add(segments) }
        }
        let horizon = isLast ? .infinity : lanes.map(\.horizonSeconds).min() ?? 0
        let released = order.release(before: horizon)
        return released.isEmpty ? [] : [released]
    }

    func finished() -> TranscriptReport {
        var report = report
        report.heardSeconds = heardSeconds
        report.language = languages.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        report.languageProbability = report.language.flatMap { surest[$0] }
        return report
    }
}
