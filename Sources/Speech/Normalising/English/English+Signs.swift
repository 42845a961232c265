extension English {
    /// Signs that the engine leaves out or names as a typesetter would.
    static let sign = SpokenRule(.sign) { cursor in
        guard let sign = cursor.peek() else { return nil }
        let isSpaced = (cursor.peek(-1)?.isSpace ?? true) && (cursor.peek(1)?.isSpace ?? true)
        let isBetweenWords =
            cursor.peek(-1)?.continuesWord == true && cursor.peek(1)?.continuesWord == true
        for pair in [
            ("<=", "is at most"), (">=", "is at least"), ("!=", "is not equal to"),
            ("==", "equals"), ("->", "to"), ("=>", "gives"), ("+/-", "plus or minus"),
        ]
        where cursor.take(text: pair.0) {
            return cursor.peek() == ">" || cursor.peek() == "=" ? nil : pair.1
        }
        cursor.position += 1
        if let words = always[sign] { return words }
        switch sign {
        case "<" where isSpaced: return "is less than"
        case ">" where isSpaced && cursor.position > 1: return "is greater than"
        case "*" where isSpaced: return "times"
        case "^" where isBetweenWords: return "to the power of"
        case "~" where cursor.peek()?.isDigit == true: return "about"
        case "-" where isSpaced && isBetweenNumbers(cursor): return "minus"
        case "/" where isSpaced && isBetweenNumbers(cursor): return "divided by"
        case "/" where isBetweenWords && isBetweenLetters(cursor): return slash(cursor)
        case "|" where isSpaced: return ","
        case "%" where cursor.isAtWordEnd: return "percent"
        case "²" where cursor.isAtWordEnd: return "squared"
        case "³" where cursor.isAtWordEnd: return "cubed"
        default: return nil
        }
    }

    /// "and/or" is said "and or", as people do; elsewhere "slash".
    private static func slash(_ cursor: Cursor) -> String? {
        var back = cursor
        back.position -= 1
        var start = back.position
        while start > 0, back.text[start - 1].isLetter { start -= 1 }
        let before = String(String.UnicodeScalarView(back.text[start..<back.position]))
        var ahead = cursor
        let after = ahead.takeLetters() ?? ""
        let pairs = ["and": "or", "he": "she", "his": "her", "him": "her", "she": "he", "s": "he"]
        guard let second = pairs[before.lowercased()], second == after.lowercased() else {
            return nil
        }
        return before.lowercased() == "and" ? " " : "or"
    }

    private static func isBetweenLetters(_ cursor: Cursor) -> Bool {
        cursor.peek(-2)?.isLetter == true
            && cursor.peek()?.isLetter == true
    }

    private static func isBetweenNumbers(_ cursor: Cursor) -> Bool {
        cursor.peek(-3)?.continuesWord == true && cursor.peek(1)?.continuesWord == true
            && (cursor.peek(-3)?.isDigit == true || cursor.peek(1)?.isDigit == true)
    }

    private static let always: [Unicode.Scalar: String] = [
        "≤": "is at most", "≥": "is at least", "≈": "is about", "≠": "is not equal to",
        "≡": "is identical to", "→": "to", "⇒": "gives", "←": "from", "↔": "to and from",
        "∈": "is in", "∉": "is not in", "∑": "the sum of", "∏": "the product of",
        "∫": "the integral of", "∂": "partial", "∇": "del", "∪": "union", "∩": "intersected with",
        "⊂": "is a subset of", "⊆": "is a subset of", "∀": "for all", "∃": "there is",
        "∅": "the empty set", "∧": "and", "∨": "or", "¬": "not", "∝": "is proportional to",
        "∥": "is parallel to", "⊥": "is perpendicular to", "∠": "angle", "·": "times",
        "′": "prime", "″": "double prime", "‰": "per mille", "⌘": "Command", "⌥": "Option",
        "⇧": "Shift", "⌃": "Control", "↑": "up", "↓": "down", "✓": "check", "✔": "check",
        "✗": "cross", "✘": "cross", "☐": "unchecked", "☑": "checked", "☒": "crossed",
    ]
}
