import Signals

/// What stands in a subtitle file.
package struct ParsedSubtitles: Sendable, Equatable {
    /// `.srt` or `.vtt`.
    package let format: SubtitleFormat
    /// The code that a WebVTT header names.
    package let language: String?
    /// In the order of the file.
    package let cues: [ParsedCue]
    /// What was mended or left out, all of rule `damage`.
    package let warnings: [SubtitleFinding]
}

/// A cue of a file.
package struct ParsedCue: Sendable, Equatable {
    /// Without markup; where it ends before it starts, it is shown for no time.
    package let cue: Cue
    /// That its times stand on, from 1.
    package let line: Int
    /// The counter of SubRip, the identifier of WebVTT.
    package let identifier: String?
}

/// More is no subtitle file: a day of talk has two megabytes.
package let largestSubtitleBytes = 16 << 20

/// Reads SubRip or WebVTT as found in the wild.
///
/// WebVTT is read by the rules of its standard, so that what comes out is what a player shows; SubRip,
/// which has no standard, as leniently as players do.
///
/// - Parameter bytes: UTF-8, with or without a byte order mark, UTF-16 with one, or Windows-1252; line
///   ends of any system.
/// - Returns: the cues, and what had to be mended.
/// - Throws: where the file is neither.
package func readSubtitles(_ bytes: [UInt8]) throws(SubtitleError) -> ParsedSubtitles {
    guard bytes.count <= largestSubtitleBytes else {
        throw .tooLarge(bytes: bytes.count, limit: largestSubtitleBytes)
    }
    let file = DecodedFile(bytes)
    guard let first = file.lines.firstIndex(where: { !isBlank($0) }) else { throw .empty }
    if isHeader(file.lines[0]) { return parseVTT(file) }
    let start = file.lines[first].drop { $0 == " " || $0 == "\t" }
    if start.uppercased().hasPrefix("WEBVTT") { throw .misplacedHeader(line: first + 1) }
    return try parseSRT(file)
}

/// Source: WebVTT, "4.1 WebVTT file parsing", the signature.
private func isHeader(_ line: String) -> Bool {
    let rest = line.unicodeScalars.dropFirst(6).first
    return line.hasPrefix("WEBVTT") && (rest == nil || rest == " " || rest == "\t")
}

func isBlank(_ line: String) -> Bool { line.unicodeScalars.allSatisfy { $0 == " " || $0 == "\t" } }

/// A file as lines of text.
struct DecodedFile {
    /// At least one; without their ends.
    let lines: [String]
    private(set) var warnings: [SubtitleFinding] = []

    init(_ bytes: [UInt8]) {
        let text: [UInt8]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) || !isUTF16(bytes), isUTF8(bytes) {
            text = bytes
        } else if isUTF16(bytes) {
            text = utf8(fromUTF16: bytes)
            warnings.append(damage(nil, "the text is UTF-16; players expect UTF-8"))
        } else {
            text = utf8(fromWindows: bytes)
            warnings.append(
                damage(nil, "the text is not UTF-8; it was read as Windows-1252 (Latin-1)"))
        }
        let content = text.dropFirst(text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        lines = split(content)
    }
}

/// - Returns: what was mended, as a finding.
func damage(_ line: Int?, _ sentence: String) -> SubtitleFinding {
    SubtitleFinding(rule: .damage, cue: nil, line: line, sentence: sentence)
}

private func isUTF16(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
}

private func isUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }

private func utf8(fromUTF16 bytes: [UInt8]) -> [UInt8] {
    let isLittle = bytes[0] == 0xFF
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { i in
        let (low, high) = isLittle ? (bytes[i], bytes[i + 1]) : (bytes[i + 1], bytes[i])
        return UInt16(high) << 8 | UInt16(low)
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
}

/// Latin-1, with the quotes and dashes that Windows has in place of control characters.
private func utf8(fromWindows bytes: [UInt8]) -> [UInt8] {
    var text = String.UnicodeScalarView()
    for byte in bytes {
        let isExtra = (0x80...0x9F).contains(byte)
        text.append(isExtra ? windowsExtras[Int(byte) - 0x80] : Unicode.Scalar(byte))
    }
    return Array(String(text).utf8)
}

/// Source: Unicode, `VENDORS/MICSFT/WINDOWS/CP1252.TXT`, 0x80 to 0x9F; five are not assigned.
private let windowsExtras = Array(
    "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ".unicodeScalars)

/// Lines end with LF, CR or both.
private func split(_ bytes: ArraySlice<UInt8>) -> [String] {
    var lines: [String] = []
    var start = bytes.startIndex
    var i = start
    while i < bytes.endIndex {
        let byte = bytes[i]
        guard byte == 0x0A || byte == 0x0D else {
            i += 1
            continue
        }
        lines.append(String(decoding: bytes[start..<i], as: UTF8.self))
        let isPair = byte == 0x0D && i + 1 < bytes.endIndex && bytes[i + 1] == 0x0A
        i += isPair ? 2 : 1
        start = i
    }
    lines.append(String(decoding: bytes[start...], as: UTF8.self))
    return lines
}
