/// How telephone numbers are read aloud: digit by digit, with a rest between groups.
struct SpokenPhones: Sendable {
    /// Said for the `+` before the code of a country.
    let plus: String
    /// What stands between two groups, beside spaces.
    let separators: String
    /// Words after which even a short number is one, in small letters.
    let announcements: Set<String>
    /// Whether groups of so many digits are a number of this country.
    let isUsual: @Sendable (_ groups: [String], _ hasParentheses: Bool) -> Bool
    /// Words for each digit.
    let digits: @Sendable (String) -> String

    /// `+44 20 7946 0958`, `+1 (555) 123-4567`.
    var international: SpokenRule {
        SpokenRule(.sign) { cursor in
            guard cursor.isAtWordStart, cursor.take("+"),
                let groups = takeGroups(&cursor), (8...15).contains(groups.joined().count)
            else { return nil }
            return "\(plus) \(spoken(groups))"
        }
    }

    /// `(555) 123-4567`, `020 7946 0958`, and `555-0123` after a word such as "call".
    var national: SpokenRule {
        SpokenRule([.digit, .sign]) { cursor in
            guard cursor.isAtWordStart, cursor.peek(-1) != "-",
                cursor.peek() == "(" || cursor.peek()?.isDigit == true
            else { return nil }
            let hasParentheses = cursor.peek() == "("
            let isAnnounced = announcements.contains(cursor.wordBeforeColon.lowercased())
            guard let groups = takeGroups(&cursor) else { return nil }
            let digits = groups.joined().count
            guard isUsual(groups, hasParentheses) || isAnnounced && (3...15).contains(digits)
            else { return nil }
            return spoken(groups)
        }
    }

    /// Groups of digits with one space or sign between, some in parentheses.
    private func takeGroups(_ cursor: inout Cursor) -> [String]? {
        cursor.attempt { cursor in
            var groups: [String] = []
            while true {
                let group = cursor.attempt { cursor -> String? in
                    if !groups.isEmpty, !cursor.takeSpace() { _ = cursor.take(anyOf: separators) }
                    if cursor.take("(") {
                        guard let digits = cursor.takeDigits(1...5), cursor.take(")") else {
                            return nil
                        }
                        return digits
                    }
                    return cursor.takeDigits(1...12)
                }
                guard let group else { break }
                groups.append(group)
            }
            return groups.isEmpty || !cursor.isAtTokenEnd || groups.count > 6 ? nil : groups
        }
    }

    private func spoken(_ groups: [String]) -> String {
        groups.map(digits).joined(separator: ", ")
    }
}

extension Cursor {
    /// As `previousWord`, over a colon and a dot too: `Tel.: 555`.
    fileprivate var wordBeforeColon: String {
        var before = position
        while before > 0, text[before - 1].isSpace { before -= 1 }
        guard before > 0, text[before - 1] == ":" else { return previousWord }
        var end = before - 1
        if end > 0, text[end - 1] == "." { end -= 1 }
        var start = end
        while start > 0, text[start - 1].isLetter { start -= 1 }
        return String(String.UnicodeScalarView(text[start..<end]))
    }
}
