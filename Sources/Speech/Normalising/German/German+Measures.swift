extension German {
    /// `5 km`, `20 °C`, `1 h`.
    static let measure = SpokenRule([.digit, .sign]) { cursor in
        guard let amount = takeAmount(&cursor), let unit = takeUnit(&cursor) else { return nil }
        return "\(amount == "1" ? unit.article : amount) \(amount == "1" ? unit.one : unit.many)"
    }

    /// `5–10 km`.
    static let measureRange = SpokenRule([.digit, .sign]) { cursor in
        guard let first = takeAmount(&cursor) else { return nil }
        _ = takeUnit(&cursor)
        guard cursor.takeRangeSign(), let last = takeNumber(&cursor),
            let unit = takeUnit(&cursor)
        else { return nil }
        return "\(first) bis \(last) \(unit.many)"
    }

    /// A number with its sign.
    static func takeAmount(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            guard cursor.isAtWordStart else { return nil }
            let sign = takeSign(&cursor)
            // "A-5" is a name.
            if sign != nil, let before = cursor.peek(-2), !before.isSpace, before != "(" {
                return nil
            }
            return takeNumber(&cursor).map { (sign ?? "") + $0 }
        }
    }

    private static func takeSign(_ cursor: inout Cursor) -> String? {
        if cursor.take(anyOf: "-−–") != nil { return "minus " }
        if cursor.take("+") { return "plus " }
        if cursor.take("±") { return "plus minus " }
        return cursor.take(anyOf: "~≈") == nil ? nil : "ungefähr "
    }

    private static func takeUnit(_ cursor: inout Cursor) -> GermanUnit? {
        cursor.attempt { cursor in
            let hadSpace = cursor.takeSpace()
            for distance in (1...GermanUnit.longestSymbol).reversed() {
                let end = cursor.position + distance
                guard end <= cursor.text.count else { continue }
                let symbol = String(String.UnicodeScalarView(cursor.text[cursor.position..<end]))
                guard let unit = GermanUnit.named(symbol) else { continue }
                var after = cursor
                after.position = end
                // "5 m" is a length, "5 A" may be anything.
                guard after.isAtWordEnd, after.isAtTokenEnd || after.isUnitEnd,
                    !hadSpace || symbol.count > 1 || "mgh°%€".contains(symbol)
                else { continue }
                // The last dot of "5 Min." ends the sentence as well.
                if symbol.hasSuffix("."), !after.text[end...].contains(where: \.continuesWord) {
                    after.position -= 1
                }
                cursor = after
                return unit
            }
            return nil
        }
    }
}

extension Cursor {
    /// A range goes on, or an amount per something.
    fileprivate var isUnitEnd: Bool { peek() == "-" || peek() == "–" || peek() == "/" }
}
