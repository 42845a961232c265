import Audio
import Speech
import ToolKit

/// A speaker at work: all that it says goes to one output, and is written down if wanted.
struct Performance: ~Copyable {
    private var speaker: Speaker
    private var record: SpeechRecord
    private let fit: Fit?
    private let notices: Notices
    private(set) var hasSpoken = false

    init(
        _ speaker: consuming Speaker, record: consuming SpeechRecord, fit: Fit?, notices: Notices
    ) {
        self.speaker = speaker
        self.record = record
        self.fit = fit
        self.notices = notices
    }

    var sampleRate: Int { speaker.sampleRate }

    /// Says every utterance as soon as it is known, and completes the sound.
    ///
    /// - Parameter output: gets the sound; it is left as it was where there is nothing to say.
    /// - Throws: `SpeechError`, `ReadingError`, `AudioError`, `OutputError`, `DoesNotFit`.
    mutating func run(to output: inout some SoundOutput & ~Copyable) throws {
        if let fit { return try run(fit, to: &output) }
        while let utterance = try speaker.read() {
            guard let said = try speaker.say(utterance, to: &output) else { continue }
            hasSpoken = hasSpoken || !said.samples.isEmpty
            try record.add(said) { speaker.place(of: $0) }
        }
        if speaker.sampleCount > 0 { try output.finish() }
    }

    private mutating func run(_ fit: Fit, to output: inout some SoundOutput & ~Copyable) throws {
        let take = try fit.take(of: &speaker)
        guard !take.samples.isEmpty else { return }
        notices.line(fit.report(of: take, usualRate: speaker.prosody.rate))
        hasSpoken = true
        try output.write(take.samples)
        for said in take.said { try record.add(said) { speaker.place(of: $0) } }
        try output.finish()
    }

    /// Completes what was written down.
    ///
    /// - Throws: `OutputError`, and `PartsNotSpoken` where the engine died of something.
    mutating func finish() throws {
        try record.finish()
        try checkLosses()
    }

    /// - Throws: `PartsNotSpoken`.
    func checkLosses() throws {
        if speaker.lostCount > 0 { throw PartsNotSpoken(count: speaker.lostCount) }
    }
}
