import Signals

/// Source: WebVTT, "4.1 WebVTT file parsing".
func parseVTT(_ file: DecodedFile) -> ParsedSubtitles {
    var parser = VTTParser(file)
    parser.parse()
    if parser.cues.isEmpty { parser.warnings.append(damage(nil, "the file has no cue")) }
    return ParsedSubtitles(
        format: .vtt, language: parser.language, cues: parser.cues, warnings: parser.warnings)
}

private struct VTTParser {
    private let lines: [String]
    private var position = 1
    var cues: [ParsedCue] = []
    var warnings: [SubtitleFinding]
    var language: String?

    init(_ file: DecodedFile) {
        // The standard has this in place of NUL.
        lines = file.lines.map { line in
            line.utf8.contains(0) ? String(line.map { $0 == "\0" ? "\u{FFFD}" : $0 }) : line
        }
        warnings = file.warnings
    }

    mutating func parse() {
        if position < lines.count, !lines[position].isEmpty {
            parseHeader()
        }
        while position < lines.count {
            if lines[position].isEmpty {
                position += 1
            } else {
                parseBlock()
            }
        }
    }

    /// Lines up to an empty one or to a cue that follows without one.
    private mutating func parseHeader() {
        while position < lines.count, !lines[position].isEmpty {
            let line = lines[position]
            guard !line.contains("-->") else { return }
            if line.hasPrefix("Language:") {
                let code = trimmed(singleLine(String(line.dropFirst(9))))
                if !code.isEmpty { language = code }
            }
            position += 1
        }
    }

    /// Source: "collect a WebVTT block".
    private mutating func parseBlock() {
        var times: CueTimes?
        var timeLine = position
        var hasArrow = false
        var identifier: String?
        var text: [String] = []
        var count = 0
        while position < lines.count, !lines[position].isEmpty {
            let line = lines[position]
            count += 1
            if line.contains("-->") {
                guard count == 1 || count == 2 && !hasArrow else { break }
                hasArrow = true
                timeLine = position
                times = CueTimes(standard: line) ?? mended(line)
                if times != nil {
                    identifier = text.first
                    text = []
                }
            } else {
                text.append(line)
            }
            position += 1
        }
        if let times {
            append(times, text, timeLine + 1, identifier)
        } else if !hasArrow, let first = text.first {
            warnAboutText(first, line: position - count + 1)
        }
    }

    /// Times as SubRip has them, which people forget to change.
    private mutating func mended(_ line: String) -> CueTimes? {
        let number = position + 1
        if line.contains(","),
            let times = CueTimes(standard: String(line.map { $0 == "," ? "." : $0 }))
        {
            warnings.append(
                damage(
                    number,
                    "line \(number) has times with commas; players leave the cue out, "
                        + "because WebVTT has dots"))
            return times
        }
        warnings.append(
            damage(
                number,
                "line \(number) has an arrow and not two times as WebVTT writes them; "
                    + "players leave the cue out"))
        return nil
    }

    private mutating func append(
        _ times: CueTimes, _ text: [String], _ line: Int, _ identifier: String?
    ) {
        if times.end < times.start {
            warnings.append(damage(line, "the cue of line \(line) ends before it starts"))
        }
        let plain = vttText(text.joined(separator: "\n"))
        let cue = Cue(range: times.range, lines: plain.lines, speaker: plain.speaker)
        cues.append(ParsedCue(cue: cue, line: line, identifier: identifier))
    }

    private mutating func warnAboutText(_ first: String, line: Int) {
        let word = first.split { $0 == " " || $0 == "\t" }.first ?? ""
        let isBlock = word == "NOTE" || (cues.isEmpty && (word == "STYLE" || word == "REGION"))
        // The header of older drafts.
        guard !isBlock, word != "Region:" else { return }
        warnings.append(
            damage(line, "the text from line \(line) has no times; players leave it out"))
    }
}
