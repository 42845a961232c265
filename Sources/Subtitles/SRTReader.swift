import Signals

/// Reads SubRip, whose counters, empty lines and times people and programs get wrong.
///
/// - Throws: `notSubtitles` or `noTimes` where the first lines are not a subtitle's.
func parseSRT(_ file: DecodedFile) throws(SubtitleError) -> ParsedSubtitles {
    let lines = file.lines
    var warnings = file.warnings
    let first = lines.firstIndex { !isBlank($0) } ?? 0
    let second = lines.indices.first { $0 > first && !isBlank(lines[$0]) }
    if CueTimes(lenient: lines[first]) == nil,
        second.map({ CueTimes(lenient: lines[$0]) == nil || $0 > first + 1 }) ?? true
    {
        throw isCounter(lines[first])
            ? .noTimes(line: (second ?? first) + 1) : .notSubtitles(line: first + 1)
    }
    let timeLines = lines.indices.filter { i in
        if lines[i].utf8.contains(UInt8(ascii: ">")), CueTimes(lenient: lines[i]) != nil {
            return true
        }
        if lines[i].contains("-->") {
            warnings.append(
                damage(
                    i + 1,
                    "line \(i + 1) has an arrow and not two times; "
                        + "it was taken for a line of text"))
        }
        return false
    }
    var cues: [ParsedCue] = []
    for (k, timeLine) in timeLines.enumerated() {
        guard let times = CueTimes(lenient: lines[timeLine]) else { continue }
        let next = k + 1 < timeLines.count ? timeLines[k + 1] : lines.count
        let counter = identifier(above: timeLine, lines)
        let end = next < lines.count && identifier(above: next, lines) != nil ? next - 1 : next
        let text = textLines(from: timeLine + 1, to: end, lines, &warnings)
        if times.end < times.start {
            warnings.append(
                damage(timeLine + 1, "the cue of line \(timeLine + 1) ends before it starts"))
        }
        let cue = Cue(range: times.range, lines: srtText(text))
        cues.append(ParsedCue(cue: cue, line: timeLine + 1, identifier: counter))
    }
    return ParsedSubtitles(format: .srt, language: nil, cues: cues, warnings: warnings)
}

/// The counter of a cue: a number right above its times, or whatever stands alone there.
private func identifier(above timeLine: Int, _ lines: [String]) -> String? {
    guard timeLine > 0, !isBlank(lines[timeLine - 1]),
        CueTimes(lenient: lines[timeLine - 1]) == nil
    else { return nil }
    let line = lines[timeLine - 1]
    let standsAlone = timeLine == 1 || isBlank(lines[timeLine - 2])
    return isCounter(line) || standsAlone ? trimmed(singleLine(line)) : nil
}

private func isCounter(_ line: String) -> Bool {
    let text = trimmed(singleLine(line))
    return !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
}

/// The lines of a cue, those after an empty line too, unless a counter shows that a cue without times
/// begins there.
private func textLines(
    from start: Int, to end: Int, _ lines: [String], _ warnings: inout [SubtitleFinding]
) -> [String] {
    var text: [String] = []
    var afterBlank = false
    for i in start..<max(start, end) {
        if isBlank(lines[i]) {
            afterBlank = true
            continue
        }
        if afterBlank {
            if isCounter(lines[i]) {
                warnings.append(
                    damage(
                        i + 1, "the subtitle from line \(i + 1) has no times; it was left out"))
                return text
            }
            if !text.isEmpty {
                warnings.append(
                    damage(
                        i + 1,
                        "line \(i + 1) stands after an empty line and before the next times; "
                            + "it was taken for a part of the cue above"))
            }
        }
        afterBlank = false
        text.append(lines[i])
    }
    return text
}
