extension English {
    /// - Returns: the month in full; a short form needs no dot, but "May" has none.
    static func takeMonth(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            guard let word = cursor.takeLetters(3...9), word.first?.isUppercase == true else {
                return nil
            }
            if months.contains(word) { return word }
            guard let month = months.first(where: { $0.hasPrefix(word == "Sept" ? "Sep" : word) }),
                word.count == 3 || word == "Sept"
            else { return nil }
            if cursor.peek() == ".", cursor.peek(1) != "." { cursor.position += 1 }
            return month
        }
    }

    static func takeWeekday(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            guard let word = cursor.takeLetters(3...9), word.first?.isUppercase == true,
                let day = weekdays.first(where: {
                    $0 == word || $0.hasPrefix(word) && (3...5).contains(word.count)
                })
            else { return nil }
            if word != day, cursor.peek() == "." { cursor.position += 1 }
            return day
        }
    }

    /// `3`, `3rd`; not the beginning of `3:30` or `3.5`.
    static func takeDay(_ cursor: inout Cursor) -> Int? {
        cursor.attempt { cursor in
            guard let day = cursor.takeDigits(1...2).flatMap({ Int($0) }), (1...31).contains(day)
            else { return nil }
            let suffix = cursor.attempt { $0.takeLetters(2...2) }
            if let suffix, !["st", "nd", "rd", "th"].contains(suffix.lowercased()) { return nil }
            guard cursor.isAtWordEnd else { return nil }
            if let next = cursor.peek(), ":.%/".unicodeScalars.contains(next),
                cursor.peek(1)?.isDigit == true
            {
                return nil
            }
            return day
        }
    }

    /// `, 2024` or ` 2024` after a day.
    static func takeYear(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            _ = cursor.take(",")
            guard cursor.takeSpace(), let year = cursor.takeDigits(4...4).flatMap({ Int($0) }),
                cursor.isAtWordEnd, (1000..<2200).contains(year)
            else { return nil }
            return EnglishNumber.year(year)
        }
    }

    func takeISODate(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            guard let year = cursor.takeDigits(4...4).flatMap({ Int($0) }),
                let sign = cursor.take(anyOf: "-‐‑/"),
                let month = cursor.takeDigits(2...2).flatMap({ Int($0) }), cursor.take(sign),
                let day = cursor.takeDigits(2...2).flatMap({ Int($0) })
            else { return nil }
            return date(day: day, month: month, year: year)
        }
    }

    func takeNumericDate(
        _ cursor: inout Cursor, separator: Unicode.Scalar, monthIsFirst: Bool
    ) -> String? {
        cursor.attempt { cursor in
            guard cursor.isAtWordStart,
                let first = cursor.takeDigits(1...2).flatMap({ Int($0) }), cursor.take(separator),
                let second = cursor.takeDigits(1...2).flatMap({ Int($0) }), cursor.take(separator),
                let digits = cursor.takeDigits(2...4), digits.count != 3, let number = Int(digits),
                cursor.isAtWordEnd, cursor.peek() != "/" && cursor.peek() != "-",
                digits.count == 4 || separator == "/", cursor.peek() != "." || cursor.isAtTokenEnd
            else { return nil }
            let year = digits.count == 4 ? number : number + (number < 70 ? 2000 : 1900)
            guard (1000..<2200).contains(year) else { return nil }
            let isMonthFirst = second > 12 || monthIsFirst && first <= 12
            return date(
                day: isMonthFirst ? second : first, month: isMonthFirst ? first : second,
                year: year)
        }
    }

    /// In the order of the country; nil for a day that no calendar has.
    func date(day: Int, month: Int, year: Int) -> String? {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        let name = Self.months[month - 1]
        let ordinal = EnglishNumber.ordinal(day)
        let year = EnglishNumber.year(year)
        return monthIsFirst ? "\(name) \(ordinal), \(year)" : "the \(ordinal) of \(name) \(year)"
    }

    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
    static let weekdays = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ]
}
