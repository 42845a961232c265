import Describing
import Signals
import Subtitles
import ToolKit
import Video

/// Writes the moments of one film in a format, each as soon as it is known.
package struct MomentWriter {
    private let format: FilmFormat
    private let input: String
    /// The name where lines have to say which film they belong to.
    private let label: String?
    private var cues: SubtitleWriter?
    private var moments: [Moment] = []
    private var page: FilmPage?

    /// - Parameters:
    ///   - format: of the answer.
    ///   - input: the film's name.
    ///   - label: the same where lines have to say it.
    package init(_ format: FilmFormat, input: String, label: String?) {
        self.format = format
        self.input = input
        self.label = label
        switch format {
        case .vtt: cues = SubtitleWriter(.vtt)
        case .srt: cues = SubtitleWriter(.srt)
        case .html: page = FilmPage(of: input)
        case .text, .json, .jsonl, .tsv: break
        }
    }

    /// Whether the frames themselves are needed.
    var needsPictures: Bool { format == .html }

    /// What the answer begins with.
    package var head: String {
        switch format {
        case .vtt:
            """
            WEBVTT

            NOTE
            kind=descriptions. A machine wrote these descriptions; they are a draft that a person \
            should check.


            """
        case .tsv: "start\tend\tcaption\ttext\n"
        case .html: page?.head ?? ""
        case .text, .srt, .json, .jsonl: ""
        }
    }

    /// - Returns: what is written when a moment begins: lines of text.
    package func begin(_ moment: Moment) -> String {
        lines(moment.lines, atSeconds: moment.range.startSeconds)
    }

    /// - Parameters:
    ///   - text: better readings of lines that `begin` has written.
    ///   - seconds: when they were read.
    /// - Returns: what is written then; other formats wait for the end of a moment.
    package func correct(_ text: [String], atSeconds seconds: Double) -> String {
        lines(text.map(Moment.line(ofText:)), atSeconds: seconds)
    }

    private func lines(_ lines: [String], atSeconds seconds: Double) -> String {
        guard format == .text else { return "" }
        let place = (label.map { $0 + ": " } ?? "") + clock(seconds) + "  "
        return lines.map { place + $0 + "\n" }.joined()
    }

    /// - Parameters:
    ///   - moment: is over; its times are final.
    ///   - picture: its frame as JPEG, where `needsPictures` is true.
    /// - Returns: what is written then.
    package mutating func end(_ moment: Moment, picture: [UInt8] = []) -> String {
        switch format {
        case .text: return ""
        case .jsonl: return object(moment).line + "\n"
        case .json:
            moments.append(moment)
            return ""
        case .vtt, .srt:
            let cue = cue(moment)
            return cues?.text(of: cue) ?? ""
        case .tsv:
            let times = [moment.range.startSeconds, moment.range.endSeconds].map {
                String(Int(($0 * 1000).rounded()))
            }
            let words = [moment.caption ?? "", moment.text.joined(separator: " ")].map {
                Wording.oneLine($0)
            }
            return (times + words).joined(separator: "\t") + "\n"
        case .html: return page?.section(moment, picture: picture) ?? ""
        }
    }

    /// - Parameter report: what was learnt of the film.
    /// - Returns: the rest.
    package func finish(_ report: FilmReport) -> String {
        switch format {
        case .json: whole(report).line + "\n"
        case .html: page?.tail ?? ""
        case .text, .vtt, .srt, .jsonl, .tsv: ""
        }
    }

    /// Said for as long as it takes to say, before the next one.
    private func cue(_ moment: Moment) -> Cue {
        let start = moment.range.startSeconds
        let end = min(start + moment.spokenSeconds, max(moment.range.endSeconds, start + 0.5))
        return Cue(range: TimeRange(startSeconds: start, endSeconds: end), lines: moment.lines)
    }

    private func object(_ moment: Moment) -> JSON {
        .object([("input", .string(input))] + moment.members)
    }

    private func whole(_ report: FilmReport) -> JSON {
        .object([
            ("input", .string(input)), ("seconds", .number(report.endSeconds)),
            ("scenes", .array(report.sceneSeconds.map { .number($0) })),
            ("moments", .array(moments.map(\.json))),
            ("framesDecoded", .int(report.decodedFrames)),
            ("framesBlank", .int(report.blankFrames)),
            ("framesBlurred", .int(report.blurredFrames)),
            ("framesRepeated", .int(report.repeatedFrames)),
            ("damage", report.damage.map { .string($0.what) } ?? .null),
        ])
    }
}
