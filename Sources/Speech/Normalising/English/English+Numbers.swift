extension English {
    /// `3rd`, `100th`.
    static let ordinal = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart,
            let digits = takeGrouped(&cursor) ?? cursor.takeDigits(1...6),
            let number = Int(digits), let suffix = cursor.takeLetters(2...2),
            ["st", "nd", "rd", "th"].contains(suffix.lowercased()), cursor.isAtWordEnd
        else { return nil }
        return EnglishNumber.ordinal(number)
    }

    /// `1/2`, `3/4 of`; 24/7 and 9/11 are no fractions, nor is 1/2/3.
    static let fraction = SpokenRule([.digit, .sign]) { cursor in
        guard cursor.isAtWordStart, !cursor.isAfterSlash else { return nil }
        if let sign = cursor.peek(), let part = vulgarFraction(sign) {
            cursor.position += 1
            guard cursor.isAtWordEnd else { return nil }
            return part
        }
        guard let (top, bottom) = takeFraction(&cursor) else { return nil }
        return words(top, over: bottom)
    }

    /// `2 1/2`, `2½`.
    static let mixedFraction = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, !cursor.isAfterSlash, let whole = cursor.takeDigits(1...4)
        else { return nil }
        if let sign = cursor.peek(), let part = vulgarFraction(sign) {
            cursor.position += 1
            return cursor.isAtWordEnd ? "\(whole) and \(part)" : nil
        }
        guard cursor.takeSpace(), let (top, bottom) = takeFraction(&cursor) else { return nil }
        return "\(whole) and \(words(top, over: bottom))"
    }

    private static func takeFraction(_ cursor: inout Cursor) -> (Int, Int)? {
        cursor.attempt { cursor in
            guard let top = cursor.takeDigits(1...2).flatMap({ Int($0) }),
                cursor.take(anyOf: "/⁄") != nil,
                let bottom = cursor.takeDigits(1...3).flatMap({ Int($0) }), cursor.isAtWordEnd,
                top > 0, top < bottom, bottom <= 20 || [32, 64, 100].contains(bottom),
                !(top == 9 && bottom == 11), cursor.peek() != "/"
            else { return nil }
            return (top, bottom)
        }
    }

    private static func words(_ top: Int, over bottom: Int) -> String {
        let part = EnglishNumber.part(bottom, isPlural: top > 1)
        if top > 1 { return "\(EnglishNumber.cardinal(top)) \(part)" }
        return bottom == 8 || bottom == 11 || bottom == 18 ? "an \(part)" : "a \(part)"
    }

    /// `10–20`, `5-7`, `1.5–2`.
    static let range = SpokenRule([.digit, .sign]) { cursor in
        guard cursor.isAtWordStart, !cursor.isAfterSlash, let first = takeAmount(&cursor),
            cursor.takeRangeSign(), let last = takeNumber(&cursor), cursor.isAtWordEnd,
            cursor.isAtTokenEnd || cursor.peek() == "/"
        else { return nil }
        return "\(first) to \(last)"
    }

    /// `3:1`, `16:9`.
    static let ratio = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, let first = cursor.takeDigits(1...4), cursor.take(":"),
            let second = cursor.takeDigits(1...4), cursor.isAtTokenEnd, second.first != "0"
        else { return nil }
        return "\(first) to \(second)"
    }

    /// `1 000 000` with narrow spaces, `1'000`: the engine would stop at the sign.
    static let groupedNumber = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart,
            !cursor.text.indices.contains(cursor.position - 1)
                || cursor.peek(-1) != ",",
            let number = takeGrouped(&cursor), cursor.isAtWordEnd
        else { return nil }
        return number
    }

    /// `.5`.
    static let leadingPoint = SpokenRule(.sign) { cursor in
        guard cursor.isAtWordStart, cursor.take("."), let digits = cursor.takeDigits(),
            cursor.isAtWordEnd
        else { return nil }
        return "0.\(digits)"
    }

    /// `x²`, `2^10`, `10^-3`.
    static let power = SpokenRule([.digit, .letter]) { cursor in
        guard cursor.isAtWordStart,
            let base = cursor.peek()?.isDigit == true
                ? takeNumber(&cursor) : cursor.takeLetters(1...1),
            let exponent = takeExponent(&cursor), cursor.isAtWordEnd
        else { return nil }
        return "\(base) \(exponent)"
    }

    /// `1e5`, `6.02×10²³`, `3 * 10^8`.
    static let scientific = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, let factor = takeNumber(&cursor) else { return nil }
        if cursor.take(anyOf: "eE") != nil {
            let sign = cursor.takeSign() ?? ""
            guard let exponent = cursor.takeDigits(1...3), cursor.isAtWordEnd else { return nil }
            return "\(factor) times 10 to the \(sign)\(exponent)"
        }
        _ = cursor.takeSpace()
        guard cursor.take(anyOf: "×·*xX") != nil else { return nil }
        _ = cursor.takeSpace()
        guard cursor.take(text: "10"), let exponent = takeExponent(&cursor), cursor.isAtWordEnd
        else { return nil }
        return "\(factor) times 10 \(exponent)"
    }

    private static func takeExponent(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            var sign = ""
            let digits: String?
            if cursor.take("^") {
                sign = cursor.takeSign() ?? ""
                digits = cursor.takeDigits(1...3)
            } else {
                if cursor.take("⁻") { sign = "minus " }
                let raised = cursor.takeRun(1...3) { superscripts[$0] != nil }
                digits = raised.map { text in
                    String(text.unicodeScalars.compactMap { superscripts[$0] })
                }
            }
            guard let digits, let number = Int(digits) else { return nil }
            if sign.isEmpty, number == 2 { return "squared" }
            if sign.isEmpty, number == 3 { return "cubed" }
            return "to the \(sign)\(number)"
        }
    }

    private static let superscripts: [Unicode.Scalar: Character] = [
        "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
        "⁹": "9",
    ]

    /// `v1.2.3`, `1.2.3-beta`, `Version 2.0.1`.
    static let release = SpokenRule([.digit, .letter]) { cursor in
        guard cursor.isAtWordStart, cursor.peek(-1) != "." else { return nil }
        let isMarked = cursor.take("v") || cursor.take("V")
        guard let first = cursor.takeDigits(1...6) else { return nil }
        var parts = [first]
        while let part = cursor.attempt({ $0.take(".") ? $0.takeDigits(1...6) : nil }) {
            parts.append(part)
        }
        guard isMarked || parts.count > 2, parts.count < 6 else { return nil }
        let suffix = cursor.attempt { cursor -> String? in
            _ = cursor.take("-")
            return cursor.takeLetters(1...6)
        }
        guard cursor.isAtWordEnd else { return nil }
        let number = parts.joined(separator: " point ") + (suffix.map { " \($0)" } ?? "")
        let isAnnounced = cursor.previousWordIsVersion(before: first.count)
        return isMarked && !isAnnounced ? "version \(number)" : number
    }
}

extension Cursor {
    var isAfterSlash: Bool { peek(-1) == "/" || peek(-1) == "⁄" || peek(-1) == "-" }

    fileprivate func previousWordIsVersion(before length: Int) -> Bool {
        var back = self
        while back.position > 0, !(back.peek(-1)?.isSpace ?? true) { back.position -= 1 }
        return ["version", "release"].contains(back.previousWord.lowercased())
    }
}
