extension English {
    /// `+44 20 7946 0958`, `+1 (555) 123-4567`: digit by digit, with a rest between groups.
    static let internationalPhone = SpokenRule(.sign) { cursor in
        guard cursor.isAtWordStart, cursor.take("+"),
            let groups = takeGroups(&cursor), (8...15).contains(groups.joined().count)
        else { return nil }
        return "plus \(spoken(groups))"
    }

    /// `(555) 123-4567`, `555-123-4567`, `020 7946 0958`, `555-0123` after "call" and the like.
    static let phone = SpokenRule([.digit, .sign]) { cursor in
        guard cursor.isAtWordStart, cursor.peek(-1) != "-",
            cursor.peek() == "("
                || cursor.peek()?.isDigit == true
        else { return nil }
        let hasParentheses = cursor.peek() == "("
        let isAnnounced = announcements.contains(cursor.wordBeforeColon.lowercased())
        guard let groups = takeGroups(&cursor) else { return nil }
        let counts = groups.map(\.count)
        let digits = counts.reduce(0, +)
        let isUsual =
            counts == [3, 3, 4] || counts == [1, 3, 3, 4]
            || hasParentheses && (9...11).contains(digits) && groups.count > 1
            || groups.first?.first == "0" && groups.count > 1 && (9...12).contains(digits)
        guard isUsual || isAnnounced && (3...15).contains(digits) else { return nil }
        return spoken(groups)
    }

    /// Groups of digits with one space, dot or hyphen between, some in parentheses.
    private static func takeGroups(_ cursor: inout Cursor) -> [String]? {
        cursor.attempt { cursor in
            var groups: [String] = []
            while true {
                let group = cursor.attempt { cursor -> String? in
                    if !groups.isEmpty { _ = cursor.take(anyOf: " -.\u{A0}\u{202F}‑") }
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

    private static func spoken(_ groups: [String]) -> String {
        groups.map { EnglishNumber.digits($0) }.joined(separator: ", ")
    }

    private static let announcements: Set<String> = [
        "call", "phone", "tel", "telephone", "dial", "fax", "mobile", "ring", "text", "pin",
        "code", "extension", "ext",
    ]
}

extension Cursor {
    /// As `previousWord`, over a colon too: `Tel: 555`.
    fileprivate var wordBeforeColon: String {
        var before = self
        while before.position > 0, before.text[before.position - 1].isSpace { before.position -= 1 }
        if before.position > 0, ":".unicodeScalars.contains(before.text[before.position - 1]) {
            var colon = self
            colon.position = before.position - 1
            let end = colon.position
            var start = end
            while start > 0, text[start - 1].properties.isAlphabetic { start -= 1 }
            return String(String.UnicodeScalarView(text[start..<end]))
        }
        return previousWord
    }
}
