extension English {
    /// `14:30`, `2:05pm`, `14:30:15`.
    static let clock = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, cursor.peek(-1) != ":" else { return nil }
        guard let time = takeClock(&cursor), cursor.isAtWordEnd else { return nil }
        // 3:30:00.5 is a duration, and 10:20:30:40 something else.
        guard cursor.peek() != ":" || cursor.isAtTokenEnd else { return nil }
        return time
    }

    /// `5pm`, `5 p.m.`.
    static let hour = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, let hour = cursor.takeDigits(1...2).flatMap({ Int($0) }),
            (1...12).contains(hour), let half = takeHalfOfDay(&cursor)
        else { return nil }
        return "\(EnglishNumber.cardinal(hour))\(half)"
    }

    /// `9am–5pm`, `9–5pm`, `10:30-11:15`.
    static let clockRange = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, let first = takeTime(&cursor), cursor.takeRangeSign(),
            let last = takeTime(&cursor), first.isSure || last.isSure, cursor.isAtWordEnd,
            cursor.peek() != "-" && cursor.peek() != ":"
        else { return nil }
        return "\(first.words) to \(last.words)"
    }

    /// Hours and minutes, seconds and the half of the day where they are written.
    static func takeClock(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            guard let hour = cursor.takeDigits(1...2).flatMap({ Int($0) }), hour < 25,
                cursor.take(":"), let digits = cursor.takeDigits(2...2),
                let minute = Int(digits), minute < 60
            else { return nil }
            let second = cursor.attempt { cursor -> Int? in
                guard cursor.take(":"), let second = cursor.takeDigits(2...2) else { return nil }
                return Int(second)
            }.flatMap { $0 == 0 ? nil : $0 }
            let half = takeHalfOfDay(&cursor)
            var words = EnglishNumber.cardinal(hour)
            switch minute {
            case 0 where half != nil: break
            case 0 where second != nil: words += " hours"
            case 0: words += hour < 13 && hour > 0 ? " o'clock" : " hundred"
            case 1..<10: words += " oh \(EnglishNumber.cardinal(minute))"
            default: words += " \(EnglishNumber.cardinal(minute))"
            }
            if let second {
                let unit = second == 1 ? "second" : "seconds"
                words += " and \(EnglishNumber.cardinal(second)) \(unit)"
            }
            return words + (half ?? "")
        }
    }

    /// `am`, `p.m.`, in letters of either size, a space before or not.
    private static func takeHalfOfDay(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            _ = cursor.takeSpace()
            guard let first = cursor.take(anyOf: "aApP") else { return nil }
            let hasDots = cursor.take(".")
            guard cursor.take(anyOf: "mM") != nil, cursor.isAtWordEnd else { return nil }
            // The last dot ends the sentence as well.
            if hasDots, !cursor.isAtEndOfText { _ = cursor.take(".") }
            return first == "a" || first == "A" ? " AM" : " PM"
        }
    }

    /// A time of day, or an hour alone, which is sure to be one only with its half of the day.
    private static func takeTime(_ cursor: inout Cursor) -> (words: String, isSure: Bool)? {
        if let clock = takeClock(&cursor) { return (clock, true) }
        return cursor.attempt { cursor in
            guard let hour = cursor.takeDigits(1...2).flatMap({ Int($0) }), (1...12).contains(hour)
            else { return nil }
            let half = takeHalfOfDay(&cursor)
            return (EnglishNumber.cardinal(hour) + (half ?? ""), half != nil)
        }
    }
}

extension Cursor {
    /// Only the last full stop, closing marks and spaces are left.
    var isAtEndOfText: Bool {
        guard peek() == "." else { return false }
        return text[(position + 1)...].allSatisfy { !$0.continuesWord }
    }
}
