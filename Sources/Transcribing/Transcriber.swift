import Audio
import Models
import Signals

/// Writes down one recording after the other.
///
///     sound -> Lane (SpeechCutter, Stretch) -> SpeechRecognizer -> InventionFilter -> SpokenOrder
///
/// Sound is read while it is decoded; of a recording no more is held than the speech that is not
/// settled.
package struct Transcriber: Sendable {
    private let recognizer: any SpeechRecognizer
    private let request: TranscriptRequest
    private let cutter: SpeechCutter

    /// - Parameters:
    ///   - recognizer: what writes.
    ///   - request: what is wanted.
    ///   - cutter: fresh; a copy of it finds the speech in each channel.
    package init(
        _ recognizer: any SpeechRecognizer, _ request: TranscriptRequest, _ cutter: SpeechCutter
    ) {
        self.recognizer = recognizer
        self.request = request
        self.cutter = cutter
    }

    /// Writes down a recording.
    ///
    /// - Parameters:
    ///   - sound: one channel, or one for each speaker.
    ///   - onProgress: takes the seconds that were heard, now and then.
    ///   - say: takes segments as soon as they are decided, in order.
    /// - Returns: what was learnt besides.
    /// - Throws: `SoundInputError`, the recogniser's errors, and what the closures throw.
    package func transcribe(
        _ sound: inout SoundReader, onProgress: (Double) -> Void,
        _ say: ([SpokenSegment]) throws -> Void
    ) throws -> TranscriptReport {
        func sayPlaced(_ segments: [SpokenSegment]) throws {
            try say(segments.map { $0.shifted(bySeconds: request.startSeconds) })
        }
        var hearing = Hearing(
            lanes: lanes, loudness: Loudness(channels: laneCount, seconds: 120))
        while true {
            let samples = try sound.read(upTo: speechSampleRate)
            guard let count = samples.first?.count, count > 0 else { break }
            hearing.add(samples)
            try decode(&hearing, flushing: false, sayPlaced)
            onProgress(hearing.heardSeconds)
        }
        for lane in hearing.lanes.indices { hearing.lanes[lane].finish() }
        try decode(&hearing, flushing: true, sayPlaced)
        return hearing.finished()
    }

    private var laneCount: Int { max(1, request.speakers.count) }

    private var lanes: [Lane] {
        (0..<laneCount).map { channel in
            Lane(
                cutter: cutter,
                speaker: request.speakers.isEmpty ? nil : request.speakers[channel], request)
        }
    }

    /// Decodes what is ready, several windows at once.
    ///
    /// - Parameters:
    ///   - hearing: what is heard; what was decoded is dropped from it.
    ///   - flushing: whether fewer windows than go side by side are decoded too.
    ///   - say: takes what can be said now.
    /// - Throws: the recogniser's errors, and what `say` throws.
    private func decode(
        _ hearing: inout Hearing, flushing: Bool, _ say: ([SpokenSegment]) throws -> Void
    ) throws {
        let limit = recognizer.windowSamples
        while true {
            let ready = hearing.ready(window: limit).prefix(request.jobs)
            // One speech that goes on is one window at a time, and must not pile up.
            let isDue =
                flushing || ready.count == request.jobs
                || hearing.heldSamples >= request.jobs * limit
            guard !ready.isEmpty, isDue else { break }
            try decode(Array(ready), in: &hearing)
            for segments in hearing.release(isLast: false) { try say(segments) }
        }
        if flushing { for segments in hearing.release(isLast: true) { try say(segments) } }
    }

    private func decode(_ places: [Hearing.Place], in hearing: inout Hearing) throws {
        let windows = places.map {
            hearing.lanes[$0.lane].window(
                of: $0.stretch, recognizer.windowSamples, language: request.language)
        }
        let recognitions = try recognizer.recognize(windows, request.recognition)
        for (place, (window, recognition)) in zip(places, zip(windows, recognitions)) {
            hearing.take(recognition, of: place, samples: window.samples.count)
        }
    }
}
