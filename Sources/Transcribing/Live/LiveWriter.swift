import Signals
import ToolKit

/// Writes what is heard while it is heard.
package struct LiveWriter: Sendable {
    private let format: TranscriptFormat
    private let showsPartials: Bool
    private var writer: TranscriptWriter
    package private(set) var latency = Latency()
    /// Whether words stand on the line that is being written.
    private var isInLine = false
    private var lastPartial = ""

    package init(
        _ format: TranscriptFormat, _ style: TranscriptStyle, of input: TranscriptWriter.Recording,
        showsPartials: Bool
    ) {
        self.format = format
        self.showsPartials = showsPartials
        writer = TranscriptWriter(format, style, of: input)
    }

    package var head: String { writer.head }

    /// - Parameters:
    ///   - event: what happened.
    ///   - heardSeconds: how much sound had come by then.
    /// - Returns: what is to be written now, and what to say aside on stderr.
    package mutating func add(
        _ event: LiveTranscriber.Event, heardSeconds: Double
    ) -> (text: String, aside: String?) {
        switch event {
        case .words(let words):
            for word in words {
                latency.add(wordEnd: word.range.endSeconds, heardSeconds: heardSeconds)
            }
            return (confirmed(words), nil)
        case .partial(let words):
            return partial(words)
        case .segment(let segment):
            lastPartial = ""
            defer { isInLine = false }
            return (format == .text ? (isInLine ? "\n" : "") : writer.add([segment]), nil)
        }
    }

    package mutating func end(_ report: TranscriptReport) -> String {
        (isInLine ? "\n" : "") + writer.end(report)
    }

    private mutating func confirmed(_ words: [SpokenWord]) -> String {
        switch format {
        case .text:
            let text = words.map(\.text).joined().withoutControlCharacters
            defer { isInLine = true }
            return isInLine ? text : text.trimmingWhitespace
        case .jsonl:
            return JSON.object([("event", .string("words")), ("words", .array(words.map(\.json)))])
                .line + "\n"
        case .srt, .vtt, .json, .tsv, .lrc:
            return ""
        }
    }

    private mutating func partial(_ words: [SpokenWord]) -> (text: String, aside: String?) {
        let text = words.map(\.text).joined().trimmingWhitespace
        guard showsPartials, text != lastPartial else { return ("", nil) }
        lastPartial = text
        guard format == .jsonl else { return ("", text.isEmpty ? nil : "partial: \(text)") }
        return (
            JSON.object([("event", .string("partial")), ("text", .string(text))]).line + "\n", nil
        )
    }
}
