extension German {
    /// `2024-01-02`.
    static let isoDate = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, let year = cursor.takeDigits(4...4).flatMap({ Int($0) }),
            cursor.take("-"), let month = cursor.takeDigits(2...2).flatMap({ Int($0) }),
            cursor.take("-"), let day = cursor.takeDigits(2...2).flatMap({ Int($0) }),
            cursor.isAtWordEnd, cursor.peek() != "-"
        else { return nil }
        return date(day, month, GermanNumber.year(year), after: "")
    }

    /// `02.01.2024`, `2. 1. 2024`, `2.1.24`.
    static let dottedDate = SpokenRule(.digit) { cursor in
        let before = cursor.previousWord
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
        guard year != nil || !before.isEmpty else { return nil }
        if year == nil, cursor.isAtTokenEnd == false { return nil }
        let number = year.flatMap { Int($0) } ?? 0
        let full = year?.count == 2 ? number + (number < 70 ? 2000 : 1900) : number
        return date(day, month, year == nil ? "" : GermanNumber.year(full), after: before)
    }

    /// `3. Oktober 1990`, `3. bis 5. Mai`.
    static let dayMonth = SpokenRule(.digit) { cursor in
        let before = cursor.previousWord
        guard cursor.isAtWordStart, let day = cursor.takeDigits(1...2).flatMap({ Int($0) }),
            (1...31).contains(day), cursor.take("."), cursor.takeSpace()
        else { return nil }
        guard let month = cursor.takeLetters(3...9), months.contains(month) else { return nil }
        let year = cursor.attempt { cursor -> String? in
            guard cursor.takeSpace(), let digits = cursor.takeDigits(4...4), cursor.isAtWordEnd
            else { return nil }
            return Int(digits).map { " \(GermanNumber.year($0))" }
        }
        return "\(ordinal(day, after: before)) \(month)\(year ?? "")"
    }

    private static func date(_ day: Int, _ month: Int, _ year: String, after word: String)
        -> String?
    {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        let words = "\(ordinal(day, after: word)) \(months[month - 1])"
        return year.isEmpty ? words : "\(words) \(year)"
    }

    /// `14:30`, `14:30 Uhr`.
    static let clock = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, let words = takeClock(&cursor, separator: ":") else {
            return nil
        }
        _ = cursor.take(text: " Uhr")
        return cursor.isAtWordEnd ? words : nil
    }

    /// `14.30 Uhr`.
    static let clockWithDot = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, let words = takeClock(&cursor, separator: "."),
            cursor.take(text: " Uhr"), cursor.isAtWordEnd
        else { return nil }
        return words
    }

    private static func takeClock(_ cursor: inout Cursor, separator: Unicode.Scalar) -> String? {
        guard let hour = cursor.takeDigits(1...2).flatMap({ Int($0) }), hour < 25,
            cursor.take(separator), let minute = cursor.takeDigits(2...2).flatMap({ Int($0) }),
            minute < 60, cursor.peek() != separator
        else { return nil }
        let words = "\(hour == 1 ? "ein" : GermanNumber.cardinal(hour)) Uhr"
        return minute == 0 ? words : "\(words) \(GermanNumber.cardinal(minute))"
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
}
