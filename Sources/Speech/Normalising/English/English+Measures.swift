extension English {
    /// `5 km`, `20°C`, `1 h`, `16GB`.
    static let measure = SpokenRule([.digit, .sign]) { cursor in
        let start = cursor
        guard let amount = takeAmount(&cursor), let unit = takeUnit(&cursor) else { return nil }
        let isSingular = isOne(amount) || cursor.endsAttribute(from: start)
        return "\(amount) \(isSingular ? unit.one : unit.many)"
    }

    /// `5–10 km`, `5 km – 10 km`, `10%-20%`.
    static let measureRange = SpokenRule([.digit, .sign]) { cursor in
        let start = cursor
        guard let first = takeAmount(&cursor) else { return nil }
        let firstUnit = takeUnit(&cursor)
        guard cursor.takeRangeSign(), let last = takeAmount(&cursor),
            let unit = takeUnit(&cursor)
        else { return nil }
        let middle = firstUnit.map { " \(isOne(first) ? $0.one : $0.many)" } ?? ""
        let name = cursor.endsAttribute(from: start) ? unit.one : unit.many
        return "\(first)\(firstUnit?.many == unit.many ? "" : middle) to \(last) \(name)"
    }

    /// `1920x1080`, `3 × 4 m`, `2x4x8 cm`.
    static let dimensions = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, var words = takeNumber(&cursor) else { return nil }
        var count = 1
        var unit = takeUnit(&cursor)
        while let next = cursor.attempt({ cursor -> String? in
            let hadSpace = cursor.takeSpace()
            guard let sign = cursor.take(anyOf: "xX×"), cursor.takeSpace() == hadSpace,
                // "3 × 4" is a product where nothing says otherwise.
                sign != "×" || !hadSpace || unit != nil
            else { return nil }
            return takeNumber(&cursor)
        }) {
            words += " by \(next)"
            count += 1
            unit = takeUnit(&cursor) ?? unit
        }
        guard count > 1, cursor.isAtWordEnd else { return nil }
        return unit.map { "\(words) \($0.many)" } ?? words
    }

    /// A number with its sign, fraction and all, as it is said.
    static func takeAmount(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            guard cursor.isAtWordStart else { return nil }
            let sign = cursor.takeSign()
            if let sign, cursor.text.indices.contains(cursor.position - 2),
                !cursor.text[cursor.position - 2].isSpace, sign != "plus or minus "
            {
                return nil
            }
            return takeNumber(&cursor).map { (sign ?? "") + $0 }
        }
    }

    /// `1,234.5`, `.5`, `2½`, in digits without the grouping.
    static func takeNumber(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            var number = takeGrouped(&cursor) ?? cursor.takeDigits() ?? ""
            if cursor.peek() == ".", cursor.peek(1)?.isDigit == true {
                cursor.position += 1
                number = (number.isEmpty ? "0" : number) + "." + (cursor.takeDigits() ?? "")
            } else if let sign = cursor.peek(), let part = vulgarFraction(sign) {
                cursor.position += 1
                number = number.isEmpty ? part : "\(number) and \(part)"
            }
            return number.isEmpty ? nil : number
        }
    }

    /// `1,234,567` or with narrow spaces, without them.
    static func takeGrouped(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            guard var number = cursor.takeDigits(1...3),
                let sign = cursor.peek(), ",\u{202F}\u{2009}\u{A0}'’".unicodeScalars.contains(sign)
            else { return nil }
            var groups = 0
            while let group = cursor.attempt({ $0.take(sign) ? $0.takeDigits(3...3) : nil }) {
                number += group
                groups += 1
            }
            return groups > 0 && number.count <= 18 ? number : nil
        }
    }

    /// A unit after a number, with or without a space between.
    static func takeUnit(_ cursor: inout Cursor) -> EnglishUnit? {
        cursor.attempt { cursor in
            let hadSpace = cursor.takeSpace() || cursor.take("-")
            var symbol = String.UnicodeScalarView()
            while symbol.count < EnglishUnit.longestSymbol, let next = cursor.peek(symbol.count),
                !next.isSpace
            {
                symbol.append(next)
            }
            while !symbol.isEmpty {
                if let unit = EnglishUnit.named(String(symbol)) {
                    var after = cursor
                    after.position += symbol.count
                    if after.isAtUnitEnd, isSafe(String(symbol), hadSpace: hadSpace, after) {
                        cursor = after
                        return unit
                    }
                }
                symbol.removeLast()
            }
            return nil
        }
    }

    /// Words and names that are units only in some places: "5 in the box", "5 A side", "1980s".
    private static func isSafe(_ symbol: String, hadSpace: Bool, _ after: Cursor) -> Bool {
        let isEnd = after.isAtTokenEnd
        switch symbol {
        case "in", "A", "d", "t", "pt", "B", "N", "K", "L", "J", "V", "W":
            return isEnd && (!hadSpace || (after.nextWord.isEmpty && symbol != "A"))
        case "s": return isEnd && !(hadSpace && after.nextWord.isEmpty == false)
        default: return isEnd || after.peek() == "-" || after.peek() == "–" || after.peek() == "/"
        }
    }

    static func isOne(_ amount: String) -> Bool { ["1", "minus 1", "plus 1"].contains(amount) }

    static func vulgarFraction(_ sign: Unicode.Scalar) -> String? {
        switch sign {
        case "½": "a half"
        case "⅓": "a third"
        case "⅔": "two thirds"
        case "¼": "a quarter"
        case "¾": "three quarters"
        case "⅕": "a fifth"
        case "⅖": "two fifths"
        case "⅗": "three fifths"
        case "⅘": "four fifths"
        case "⅙": "a sixth"
        case "⅚": "five sixths"
        case "⅛": "an eighth"
        case "⅜": "three eighths"
        case "⅝": "five eighths"
        case "⅞": "seven eighths"
        default: nil
        }
    }
}

extension Cursor {
    /// - Returns: the word for a sign before a number, and a space; nil where there is none.
    mutating func takeSign() -> String? {
        if take(anyOf: "-−–") != nil { return "minus " }
        if take("+") { return "plus " }
        if take("±") { return "plus or minus " }
        if take(anyOf: "~≈") != nil { return "about " }
        return nil
    }

    /// What stands after a unit is not part of a longer word.
    fileprivate var isAtUnitEnd: Bool {
        isAtWordEnd && peek() != "²" && peek() != "³" && peek() != "_"
    }
}
