import Signals
import Subtitles
import ToolKit

/// Writes where a file of subtitles breaks the limits of a house, a line for each place.
///
/// - Parameters:
///   - input: an SRT or VTT file.
///   - profile: the limits.
///   - output: gets the lines.
/// - Throws: `SubtitleError` for what is no such file; `PartialAnswer` with `LintFindings` where a
///   limit is broken; `OutputError`.
package func writeLint(
    of input: Input, _ profile: SubtitleProfile, to output: inout Output
) throws {
    let findings = lint(try readSubtitles(input.bytes), profile)
    for finding in findings {
        let places = [input.label, finding.line.map { "line \($0)" }].compactMap(\.self)
        output.write((places + [finding.sentence.withoutControlCharacters]).joined(separator: ": "))
        try output.endLine()
    }
    if !findings.isEmpty {
        throw PartialAnswer(LintFindings(count: findings.count, profile: profile.name))
    }
}

/// A file of subtitles breaks limits.
package struct LintFindings: Explained, Equatable {
    let count: Int
    let profile: String

    package var what: String {
        "\(count) \(count == 1 ? "place breaks" : "places break") the limits of \(profile)"
    }
    package var remedy: String { "mend them, or name other limits with --profile and --max-line" }
    package var exitStatus: ExitStatus { .damagedInput }
}
