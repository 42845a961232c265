/// Checks subtitles against a house style.
///
/// - Parameters:
///   - subtitles: as read from a file; what the reader had to mend is reported too.
///   - profile: the limits.
///   - language: a code, for the rule of bad breaks; where nil, the file's own, else a guess.
/// - Returns: what breaks a rule, in the order of the file.
package func lint(
    _ subtitles: ParsedSubtitles, _ profile: SubtitleProfile, language: String? = nil
) -> [SubtitleFinding] {
    let named = language ?? subtitles.language
    let classes = named.map(WordClasses.of) ?? WordClasses.guess(words(of: subtitles))
    let rules = CueRules(profile, .file, classes: classes)
    var findings = subtitles.warnings
    for (i, parsed) in subtitles.cues.enumerated() {
        findings += rules.findings(
            parsed.cue, number: i + 1, line: parsed.line,
            after: i > 0 ? subtitles.cues[i - 1].cue : nil)
    }
    // Stable: two findings of one line stay in the order of the rules.
    return findings.enumerated().sorted {
        ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
    }.map(\.element)
}

private func words(of subtitles: ParsedSubtitles) -> [String] {
    subtitles.cues.prefix(500).flatMap { $0.cue.lines }
        .flatMap { $0.split(separator: " ").map { bareWord(String($0)) } }
}
