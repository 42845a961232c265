import Subtitles

/// A form in which a transcript is written.
package enum TranscriptFormat: String, CaseIterable, Sendable {
    /// The words, a line for each stretch of speech.
    case text
    case srt
    case vtt
    /// One object on one line for each recording.
    case json
    /// One object on one line for each segment.
    case jsonl
    case tsv
    case lrc

    /// The ending of a file's name.
    package var ending: String { self == .text ? "txt" : rawValue }

    /// Nil where it is not a format of subtitles.
    package var subtitles: SubtitleFormat? { SubtitleFormat(rawValue: rawValue) }

    /// Whether segments are shaped into subtitles that can be read in time.
    package var isShaped: Bool { self == .srt || self == .vtt }

    /// Whether several recordings can be told apart in one output.
    package var holdsSeveral: Bool { [.text, .json, .jsonl].contains(self) }
}
