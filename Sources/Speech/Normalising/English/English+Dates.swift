extension English {
    /// `2024-01-02T14:30:00Z`.
    var timestamp: SpokenRule {
        SpokenRule(.digit) { cursor in
            guard let date = takeISODate(&cursor), cursor.take(anyOf: "Tt ") != nil,
                let time = Self.takeClock(&cursor)
            else { return nil }
            if cursor.take("."), cursor.takeDigits() == nil { return nil }
            var zone = ""
            if cursor.take(anyOf: "Zz") != nil {
                zone = " UTC"
            } else if let sign = cursor.take(anyOf: "+-−") {
                guard let hours = cursor.takeDigits(2...4).flatMap({ Int($0.prefix(2)) }) else {
                    return nil
                }
                if cursor.take(":"), cursor.takeDigits(2...2) == nil { return nil }
                zone = " UTC \(sign == "+" ? "plus" : "minus") \(hours)"
            }
            guard cursor.isAtWordEnd else { return nil }
            return "\(date), \(time)\(zone)"
        }
    }

    /// `2024-01-02`, and two of them with a slash between.
    var isoDate: SpokenRule {
        SpokenRule(.digit) { cursor in
            guard cursor.isAtWordStart, let first = takeISODate(&cursor) else { return nil }
            let second = cursor.attempt { cursor in
                cursor.take("/") || cursor.takeRangeSign() ? takeISODate(&cursor) : nil
            }
            guard cursor.isAtWordEnd, cursor.peek() != "-" else { return nil }
            return second.map { "\(first) to \($0)" } ?? first
        }
    }

    /// `3/4/2024`, `3/4/24`: the month is the first number in America, and wherever it must be.
    var slashedDate: SpokenRule {
        SpokenRule(.digit) { cursor in
            takeNumericDate(&cursor, separator: "/", monthIsFirst: monthIsFirst)
                ?? takeNumericDate(&cursor, separator: "-", monthIsFirst: monthIsFirst)
        }
    }

    /// `03.04.2024` has its day first everywhere.
    var dottedDate: SpokenRule {
        SpokenRule(.digit) { takeNumericDate(&$0, separator: ".", monthIsFirst: false) }
    }

    /// `3 March 2024`, `3rd Mar.`, `3–5 March`.
    var dayMonth: SpokenRule {
        SpokenRule(.digit) { cursor in
            guard cursor.isAtWordStart else { return nil }
            let article = cursor.previousWord.lowercased() == "the" ? "" : "the "
            guard let first = Self.takeDay(&cursor) else { return nil }
            let last = cursor.attempt { $0.takeRangeSign() ? Self.takeDay(&$0) : nil }
            let hadOf = cursor.take(text: " of")
            guard cursor.takeSpace(), let month = Self.takeMonth(&cursor),
                !hadOf || last == nil
            else { return nil }
            let year = Self.takeYear(&cursor).map { " \($0)" } ?? ""
            let days = EnglishNumber.ordinal(first)
            guard let last else { return "\(article)\(days) of \(month)\(year)" }
            return "\(article)\(days) to the \(EnglishNumber.ordinal(last)) of \(month)\(year)"
        }
    }

    /// `March 3, 2024`, `Mar. 3rd`, `March 3–5`, `March 2024`.
    var monthDay: SpokenRule {
        SpokenRule(.letter) { cursor in
            guard cursor.isAtWordStart, let month = Self.takeMonth(&cursor), cursor.takeSpace()
            else { return nil }
            let day = cursor.attempt { cursor -> String? in
                guard let first = Self.takeDay(&cursor) else { return nil }
                let last = cursor.attempt { $0.takeRangeSign() ? Self.takeDay(&$0) : nil }
                guard let last else { return EnglishNumber.ordinal(first) }
                return "\(EnglishNumber.ordinal(first)) to \(EnglishNumber.ordinal(last))"
            }
            if let day {
                let year = Self.takeYear(&cursor).map { ", \($0)" } ?? ""
                return "\(month) \(day)\(year)"
            }
            guard let year = cursor.takeDigits(4...4).flatMap({ Int($0) }), cursor.isAtWordEnd
            else { return nil }
            return "\(month) \(EnglishNumber.year(year))"
        }
    }

    /// `Jan–Mar`, `Mon-Fri`.
    static let monthRange = SpokenRule(.letter) { cursor in
        guard cursor.isAtWordStart else { return nil }
        for take in [takeMonth, takeWeekday] {
            let range = cursor.attempt { cursor -> String? in
                guard let first = take(&cursor), cursor.takeRangeSign(), let last = take(&cursor)
                else { return nil }
                return "\(first) to \(last)"
            }
            if let range { return range }
        }
        return nil
    }

    /// `1990s`, `1990's`.
    static let decade = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, let digits = cursor.takeDigits(4...4), digits.hasSuffix("0"),
            let year = Int(digits), year < 2100
        else { return nil }
        _ = cursor.take(anyOf: "'’")
        guard cursor.take("s"), cursor.isAtWordEnd else { return nil }
        return EnglishNumber.decade(year)
    }

    /// `'90s`, `90s`.
    static let shortDecade = SpokenRule([.digit, .sign]) { cursor in
        guard cursor.isAtWordStart else { return nil }
        _ = cursor.take(anyOf: "'’‘")
        guard let digits = cursor.takeDigits(2...2), digits.hasSuffix("0"), digits >= "20",
            let year = Int(digits), cursor.take("s"), cursor.isAtWordEnd
        else { return nil }
        return EnglishNumber.decade(year)
    }

    /// `1990–1995`, `1990–95`.
    static let yearRange = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, let first = cursor.takeDigits(4...4).flatMap({ Int($0) }),
            (1010..<2100).contains(first), cursor.takeRangeSign(),
            let lastDigits = cursor.takeDigits(2...4), lastDigits.count != 3,
            let last = Int(lastDigits), cursor.isAtWordEnd, cursor.peek() != "-"
        else { return nil }
        if lastDigits.count == 2 {
            guard last > first % 100 else { return nil }
            return "\(EnglishNumber.year(first)) to \(EnglishNumber.cardinal(last))"
        }
        guard last > first, last < 2100 else { return nil }
        return "\(EnglishNumber.year(first)) to \(EnglishNumber.year(last))"
    }

    /// `1984`: numbers of four digits are said in pairs, but not before a unit.
    static let year = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, !cursor.isAfter(anyOf: ".,:-–/"),
            let year = cursor.takeDigits(4...4).flatMap({ Int($0) }), cursor.isAtWordEnd,
            EnglishUnit.named(cursor.nextWord) == nil
        else { return nil }
        if let next = cursor.peek(), ".,:-–/".unicodeScalars.contains(next),
            cursor.peek(1)?.isDigit == true
        {
            return nil
        }
        let words = EnglishNumber.year(year)
        return year >= 1100 && words != String(year) ? words : nil
    }
}
