import Models
import Signals

/// One channel of a recording, on its way from sound to segments.
struct Lane: Sendable {
    /// Who speaks on it; nil where channels are not speakers.
    let speaker: String?
    private var cutter: SpeechCutter
    private var stretches: [Stretch] = []
    private let carriesContext: TranscriptRequest.Context
    /// Of the stretch before, where context is carried through silence.
    private var context: [Int] = []
    private var filter: InventionFilter
    private(set) var vote: LanguageVote

    init(cutter: SpeechCutter, speaker: String?, _ request: TranscriptRequest) {
        self.cutter = cutter
        self.speaker = speaker
        carriesContext = request.context
        filter = InventionFilter(rules: request.inventions)
        vote = LanguageVote(floor: request.recognition.languageFloor)
    }

    mutating func hear(_ samples: [Float]) {
        take(cutter.add(samples))
    }

    /// The recording ends.
    mutating func finish() {
        take(cutter.finish())
        if let last = stretches.indices.last { stretches[last].close() }
    }

    private mutating func take(_ pieces: [SpeechPiece]) {
        for piece in pieces {
            if let last = stretches.indices.last {
                if stretches[last].goesOn(with: piece) {
                    stretches[last].append(piece)
                    continue
                }
                stretches[last].close()
            }
            stretches.append(Stretch(piece, context: []))
        }
    }

    /// Samples that are not settled.
    var heldSamples: Int { stretches.reduce(0) { $0 + $1.heldSamples } }

    /// Which stretches have a window to decode, in their order.
    ///
    /// - Parameter limit: samples of the longest window.
    /// - Returns: their places among the stretches.
    func ready(window limit: Int) -> [Int] {
        // The text of one stretch is what the next begins with.
        let candidates = carriesContext == .always ? stretches.indices.prefix(1) : stretches.indices
        return candidates.filter { stretches[$0].isReady(window: limit) }
    }

    func window(of index: Int, _ limit: Int, language: String?) -> SpeechWindow {
        let stretch = stretches[index]
        return SpeechWindow(
            samples: stretch.window(limit), language: language, likelyLanguage: vote.likeliest,
            context: carriesContext == .always ? context : stretch.context)
    }

    /// Of the next sample to decode in a stretch, in the sound that is heard.
    func startSeconds(of index: Int) -> Double { stretches[index].startSeconds }

    /// Sorts out what was written over silence, or in a loop.
    ///
    /// - Parameters:
    ///   - segments: of the next window, in seconds of the sound that is heard.
    ///   - index: the stretch that the window is of.
    /// - Returns: what is kept, and why the rest is not.
    mutating func judge(
        _ segments: [SpokenSegment], of index: Int
    ) -> InventionFilter.Judgement {
        filter.judge(segments, speech: stretches[index].speech)
    }

    /// - Parameters:
    ///   - segments: what a window said, in seconds of the recording.
    ///   - recognition: what the recogniser thought of it.
    ///   - count: samples of the window.
    ///   - index: the stretch that the window was of.
    mutating func settle(
        _ segments: [SpokenSegment], _ recognition: Recognition, samples count: Int, of index: Int
    ) {
        vote.add(
            recognition.language, probability: recognition.languageProbability,
            seconds: Double(count) / Double(speechSampleRate))
        stretches[index].written.append(segments)
        stretches[index].settle(count, seconds: recognition.settledSeconds)
        guard carriesContext != .never else { return }
        stretches[index].context = recognition.context
        context = recognition.context
    }

    /// What can be said now, window by window: later windows of the first stretch follow it.
    mutating func release() -> [[SpokenSegment]] {
        var released: [[SpokenSegment]] = []
        while !stretches.isEmpty {
            released += stretches[0].written
            stretches[0].written = []
            guard stretches[0].isDone else { break }
            stretches.removeFirst()
        }
        return released.filter { !$0.isEmpty }
    }

    /// Nothing that starts before it is still to come, in seconds of the sound that is heard.
    var horizonSeconds: Double {
        let open = stretches.first?.startSample ?? cutter.pending?.startSample
        return Double(open ?? cutter.heardSamples) / Double(speechSampleRate)
    }
}
