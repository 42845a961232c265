/// A text as one line without anything that would upset a subtitle file.
///
/// Control characters are gone, line ends and tabs are spaces, and there is never more than one
/// space in a row; one before the text or after it is kept, because it parts words. No-break spaces
/// stay, and the marks of right-to-left writing too.
func singleLine(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        if isSpace(scalar) {
            if line.last != " " { line.append(" ") }
        } else if !isDropped(scalar) {
            line.append(scalar)
        }
    }
    return String(line)
}

private func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace && !noBreakSpaces.contains(scalar)
}

private let noBreakSpaces: Set<Unicode.Scalar> = ["\u{A0}", "\u{2007}", "\u{202F}"]

/// Controls, and two characters that nobody sees and some programs stumble over.
private func isDropped(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .control || scalar == "\u{FEFF}" || scalar == "\u{200B}"
}

/// Without spaces at either end.
func trimmed(_ text: some StringProtocol) -> String {
    var rest = text[...]
    while rest.first == " " { rest.removeFirst() }
    while rest.last == " " { rest.removeLast() }
    return String(rest)
}
