import ArgumentParser
import Subtitles
import ToolKit
import Transcribing

/// What is written, and in which form.
struct FormOptions: ParsableArguments {
    @Option(
        help: """
            text: the words. srt, vtt: subtitles that can be read in time. json: an object for each \
            recording. jsonl: an object for each segment. tsv: start and end in milliseconds. \
            lrc: timed lines.
            """)
    var format: TranscriptFormat?

    @Flag(help: "The same as --format json.")
    var json = false

    @Flag(help: "Times of single words: a subtitle or row for each, or a list in JSON.")
    var words = false

    @Option(
        help: ArgumentHelp(
            "Limits of subtitles: standard (42 characters in 2 lines, 17 characters a second, 0.833 to 7 s), netflix, bbc or dcmp.",
            valueName: "name"))
    var profile: SubtitleProfile?

    // Unconditional: a number below 0 deserves a sentence about numbers.
    @Option(
        name: .customLong("max-line"), parsing: .unconditional,
        help: ArgumentHelp("Characters of a subtitle's line at most.", valueName: "count"))
    var maximumLine: Int?

    @Flag(
        help:
            "Check the SRT or VTT files that are named against --profile; nothing is written down.")
    var lint = false

    @Flag(help: "Say only which language is spoken, and how sure that is.")
    var detectLanguage = false

    func validate() throws {
        if json, let format, format != .json {
            throw ValidationError("--json and --format \(format.rawValue) are different forms.")
        }
        if let maximumLine, !SubtitleProfile.lineWidths.contains(maximumLine) {
            let range = SubtitleProfile.lineWidths
            throw ValidationError(
                "--max-line takes a number from \(range.lowerBound) to \(range.upperBound), not \(maximumLine)."
            )
        }
        if lint && (json || words || format != nil || detectLanguage) {
            throw ValidationError("--lint only checks; leave out --format, --words and the like.")
        }
        if words && [.text, .lrc].contains(chosen) {
            throw ValidationError("--words needs --format srt, vtt, tsv, json or jsonl.")
        }
        if (profile != nil || maximumLine != nil) && !lint && !chosen.isShaped {
            throw ValidationError("--profile and --max-line are for --format srt and vtt.")
        }
        if detectLanguage && (words || ![.text, .json, .jsonl].contains(chosen)) {
            throw ValidationError("--detect-language writes lines, or objects with --json.")
        }
    }

    var chosen: TranscriptFormat { json ? .json : format ?? .text }

    var style: TranscriptStyle {
        var style = TranscriptStyle()
        style.profile = profile ?? .standard
        if let maximumLine { style.profile.lineWidth = maximumLine }
        style.eachWord = words
        return style
    }
}

extension TranscriptFormat: ExpressibleByArgument {}

extension SubtitleProfile: ExpressibleByArgument {
    public init?(argument: String) {
        guard let profile = SubtitleProfile.named(argument) else { return nil }
        self = profile
    }

    public static var allValueStrings: [String] { all.map(\.name) }
}
