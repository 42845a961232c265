/// The text of a WebVTT cue without its markup.
///
/// Source: WebVTT, "WebVTT cue text tokenizer".
///
/// - Parameter source: lines parted by LF.
/// - Returns: the lines, and the speaker where one voice speaks all of it.
func vttText(_ source: String) -> (lines: [String], speaker: String?) {
    var text = String.UnicodeScalarView()
    var voices: [String] = []
    var rest = source[...].unicodeScalars
    while let scalar = rest.popFirst() {
        switch scalar {
        case "<":
            let tag = rest.prefix { $0 != ">" }
            rest = rest.dropFirst(tag.count + 1)
            if let voice = voice(String(String.UnicodeScalarView(tag))) { voices.append(voice) }
        case "&":
            if let (decoded, length) = entity(rest) {
                text.append(decoded)
                rest = rest.dropFirst(length)
            } else {
                text.append("&")
            }
        default: text.append(scalar)
        }
    }
    let speaker = Set(voices).count == 1 ? voices.first : nil
    return (textLines(String(text)), speaker)
}

/// The text of SubRip lines without the tags that players know; other angle brackets are text.
func srtText(_ lines: [String]) -> [String] {
    var text = String.UnicodeScalarView()
    var rest = lines.joined(separator: "\n")[...].unicodeScalars
    while let scalar = rest.popFirst() {
        if let length = tagLength(scalar, rest) {
            rest = rest.dropFirst(length)
        } else if scalar == "&", let (decoded, length) = entity(rest) {
            text.append(decoded)
            rest = rest.dropFirst(length)
        } else {
            text.append(scalar)
        }
    }
    return textLines(String(text))
}

/// How much of what follows a bracket is a tag with its end; nil where it is none.
private func tagLength(_ bracket: Unicode.Scalar, _ rest: Scalars) -> Int? {
    guard bracket == "<" || bracket == "{" else { return nil }
    let closing: Unicode.Scalar = bracket == "<" ? ">" : "}"
    // Stops at the next bracket, so that many without an end cost no more than their length.
    let tag = rest.prefix { $0 != closing && $0 != bracket && $0 != "\n" }
    guard rest.dropFirst(tag.count).first == closing else { return nil }
    let isTag = bracket == "<" ? isKnownTag(tag) : tag.first == "\\"
    return isTag ? tag.count + 1 : nil
}

private typealias Scalars = Substring.UnicodeScalarView

/// - Returns: the name in "v Name" or "v.loud Name".
private func voice(_ tag: String) -> String? {
    let parts = tag.split(maxSplits: 1) { $0 == " " || $0 == "\t" || $0 == "\n" }
    guard parts.count == 2, parts[0] == "v" || parts[0].hasPrefix("v.") else { return nil }
    let name = trimmed(singleLine(decodingEntities(String(parts[1]))))
    return name.isEmpty ? nil : name
}

private func isKnownTag(_ tag: Scalars) -> Bool {
    let name = tag.drop { $0 == "/" }.prefix { $0.properties.isAlphabetic }
    return [
        "i", "b", "u", "s", "em", "strong", "font", "c", "v", "span", "ruby", "rt", "lang", "br",
    ]
    .contains(String(String.UnicodeScalarView(name)).lowercased())
}

private func decodingEntities(_ source: String) -> String {
    var text = String.UnicodeScalarView()
    var rest = source[...].unicodeScalars
    while let scalar = rest.popFirst() {
        let found = scalar == "&" ? entity(rest) : nil
        text.append(found?.0 ?? scalar)
        rest = rest.dropFirst(found?.1 ?? 0)
    }
    return String(text)
}

/// - Returns: what stands for "amp;" and its like after an ampersand, and how long that is.
private func entity(_ rest: Scalars) -> (Unicode.Scalar, Int)? {
    let name = rest.prefix(10).prefix { $0 != ";" }
    guard rest.dropFirst(name.count).first == ";" else { return nil }
    let text = String(String.UnicodeScalarView(name))
    if let scalar = namedEntities[text] { return (scalar, name.count + 1) }
    guard text.hasPrefix("#") else { return nil }
    let isHex = text.hasPrefix("#x") || text.hasPrefix("#X")
    let number = UInt32(text.dropFirst(isHex ? 2 : 1), radix: isHex ? 16 : 10)
    guard let number, number >= 32, let scalar = Unicode.Scalar(number) else { return nil }
    return (scalar, name.count + 1)
}

private let namedEntities: [String: Unicode.Scalar] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    "lrm": "\u{200E}", "rlm": "\u{200F}",
]

/// Trimmed lines; empty ones are left out.
private func textLines(_ text: String) -> [String] {
    text.unicodeScalars.split(separator: "\n").map { trimmed(singleLine(String($0))) }
        .filter { !$0.isEmpty }
}
