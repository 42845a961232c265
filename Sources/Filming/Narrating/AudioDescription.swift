import Audio
import Inference
import Models
import Signals
import Speech
import ToolKit
import Transcribing

/// What is wanted of an audio description.
package struct NarrationRequest: Sendable {
    /// The track, or the film with it; the ending says which.
    package var track: String?
    /// A file for the pauses that what does not fit would need.
    package var pauses: String?
    /// A file that tells what became of each description.
    package var report: String?
    package var voice = "en"
    /// How many times faster than usual it may be spoken.
    package var mostSpeed = 1.3
    /// What finds the speech of the film.
    package var detector = SpeechModelChoice(
        name: nil, precision: .int8, detector: .auto, environment: [:])

    package init() {}

    /// Whether the ending of a file's name stands for a kind of track.
    package static func isTrack(_ path: String) -> Bool { TrackForm(endingOf: path) != nil }

    var isWanted: Bool { track != nil || pauses != nil || report != nil }
}

/// Speaks descriptions into the gaps of a film.
struct AudioDescription {
    private let request: NarrationRequest
    private let film: OpenInput
    private let notices: Notices
    private let detector: (any VoiceDetector)?
    private let narrator: Narrator

    /// Opens what listens and what speaks, and checks what else can be checked before the film is
    /// watched.
    ///
    /// - Parameters:
    ///   - request: what is wanted; where that is nothing, there is no description.
    ///   - film: a plain file, open for reading.
    ///   - notices: where it is said how many were spoken.
    /// - Throws: `NarrationError`, `SpeechError`, `VoiceFileError`, `NoDetectorError`, `TrackError`,
    ///   `OutputError`.
    init?(_ request: NarrationRequest, over film: OpenInput, telling notices: Notices) throws {
        guard request.isWanted else { return nil }
        guard canSeek(film.descriptor) else { throw NarrationError.pipe }
        for path in [request.track, request.pauses, request.report] {
            try checkThatItCanBeWritten(path)
        }
        self.request = request
        self.film = film
        self.notices = notices
        detector = try request.detector.voiceDetector()
        narrator = try Narrator(voice: request.voice)
        if let path = request.track { try DescribedTrack.check(path, over: film) }
    }

    /// Writes all that is wanted.
    ///
    /// - Parameters:
    ///   - moments: of the film, in order.
    ///   - end: of the film, in seconds.
    /// - Throws: `NarrationError`, `SpeechError`, `SoundInputError`, `TrackError`, `OutputError`.
    func write(_ moments: [Moment], endSeconds end: Double) throws {
        let speech = try SpeechGaps.speech(in: film.descriptor, name: film.name, detector)
        let gaps = SpeechGaps.between(speech ?? [], until: end)
        let cues = try placed(moments, gaps)
        let spoken = cues.filter { $0.outcome != .dropped }
        if let path = request.track {
            var track = DescribedTrack(spoken, narrator, over: film, endSeconds: end)
            try track.write(to: path, hasSound: speech != nil)
        }
        if let path = request.report { try writeLines(cues.map(\.json), to: path) }
        let dropped = cues.filter { $0.outcome == .dropped }
        if let path = request.pauses { try writeLines(dropped.map(\.pause), to: path) }
        notices.line(summary(spoken.count, dropped.count))
    }

    private func placed(
        _ moments: [Moment], _ gaps: [TimeRange]
    ) throws -> [NarrationPlan.Cue] {
        var plan = NarrationPlan(gaps: gaps, mostSpeed: request.mostSpeed)
        return try moments.filter(\.saysMore).map { moment in
            try plan.place(moment) { text, rate in
                NarrationPlan.Take(
                    seconds: try narrator.say(text, rate: rate).durationSeconds, rate: rate)
            }
        }
    }

    private func writeLines(_ objects: [JSON], to path: String) throws {
        try withOutputFile(path) { output in
            for object in objects {
                output.write(object.line)
                try output.endLine()
            }
        }
    }

    private func summary(_ spoken: Int, _ dropped: Int) -> String {
        let said = "\(spoken) \(spoken == 1 ? "description is" : "descriptions are") spoken"
        guard dropped > 0 else { return said }
        let plan = request.pauses == nil ? "; --extended plans pauses for what is left out" : ""
        return said + ", \(dropped) left out for want of a gap" + plan
    }
}

extension NarrationPlan.Cue {
    /// Before the content that it explains, the film is to stop for so long.
    fileprivate var pause: JSON {
        .object([
            ("pauseAt", .number(moment.range.startSeconds)),
            ("pauseSeconds", .number(take.seconds + 0.5)),
            ("text", .string(text)),
        ])
    }
}

/// An audio description cannot be made.
package enum NarrationError: Explained, Equatable {
    /// The film is read three times, which a pipe cannot be.
    case pipe
    case unknownForm

    package var what: String {
        switch self {
        case .pipe: "an audio description needs a film that can be read more than once"
        case .unknownForm: "the ending of the track's name stands for no kind of track"
        }
    }

    package var remedy: String {
        switch self {
        case .pipe: "name the file instead of piping it"
        case .unknownForm: "end it in .wav, .flac, .m4a, .mp4 or .mkv"
        }
    }

    package var exitStatus: ExitStatus { .usage }
}
