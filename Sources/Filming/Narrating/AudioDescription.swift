import Audio
import Inference
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
    private let notices: Notices

    init(_ request: NarrationRequest, telling notices: Notices) {
        self.request = request
        self.notices = notices
    }

    /// Checks what can be checked before a film is watched.
    ///
    /// - Throws: `NarrationError`.
    static func check(_ request: NarrationRequest, _ film: OpenInput) throws(NarrationError) {
        if request.isWanted, !canSeek(film.descriptor) { throw .pipe }
    }

    /// Writes all that is wanted.
    ///
    /// - Parameters:
    ///   - moments: of the film, in order.
    ///   - film: a plain file, open for reading.
    ///   - end: of the film, in seconds.
    /// - Throws: `NarrationError`, `SpeechError`, `SoundInputError`, `TrackError`, `OutputError`.
    func write(_ moments: [Moment], of film: OpenInput, endSeconds end: Double) throws {
        let speech = try SpeechGaps.speech(
            in: film.descriptor, name: film.name, request.detector.voiceDetector())
        let cues = try placed(moments, SpeechGaps.between(speech ?? [], until: end))
        let spoken = cues.filter { $0.outcome != .dropped }
        if let path = request.track {
            try write(spoken, to: path, over: film, hasSound: speech != nil, endSeconds: end)
        }
        if let path = request.report { try writeLines(cues.map(\.json), to: path) }
        let dropped = cues.filter { $0.outcome == .dropped }
        if let path = request.pauses { try writeLines(dropped.map(\.pause), to: path) }
        notices.line(summary(spoken.count, dropped.count))
    }

    private func placed(_ moments: [Moment], _ gaps: [TimeRange]) throws -> [NarrationPlan.Cue] {
        let narrator = try Narrator(voice: request.voice)
        var plan = NarrationPlan(gaps: gaps, mostSpeed: request.mostSpeed)
        return try moments.filter(\.saysMore).map { moment in
            try plan.place(moment) { try narrator.take($0, speed: $1) }
        }
    }

    private func write(
        _ cues: [NarrationPlan.Cue], to path: String, over film: OpenInput, hasSound: Bool,
        endSeconds end: Double
    ) throws {
        guard let form = TrackForm(endingOf: path) else { throw NarrationError.unknownForm }
        let rate = DescribedMix.sampleRate
        var selection = SoundSelection()
        selection.channel = .each
        var mix = DescribedMix(cues)
        let file = try TemporaryFile(replacing: path)
        if hasSound {
            var reader = try SoundReader(
                descriptor: film.descriptor, name: film.name, selection: selection, sampleRate: rate
            )
            let channels = min(2, reader.channelCount)
            let track = try TrackWriter(
                descriptor: file.descriptor, name: path, form: form, film: film.descriptor,
                sampleRate: rate, channelCount: channels)
            var count = 0
            while true {
                let block = try reader.read(upTo: rate)
                guard let first = block.first, !first.isEmpty else { break }
                count += first.count
                try track.write(mix.mix(block), channelCount: channels)
            }
            try silence(from: count, until: mix.endSample, channels, &mix, track)
            try track.finish()
        } else {
            let track = try TrackWriter(
                descriptor: file.descriptor, name: path, form: form, film: film.descriptor,
                sampleRate: rate, channelCount: 1)
            let last = max(mix.endSample, Int(end * Double(rate)))
            try silence(from: 0, until: last, 1, &mix, track)
            try track.finish()
        }
        try file.takePlace()
    }

    /// Where the film has no sound, or none any more.
    private func silence(
        from start: Int, until end: Int, _ channels: Int, _ mix: inout DescribedMix,
        _ track: TrackWriter
    ) throws {
        for first in stride(from: start, to: end, by: DescribedMix.sampleRate) {
            let count = min(DescribedMix.sampleRate, end - first)
            let quiet = [[Float]](
                repeating: [Float](repeating: 0, count: count), count: channels)
            try track.write(mix.mix(quiet), channelCount: channels)
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
            ("pauseSeconds", .number(take.sound.durationSeconds + 0.5)),
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
