extension German {
    /// `14:30`, `14.30 Uhr`, `14:30:15 Uhr`.
    static let clock = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, cursor.peek(-1) != ":", let words = takeTime(&cursor) else {
            return nil
        }
        return cursor.isAtWordEnd && cursor.peek() != ":" ? words : nil
    }

    /// `14:30–16:00 Uhr`, `8–10.30 Uhr`.
    static let clockRange = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, cursor.peek(-1) != ":" else { return nil }
        let first = takeTime(&cursor) ?? takeClock(&cursor, separator: ".") ?? takeHour(&cursor)
        guard let first, cursor.takeRangeSign(), let last = takeTime(&cursor), cursor.isAtWordEnd
        else { return nil }
        return "\(first) bis \(last)"
    }

    /// `1 Uhr` is "ein Uhr"; other hours the voice says itself.
    static let hours = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, cursor.take(text: "1 Uhr"), cursor.isAtWordEnd else {
            return nil
        }
        return "ein Uhr"
    }

    /// With a colon, or with a dot and the word "Uhr".
    private static func takeTime(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            if let words = takeClock(&cursor, separator: ":") {
                _ = cursor.take(text: " Uhr")
                return words
            }
            guard let words = takeClock(&cursor, separator: "."), cursor.take(text: " Uhr") else {
                return nil
            }
            return words
        }
    }

    private static func takeHour(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            guard let hour = cursor.takeDigits(1...2).flatMap({ Int($0) }), hour < 25 else {
                return nil
            }
            return GermanNumber.cardinal(hour)
        }
    }

    static func takeClock(_ cursor: inout Cursor, separator: Unicode.Scalar) -> String? {
        cursor.attempt { cursor in
            guard let hour = cursor.takeDigits(1...2).flatMap({ Int($0) }), hour < 25,
                cursor.take(separator),
                let minute = cursor.takeDigits(2...2).flatMap({ Int($0) }), minute < 60
            else { return nil }
            let second = cursor.attempt { cursor -> Int? in
                guard cursor.take(separator) else { return nil }
                return cursor.takeDigits(2...2).flatMap { Int($0) }
            }
            guard cursor.peek() != separator || cursor.isAtTokenEnd, second ?? 0 < 60 else {
                return nil
            }
            let words = "\(hour == 1 ? "ein" : GermanNumber.cardinal(hour)) Uhr"
            guard let second, second > 0 else {
                return minute == 0 ? words : "\(words) \(GermanNumber.cardinal(minute))"
            }
            let unit = second == 1 ? "eine Sekunde" : "\(GermanNumber.cardinal(second)) Sekunden"
            return "\(words) \(GermanNumber.cardinal(minute)) und \(unit)"
        }
    }
}
