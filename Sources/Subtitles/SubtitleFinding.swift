import Signals

/// A place where subtitles break a rule of a house style.
package struct SubtitleFinding: Sendable, Equatable {
    /// What a house asks of its subtitles.
    package enum Rule: String, CaseIterable, Sendable {
        /// A cue starts before the one that stands before it in the file.
        case order
        /// A cue starts while the one before is still shown.
        case overlap
        case gap
        case shortDuration = "short-duration"
        case longDuration = "long-duration"
        case readingSpeed = "reading-speed"
        case lineLength = "line-length"
        case lineCount = "line-count"
        case empty
        /// A line ends between two words that belong together.
        case badBreak = "bad-break"
        /// What the reader of the file had to mend or leave out.
        case damage
    }

    package let rule: Rule
    /// Which cue, from 1; nil where it is about the file.
    package let cue: Int?
    /// Of the file, from 1; nil where there is no file.
    package let line: Int?
    /// A sentence without capital or full stop, with the value and the limit, never with the text.
    package let sentence: String

    package init(rule: Rule, cue: Int?, line: Int?, sentence: String) {
        self.rule = rule
        self.cue = cue
        self.line = line
        self.sentence = sentence
    }
}

/// The rules of a house, asked of one cue after another.
struct CueRules {
    /// Which rules are asked.
    enum Scope {
        /// All: a file that somebody made.
        case file
        /// Those that our own cues can break, because the words are the speaker's.
        case shaped
    }

    private let profile: SubtitleProfile
    private let timing: Timing
    private let scope: Scope
    private let classes: WordClasses?

    init(_ profile: SubtitleProfile, _ scope: Scope, classes: WordClasses? = nil) {
        self.profile = profile
        self.scope = scope
        self.classes = classes
        timing = Timing(profile)
    }

    func findings(
        _ cue: Cue, number: Int, line: Int? = nil, after previous: Cue?
    ) -> [SubtitleFinding] {
        var findings: [SubtitleFinding] = []
        func report(_ rule: SubtitleFinding.Rule, _ sentence: String) {
            findings.append(
                SubtitleFinding(rule: rule, cue: number, line: line, sentence: sentence))
        }
        let name = "cue \(number)"
        if scope == .file {
            if let previous { neighbours(cue, previous, name, report) }
            lines(cue, name, report)
        }
        durations(cue, name, report)
        return findings
    }

    private typealias Report = (SubtitleFinding.Rule, String) -> Void

    private func neighbours(_ cue: Cue, _ previous: Cue, _ name: String, _ report: Report) {
        let start = milliseconds(cue.range.startSeconds)
        let gap = start - milliseconds(previous.range.endSeconds)
        if start < milliseconds(previous.range.startSeconds) {
            report(.order, "\(name) starts before the cue that it comes after")
        } else if gap < 0 {
            report(
                .overlap,
                "\(name) starts \(seconds(-gap)) s before the cue that it comes after has ended")
        } else if gap < timing.gap {
            report(
                .gap,
                "\(name) follows after \(seconds(gap)) s; \(profile.name) asks for at least "
                    + "\(seconds(timing.gap)) s")
        } else if gap > timing.gap, gap < timing.closedGap {
            report(
                .gap,
                "\(name) follows after \(seconds(gap)) s; \(profile.name) asks for "
                    + "\(seconds(timing.gap)) s, or at least \(seconds(timing.closedGap)) s")
        }
    }

    private func durations(_ cue: Cue, _ name: String, _ report: Report) {
        let start = milliseconds(cue.range.startSeconds)
        let length = milliseconds(cue.range.endSeconds) - start
        if length < timing.minimum {
            report(
                .shortDuration,
                "\(name) is shown for \(seconds(length)) s; \(profile.name) asks for at least "
                    + "\(seconds(timing.minimum)) s")
        } else if length > timing.maximum {
            report(
                .longDuration,
                "\(name) is shown for \(seconds(length)) s; \(profile.name) allows "
                    + "\(seconds(timing.maximum)) s")
        }
        let columns = cue.lines.reduce(0) { $0 + displayWidth($1) }
        let speed = Double(columns) * 1000 / Double(max(1, length))
        if speed > profile.charactersPerSecond + 0.05 {
            report(
                .readingSpeed,
                "\(name) has \(tenths(speed)) characters per second; \(profile.name) allows "
                    + "\(tenths(profile.charactersPerSecond))")
        }
    }

    private func lines(_ cue: Cue, _ name: String, _ report: Report) {
        if cue.lines.allSatisfy({ trimmed($0).isEmpty }) { report(.empty, "\(name) has no text") }
        if cue.lines.count > profile.lineLimit {
            report(
                .lineCount,
                "\(name) has \(cue.lines.count) lines; \(profile.name) allows \(profile.lineLimit)")
        }
        for (i, text) in cue.lines.enumerated() {
            let width = displayWidth(text)
            if width > profile.lineWidth {
                report(
                    .lineLength,
                    "line \(i + 1) of \(name) has \(width) characters; \(profile.name) allows "
                        + "\(profile.lineWidth)")
            }
            if let classes, let last = text.split(separator: " ").last,
                last.last.map({ $0.isLetter }) == true,
                classes.determiners.contains(bareWord(String(last)))
            {
                report(
                    .badBreak,
                    "line \(i + 1) of \(name) ends with an article or the like, which belongs to "
                        + "the word after it")
            }
        }
    }
}

/// - Returns: whole milliseconds as seconds, "0.083".
private func seconds(_ milliseconds: Int) -> String {
    let rest = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
}

private func tenths(_ value: Double) -> String {
    let rounded = (value * 10).rounded() / 10
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
}
