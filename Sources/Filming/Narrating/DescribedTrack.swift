import Audio
import Glibc
import Signals
import Speech
import ToolKit

/// The sound of a film with its descriptions, written as a file or into a copy of the film.
struct DescribedTrack {
    private let cues: [NarrationPlan.Cue]
    private let narrator: Narrator
    private let film: OpenInput
    private let endSeconds: Double
    /// Of the sound, which goes on where the telling of the film was stopped early.
    private var lengthSeconds: Double

    /// - Parameters:
    ///   - cues: those that are spoken, in order.
    ///   - narrator: speaks them.
    ///   - film: a plain file, open for reading.
    ///   - end: of the film, in seconds.
    init(
        _ cues: [NarrationPlan.Cue], _ narrator: Narrator, over film: OpenInput,
        endSeconds end: Double
    ) {
        self.cues = cues
        self.narrator = narrator
        self.film = film
        endSeconds = end
        lengthSeconds = end
    }

    /// Begins a track and leaves it, so that what the kind of file cannot hold is said at once.
    ///
    /// - Throws: `NarrationError`, `TrackError`, `SoundInputError`.
    static func check(_ path: String, over film: OpenInput) throws {
        guard let form = TrackForm(endingOf: path) else { throw NarrationError.unknownForm }
        let file = try unnamedFile()
        defer { close(file) }
        do {
            _ = try TrackWriter(
                descriptor: file, name: path, form: form, film: film.descriptor,
                sampleRate: DescribedMix.sampleRate, channels: .mono, lasting: 0)
        } catch TrackError.unreadableFilm {
            // What is no film is told by who watches it.
        }
    }

    /// - Parameters:
    ///   - path: of the file; its ending says which kind it is.
    ///   - hasSound: whether the film has.
    /// - Throws: `NarrationError`, `SpeechError`, `SoundInputError`, `TrackError`, `OutputError`.
    mutating func write(to path: String, hasSound: Bool) throws {
        guard let form = TrackForm(endingOf: path) else { throw NarrationError.unknownForm }
        guard hasSound else { return try write(form, to: path, hasSound: false, .mono, .mono) }
        let layout = try measureSound()
        do {
            try write(form, to: path, hasSound: true, layout, layout)
        } catch TrackError.noSpeakers {
            try write(form, to: path, hasSound: true, layout, .stereo)
        }
    }

    /// A reader of its own, which is closed when this returns: of a long film it holds much.
    private mutating func measureSound() throws -> ChannelLayout {
        let sound = try sound()
        lengthSeconds = max(endSeconds, sound.durationSeconds ?? 0)
        return sound.channels
    }

    private func sound() throws -> SoundReader {
        var selection = SoundSelection()
        selection.channel = .each
        return try SoundReader(
            descriptor: film.descriptor, name: film.name, selection: selection,
            sampleRate: DescribedMix.sampleRate)
    }

    private func write(
        _ form: TrackForm, to path: String, hasSound: Bool, _ layout: ChannelLayout,
        _ written: ChannelLayout
    ) throws {
        let rate = DescribedMix.sampleRate
        let file = try TemporaryFile(replacing: path)
        let track = try TrackWriter(
            descriptor: file.descriptor, name: path, form: form, film: film.descriptor,
            sampleRate: rate, channels: written, lasting: lengthSeconds)
        let narrator = narrator
        var mix = DescribedMix(cues, over: layout, as: written) { cue in
            try narrator.say(cue.text, rate: cue.take.rate)
        }
        var count = 0
        if hasSound {
            var sound = try sound()
            while true {
                let block = try sound.read(upTo: rate)
                guard let first = block.first, !first.isEmpty else { break }
                count += first.count
                try track.write(mix.mix(block))
            }
        }
        // Where the film has no sound, or none any more.
        let end = max(mix.endSample, hasSound ? 0 : Int(endSeconds * Double(rate)))
        for start in stride(from: count, to: end, by: rate) {
            let quiet = [Float](repeating: 0, count: min(rate, end - start))
            try track.write(mix.mix(Array(repeating: quiet, count: layout.count)))
        }
        try track.finish()
        try file.takePlace()
    }
}
