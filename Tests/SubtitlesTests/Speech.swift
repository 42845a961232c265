import Signals
import Subtitles
import TestKit

/// What the tests let speak.
enum Speech {
    /// Words at an even pace, as a model times them; " | " in the text is a pause of a second.
    static func segment(
        _ text: String, start: Double = 0, secondsEach: Double = 0.065, language: String? = "en",
        speaker: String? = nil
    ) -> SpokenSegment {
        var words: [SpokenWord] = []
        var time = start
        for word in text.split(separator: " ") {
            if word == "|" {
                time += 1
                continue
            }
            let end = time + Double(word.count) * secondsEach
            words.append(
                SpokenWord(
                    text: " " + word, range: TimeRange(startSeconds: time, endSeconds: end)))
            time = end + secondsEach
        }
        let end = words.last?.range.endSeconds ?? start
        return SpokenSegment(
            text: words.map(\.text).joined(),
            range: TimeRange(startSeconds: start, endSeconds: end),
            words: words, language: language, speaker: speaker)
    }

    /// All cues of segments, and what was warned about.
    static func shaped(
        _ segments: [SpokenSegment], _ profile: SubtitleProfile = .standard, eachWord: Bool = false,
        labelsSpeakers: Bool = false
    ) -> (cues: [Cue], warnings: [SubtitleFinding]) {
        var shaper = SubtitleShaper(profile, eachWord: eachWord, labelsSpeakers: labelsSpeakers)
        let cues = segments.flatMap { shaper.add($0) } + shaper.finish()
        return (cues, shaper.takeWarnings())
    }

    static func lines(_ text: String, language: String? = "en") -> [[String]] {
        shaped([segment(text, language: language)]).cues.map(\.lines)
    }
}

func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }

func written(
    _ cues: [Cue], _ format: SubtitleFormat, _ profile: SubtitleProfile = .standard
) -> String {
    var writer = SubtitleWriter(format, profile)
    return writer.head + cues.map { writer.text(of: $0) }.joined()
}
