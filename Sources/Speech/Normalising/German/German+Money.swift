extension German {
    /// `€ 3,50`, `$5`, `-€ 5`, `EUR 20–30`.
    static let money = SpokenRule([.sign, .letter]) { cursor in
        guard cursor.isAtWordStart else { return nil }
        let isNegative = cursor.take(anyOf: "-−") != nil
        guard let currency = takeCurrency(&cursor) else { return nil }
        _ = cursor.takeSpace()
        guard let sum = takeSum(&cursor) else { return nil }
        let last = cursor.attempt { $0.takeRangeSign() ? takeSum(&$0) : nil }
        guard cursor.isAtWordEnd else { return nil }
        let first = last.map { "\(sum.digits) bis \($0.words(currency))" } ?? sum.words(currency)
        return isNegative ? "minus \(first)" : first
    }

    /// `3,50 €`, `5 Mio. €`, `20–30 €`, `5 €/Monat`, `50 ct`.
    static let moneyAfter = SpokenRule([.digit, .sign]) { cursor in
        guard cursor.isAtWordStart else { return nil }
        let isNegative = cursor.take(anyOf: "-−") != nil
        guard let sum = takeSum(&cursor) else { return nil }
        let last = cursor.attempt { $0.takeRangeSign() ? takeSum(&$0) : nil }
        _ = cursor.takeSpace()
        guard let currency = takeCurrency(&cursor), cursor.isAtWordEnd else { return nil }
        var words = last.map { "\(sum.digits) bis \($0.words(currency))" } ?? sum.words(currency)
        if cursor.peek() == "/", cursor.peek(1)?.isLetter == true {
            cursor.position += 1
            words += " pro"
            // The word itself is read as it is written, after a space.
            guard let unit = cursor.takeLetters() else { return nil }
            words += " \(GermanUnit.named(unit)?.one ?? unit)"
        }
        return isNegative ? "minus \(words)" : words
    }

    /// An amount of money, without its currency.
    private struct Sum {
        let digits: String
        /// One and many million, or nothing.
        let scale: (one: String, many: String)?

        func words(_ currency: String) -> String {
            if let scale {
                return "\(digits == "1" ? scale.one : "\(digits) \(scale.many)") \(currency)"
            }
            let parts = digits.split(separator: ",")
            let whole = parts[0] == "1" ? "ein" : String(parts[0])
            guard parts.count == 2, parts[1].count == 2, let cents = Int(parts[1]) else {
                return "\(parts.count == 1 ? whole : digits) \(currency)"
            }
            if parts[0] == "0", currency == "Euro" || currency == "Dollar" {
                return cents == 1 ? "ein Cent" : "\(cents) Cent"
            }
            return cents == 0 ? "\(whole) \(currency)" : "\(whole) \(currency) \(cents)"
        }
    }

    private static func takeSum(_ cursor: inout Cursor) -> Sum? {
        cursor.attempt { cursor in
            guard let digits = takeNumber(&cursor) else { return nil }
            // "5,- €" and "5,– €".
            let dash = cursor.attempt { $0.take(",") ? $0.take(anyOf: "-–—") : nil }
            guard dash == nil else { return Sum(digits: digits, scale: nil) }
            let scale = cursor.attempt { cursor in
                _ = cursor.takeSpace()
                return scales.first { cursor.take(text: $0.written) }
            }
            return Sum(digits: digits, scale: scale.map { ($0.one, $0.many) })
        }
    }

    private static func takeCurrency(_ cursor: inout Cursor) -> String? {
        guard let first = cursor.peek(), !first.isSmall || first == "c" else { return nil }
        return cursor.attempt { cursor in
            currencies.first { cursor.take(text: $0.0) }?.1
        }
    }

    /// Longer signs first.
    private static let currencies: [(String, String)] = [
        ("€", "Euro"), ("EUR", "Euro"), ("US-$", "US-Dollar"), ("US$", "US-Dollar"),
        ("USD", "US-Dollar"), ("$", "Dollar"), ("£", "Pfund"), ("GBP", "Pfund"),
        ("CHF", "Franken"), ("Fr.", "Franken"), ("¥", "Yen"), ("₽", "Rubel"), ("zł", "Zloty"),
        ("ct", "Cent"), ("Ct", "Cent"), ("DM", "Mark"),
    ]

    private static let scales: [(written: String, one: String, many: String)] = [
        ("Mio.", "eine Million", "Millionen"), ("Mrd.", "eine Milliarde", "Milliarden"),
        ("Bio.", "eine Billion", "Billionen"), ("Tsd.", "tausend", "Tausend"),
        ("Millionen", "eine Million", "Millionen"), ("Million", "eine Million", "Millionen"),
        ("Milliarden", "eine Milliarde", "Milliarden"),
        ("Milliarde", "eine Milliarde", "Milliarden"),
    ]
}
