import Signals
import Subtitles
import ToolKit

/// Writes the transcript of one recording in a format, as its segments become known.
package struct TranscriptWriter: Sendable {
    private let format: TranscriptFormat
    private let style: TranscriptStyle
    private let input: Recording
    private var shaper: SubtitleShaper
    private var cues: SubtitleWriter?
    private var segments: [SpokenSegment] = []
    /// What no shaping could mend, counted by its rule, and the first finding of each.
    package private(set) var warnings: Warnings = [:]

    package typealias Warnings = [SubtitleFinding.Rule: (count: Int, first: SubtitleFinding)]

    /// Which recording it is, and what wrote it down.
    package struct Recording: Sendable {
        let name: String
        /// The name where lines have to say which recording they belong to.
        let label: String?
        let model: String

        package init(name: String, label: String?, model: String) {
            self.name = name
            self.label = label
            self.model = model
        }
    }

    package init(_ format: TranscriptFormat, _ style: TranscriptStyle, of input: Recording) {
        self.format = format
        self.style = style
        self.input = input
        shaper = SubtitleShaper(
            style.profile, eachWord: style.eachWord, labelsSpeakers: format == .srt)
        cues = format.subtitles.map { SubtitleWriter($0, style.profile) }
    }

    /// What the transcript begins with.
    package var head: String { cues?.head ?? "" }

    /// - Parameter segments: in order, after those of the last call.
    /// - Returns: what is to be written now, whole lines.
    package mutating func add(_ segments: [SpokenSegment]) -> String {
        switch format {
        case .text: return lines(segments)
        case .jsonl: return segments.map { object($0).line + "\n" }.joined()
        case .json:
            self.segments += segments
            return ""
        case .srt, .vtt:
            return written(segments.flatMap { shaper.add($0) })
        case .tsv, .lrc:
            return written(segments.flatMap { style.eachWord ? $0.wordCues : [$0.cue] })
        }
    }

    /// - Parameter report: what was learnt of the recording.
    /// - Returns: the rest.
    package mutating func end(_ report: TranscriptReport) -> String {
        switch format {
        case .srt, .vtt: written(shaper.finish())
        case .json: whole(report).line + "\n"
        case .text, .jsonl, .tsv, .lrc: ""
        }
    }

    private mutating func written(_ shaped: [Cue]) -> String {
        for finding in shaper.takeWarnings() {
            warnings[finding.rule, default: (0, finding)].count += 1
        }
        return shaped.map { cues?.text(of: $0) ?? "" }.joined()
    }

    /// A line for each run of segments of one speaker.
    private func lines(_ segments: [SpokenSegment]) -> String {
        var result = ""
        var rest = segments[...]
        while let first = rest.first {
            let run = rest.prefix { $0.speaker == first.speaker }
            rest = rest.dropFirst(run.count)
            let text = run.map(\.text).joined().trimmingWhitespace.withoutControlCharacters
            guard !text.isEmpty else { continue }
            let labels = [input.label, first.speaker].compactMap { $0.map { $0 + ": " } }
            result += labels.joined() + text + "\n"
        }
        return result
    }

    private func object(_ segment: SpokenSegment) -> JSON {
        .object([("input", .string(input.name))] + segment.members(words: style.eachWord))
    }

    private func whole(_ report: TranscriptReport) -> JSON {
        var members: [(name: String, value: JSON)] = [
            ("input", .string(input.name)), ("model", .string(input.model)),
        ]
        if let language = report.language { members.append(("language", .string(language))) }
        if let probability = report.languageProbability {
            members.append(("languageProbability", .number(Double(probability))))
        }
        members += [
            ("duration", .number(report.heardSeconds)),
            ("text", .string(segments.map(\.text).joined().trimmingWhitespace)),
            (
                "segments",
                .array(segments.map { .object($0.members(words: style.eachWord)) })
            ),
        ]
        return .object(members)
    }
}

/// How a transcript looks, whatever the recording.
package struct TranscriptStyle: Sendable {
    /// The limits of shaped subtitles.
    package var profile = SubtitleProfile.standard
    /// Whether each word stands by itself, or is listed.
    package var eachWord = false

    package init() {}
}

extension SpokenSegment {
    fileprivate var cue: Cue {
        Cue(range: range, lines: [text.trimmingWhitespace], speaker: speaker)
    }

    fileprivate var wordCues: [Cue] {
        words.map { Cue(range: $0.range, lines: [$0.text.trimmingWhitespace], speaker: speaker) }
    }
}
