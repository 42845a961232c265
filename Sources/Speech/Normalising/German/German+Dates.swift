extension German {
    /// `2024-01-02T14:30`, `2024-01-02 14:30:15Z`.
    static let timestamp = SpokenRule(.digit) { cursor in
        guard let date = takeISODate(&cursor), cursor.take(anyOf: "Tt ") != nil,
            let time = takeClock(&cursor, separator: ":")
        else { return nil }
        let isUniversal = cursor.take(anyOf: "Zz") != nil
        guard cursor.isAtWordEnd else { return nil }
        return "\(date), \(time)\(isUniversal ? " UTC" : "")"
    }

    /// `2024-01-02`.
    static let isoDate = SpokenRule(.digit) { cursor in
        guard let date = takeISODate(&cursor), cursor.isAtWordEnd, cursor.peek() != "-" else {
            return nil
        }
        return date
    }

    private static func takeISODate(_ cursor: inout Cursor) -> String? {
        let start = cursor
        return cursor.attempt { cursor in
            guard cursor.isAtWordStart, let year = cursor.takeDigits(4...4).flatMap({ Int($0) }),
                cursor.take("-"), let month = cursor.takeDigits(2...2).flatMap({ Int($0) }),
                cursor.take("-"), let day = cursor.takeDigits(2...2).flatMap({ Int($0) })
            else { return nil }
            return date(day, month, GermanNumber.year(year), at: start)
        }
    }

    /// `02.01.2024`, `2. 1. 2024`, `2.1.24`.
    static let dottedDate = SpokenRule(.digit) { cursor in
        let start = cursor
        guard cursor.isAtWordStart, let day = cursor.takeDigits(1...2).flatMap({ Int($0) }),
            cursor.take(".")
        else { return nil }
        _ = cursor.takeSpace()
        guard let month = cursor.takeDigits(1...2).flatMap({ Int($0) }), cursor.take(".") else {
            return nil
        }
        let year = cursor.attempt { cursor -> String? in
            _ = cursor.takeSpace()
            guard let digits = cursor.takeDigits(2...4), digits.count != 3, cursor.isAtWordEnd
            else { return nil }
            return digits
        }
        // "1.2." alone may be the number of a chapter.
        guard year != nil || !start.previousWord.isEmpty else { return nil }
        if year == nil, cursor.isAtTokenEnd == false { return nil }
        let number = year.flatMap { Int($0) } ?? 0
        let full = year?.count == 2 ? number + (number < 70 ? 2000 : 1900) : number
        return date(day, month, year == nil ? "" : GermanNumber.year(full), at: start)
    }

    /// `3. Oktober 1990`, `3. Okt. 1990`.
    static let dayMonth = SpokenRule(.digit) { cursor in
        let start = cursor
        guard cursor.isAtWordStart, let day = takeDay(&cursor), cursor.takeSpace(),
            let month = takeMonth(&cursor)
        else { return nil }
        return "\(ordinal(day, at: start)) \(month)\(takeYear(&cursor))"
    }

    /// `3.–5. Mai`, `3. bis 5. Mai 2024`.
    static let dayRange = SpokenRule(.digit) { cursor in
        let start = cursor
        guard cursor.isAtWordStart, let first = takeDay(&cursor),
            cursor.takeRangeSign() || cursor.take(text: " bis "),
            let last = takeDay(&cursor), cursor.takeSpace(), let month = takeMonth(&cursor)
        else { return nil }
        let ending = ending(at: start) ?? "er"
        return "\(GermanNumber.ordinalStem(first))\(ending) bis "
            + "\(GermanNumber.ordinalStem(last))\(ending) \(month)\(takeYear(&cursor))"
    }

    /// `Okt. 1990`; with its full name a month needs nothing.
    static let monthDate = SpokenRule(.letter) { cursor in
        guard cursor.isAtWordStart, let month = takeMonth(&cursor), cursor.peek(-1) == ".",
            cursor.peek()?.isSpace == true
        else { return nil }
        let year = takeYear(&cursor)
        return year.isEmpty ? nil : month + year
    }

    /// `Mo., 3. Mai`, `Mo–Fr`.
    static let weekday = SpokenRule(.letter) { cursor in
        guard cursor.isAtWordStart, let first = takeWeekday(&cursor) else { return nil }
        let last = cursor.attempt { $0.takeRangeSign() ? takeWeekday(&$0) : nil }
        if let last { return cursor.isAtWordEnd ? "\(first) bis \(last)" : nil }
        guard cursor.take(".") else { return nil }
        // "So." and "Do." are words at the end of a sentence.
        guard cursor.peek() == "," || cursor.nextIsDigit else { return nil }
        return first
    }

    private static func takeWeekday(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            cursor.takeLetters(2...2).flatMap { weekdays[$0] }
        }
    }

    private static func takeDay(_ cursor: inout Cursor) -> Int? {
        cursor.attempt { cursor in
            guard let day = cursor.takeDigits(1...2).flatMap({ Int($0) }),
                (1...31).contains(day), cursor.take(".")
            else { return nil }
            return day
        }
    }

    private static func takeMonth(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            guard let word = cursor.takeLetters(3...9) else { return nil }
            if months.contains(word) { return word }
            let short = word == "Sept" ? "Sep" : word
            guard short.count == 3, let month = months.first(where: { $0.hasPrefix(short) }),
                cursor.take(".")
            else { return nil }
            return month
        }
    }

    /// With the space before it; empty where there is none.
    private static func takeYear(_ cursor: inout Cursor) -> String {
        cursor.attempt { cursor in
            guard cursor.takeSpace(), let digits = cursor.takeDigits(4...4), cursor.isAtWordEnd
            else { return nil }
            return Int(digits).map { " \(GermanNumber.year($0))" }
        } ?? ""
    }

    private static func date(
        _ day: Int, _ month: Int, _ year: String, at cursor: Cursor
    ) -> String? {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        let words = "\(ordinal(day, at: cursor)) \(months[month - 1])"
        return year.isEmpty ? words : "\(words) \(year)"
    }

    static let year = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, !cursor.isAfter(anyOf: ".,:-–/"),
            let year = cursor.takeDigits(4...4).flatMap({ Int($0) }), cursor.isAtWordEnd,
            (1100..<2000).contains(year)
        else { return nil }
        if let next = cursor.peek(), ".,:-–/".unicodeScalars.contains(next),
            cursor.peek(1)?.isDigit == true
        {
            return nil
        }
        return GermanNumber.year(year)
    }

    /// `1990er`; "90er" the voice says itself.
    static let decade = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, let year = cursor.takeDigits(4...4).flatMap({ Int($0) }),
            (1100..<2000).contains(year), cursor.take(text: "er"), cursor.isAtWordEnd
        else { return nil }
        return GermanNumber.year(year) + "er"
    }

    static let yearRange = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, let first = cursor.takeDigits(4...4).flatMap({ Int($0) }),
            (1100..<2100).contains(first), cursor.takeRangeSign(),
            let last = cursor.takeDigits(4...4).flatMap({ Int($0) }), last > first,
            last < 2100, cursor.isAtWordEnd, cursor.peek() != "-"
        else { return nil }
        return "\(GermanNumber.year(first)) bis \(GermanNumber.year(last))"
    }

    private static let months = [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
        "Oktober", "November", "Dezember",
    ]
    private static let weekdays = [
        "Mo": "Montag", "Di": "Dienstag", "Mi": "Mittwoch", "Do": "Donnerstag", "Fr": "Freitag",
        "Sa": "Samstag", "So": "Sonntag",
    ]
}

extension Cursor {
    /// A digit follows, after a space.
    fileprivate var nextIsDigit: Bool { peek()?.isSpace == true && peek(1)?.isDigit == true }
}
