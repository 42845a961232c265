import Audio
import Models
import Signals
import Transcribing

/// Where nobody speaks.
package enum SpeechGaps {
    /// Shorter ones hold no words.
    private static let shortest = 0.5
    /// A detector is late for sounds without a voice.
    private static let margin = 0.15

    /// - Parameters:
    ///   - speech: where somebody speaks, in order.
    ///   - end: of the film, in seconds.
    /// - Returns: the stretches between, in order.
    package static func between(_ speech: [TimeRange], until end: Double) -> [TimeRange] {
        var gaps: [TimeRange] = []
        var start = 0.0
        for range in speech {
            let stop = range.startSeconds - margin
            if stop - start >= shortest {
                gaps.append(TimeRange(startSeconds: start, endSeconds: stop))
            }
            start = max(start, range.endSeconds + margin)
        }
        if end - start >= shortest { gaps.append(TimeRange(startSeconds: start, endSeconds: end)) }
        return gaps
    }

    /// Listens to a film.
    ///
    /// - Parameters:
    ///   - descriptor: a plain file, open for reading.
    ///   - name: of the film.
    ///   - detector: tells speech from other sound.
    /// - Returns: where somebody speaks; nil for a film without sound.
    /// - Throws: `SoundInputError`.
    static func speech(
        in descriptor: Int32, name: String, _ detector: (any VoiceDetector)?
    ) throws -> [TimeRange]? {
        do {
            return try speech(
                heardIn: SoundReader(
                    descriptor: descriptor, name: name, sampleRate: speechSampleRate), detector)
        } catch SoundInputError.noSound {
            return nil
        } catch SoundInputError.noSamples {
            return nil
        }
    }

    private static func speech(
        heardIn reader: consuming SoundReader, _ detector: (any VoiceDetector)?
    ) throws(SoundInputError) -> [TimeRange] {
        var cutter = SpeechCutter(
            detector: detector, rules: CuttingRules(), limitSamples: 30 * speechSampleRate)
        var speech: [TimeRange] = []
        while true {
            let samples = try reader.read(upTo: speechSampleRate)[0]
            if samples.isEmpty { break }
            speech += cutter.add(samples).flatMap(\.speech)
        }
        speech += cutter.finish().flatMap(\.speech)
        return speech.sorted { $0.startSeconds < $1.startSeconds }
    }
}
