import Signals

/// A file format of subtitles.
package enum SubtitleFormat: String, CaseIterable, Sendable {
    /// SubRip.
    case srt
    /// WebVTT.
    case vtt
    /// Start and end in milliseconds and the text, parted by tabs, as `openai/whisper` writes it.
    case tsv
    /// Timed lyrics: one line with its start for each cue.
    case lrc
}

/// Writes cues in a format, piece by piece.
///
/// Whatever a cue holds, the file is one that its readers take: markup is escaped or defused, control
/// characters and empty lines are left out.
package struct SubtitleWriter: Sendable {
    private let format: SubtitleFormat
    private let profile: SubtitleProfile
    private var count = 0
    private var speaker: String?

    /// - Parameters:
    ///   - format: of the file.
    ///   - profile: decides how long the label of a speaker may be.
    package init(_ format: SubtitleFormat, _ profile: SubtitleProfile = .standard) {
        self.format = format
        self.profile = profile
    }

    /// What the file starts with.
    package var head: String {
        switch format {
        case .vtt: "WEBVTT\n\n"
        case .tsv: "start\tend\ttext\n"
        case .srt, .lrc: ""
        }
    }

    /// One cue, complete with what parts it from the next.
    ///
    /// - Returns: nothing for a cue without text.
    package mutating func text(of cue: Cue) -> String {
        let lines = cue.lines.map { trimmed(singleLine($0)) }.filter { !$0.isEmpty }
        guard !lines.isEmpty else { return "" }
        count += 1
        let start = milliseconds(cue.range.startSeconds)
        let end = max(milliseconds(cue.range.endSeconds), start + 1)
        switch format {
        case .srt:
            let body = (label(cue) + lines.map(defused).joined(separator: "\n"))
            return "\(count)\n\(clock(start, ",")) --> \(clock(end, ","))\n\(body)\n\n"
        case .vtt:
            let voice = cue.speaker.map { trimmed(singleLine($0)) } ?? ""
            let opening = voice.isEmpty ? "" : "<v \(escaped(voice))>"
            let body = opening + lines.map(escaped).joined(separator: "\n")
            return "\(clock(start, ".")) --> \(clock(end, "."))\n\(body)\n\n"
        case .tsv:
            return "\(start)\t\(end)\t\(label(cue))\(lines.joined(separator: " "))\n"
        case .lrc:
            let (minutes, rest) = ((start / 60_000), start % 60_000 / 10)
            let time = "\(digits(minutes, 2)):\(digits(rest / 100, 2)).\(digits(rest % 100, 2))"
            return "[\(time)]\(label(cue))\(lines.joined(separator: " "))\n"
        }
    }

    /// The label of a speaker who was not the one before.
    private mutating func label(_ cue: Cue) -> String {
        defer { speaker = cue.speaker }
        guard let name = cue.speaker, name != speaker else { return "" }
        return defused(speakerLabel(name, profile))
    }
}

/// "Name: ", cut so that half of a line is left for the words.
func speakerLabel(_ name: String, _ profile: SubtitleProfile) -> String {
    var label = ""
    for character in trimmed(singleLine(name)) {
        guard displayWidth(label) + character.columns <= profile.lineWidth / 2 - 2 else { break }
        label.append(character)
    }
    return label.isEmpty ? "" : label + ": "
}

/// SubRip has no escapes: an arrow in its text would be taken for a time.
private func defused(_ line: String) -> String {
    var text = String.UnicodeScalarView()
    for scalar in line.unicodeScalars {
        if scalar == ">", text.suffix(2).elementsEqual(["-", "-"]) { text.append(" ") }
        text.append(scalar)
    }
    return String(text)
}

/// By scalars: with an accent after it, "<" is another character and the same markup.
private func escaped(_ line: String) -> String {
    line.unicodeScalars.reduce(into: "") { text, scalar in
        switch scalar {
        case "&": text += "&amp;"
        case "<": text += "&lt;"
        case ">": text += "&gt;"
        default: text.unicodeScalars.append(scalar)
        }
    }
}

/// "01:02:03.456"; hours have more than two digits where they need them.
private func clock(_ milliseconds: Int, _ separator: String) -> String {
    let seconds = milliseconds / 1000
    return [seconds / 3600, seconds / 60 % 60, seconds % 60].map { digits($0, 2) }
        .joined(separator: ":") + separator + digits(milliseconds % 1000, 3)
}

private func digits(_ number: Int, _ count: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, count - text.count)) + text
}
