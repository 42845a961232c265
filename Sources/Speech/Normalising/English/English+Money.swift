extension English {
    /// `$3.50`, `€5m`, `US$1.2 billion`, `-$5`, `$5–10`, `EUR 20`.
    static let money = SpokenRule([.sign, .letter]) { cursor in
        guard cursor.isAtWordStart else { return nil }
        let start = cursor
        let sign = cursor.takeSign() ?? ""
        guard let currency = takeCurrency(&cursor) else { return nil }
        let inner = cursor.takeSign() ?? ""
        guard let first = takeSum(&cursor) else { return nil }
        let last = cursor.attempt { cursor -> Sum? in
            guard cursor.takeRangeSign() else { return nil }
            _ = takeCurrency(&cursor)
            return takeSum(&cursor)
        }
        guard cursor.isAtWordEnd else { return nil }
        let isAttribute = cursor.endsAttribute(from: start)
        guard let last else { return sign + inner + currency.words(first, isAttribute) }
        return "\(sign)\(inner)\(first.words) to \(currency.words(last, isAttribute))"
    }

    /// `5€`, `3.50 €`, `20 EUR`, `50¢`, `50p`.
    static let moneyAfter = SpokenRule(.digit) { cursor in
        let start = cursor
        guard cursor.isAtWordStart, let sum = takeSum(&cursor) else { return nil }
        let cents = cursor.attempt { cursor -> String? in
            guard !sum.hasParts else { return nil }
            if cursor.take("¢") { return sum.isOne ? "cent" : "cents" }
            return cursor.take("p") && cursor.isAtTokenEnd ? (sum.isOne ? "penny" : "pence") : nil
        }
        if let cents { return cursor.isAtWordEnd ? "\(sum.words) \(cents)" : nil }
        _ = cursor.takeSpace()
        guard let currency = takeCurrency(&cursor, isAfter: true), cursor.isAtWordEnd else {
            return nil
        }
        return currency.words(sum, cursor.endsAttribute(from: start))
    }

    /// An amount of money, without its currency.
    private struct Sum {
        let whole: String
        /// Two digits, or empty.
        let cents: String
        /// "million", or empty.
        let scale: String

        var hasParts: Bool { !cents.isEmpty || !scale.isEmpty || whole.contains(".") }
        var isOne: Bool { whole == "1" && !hasParts }
        var words: String {
            (cents.isEmpty ? whole : "\(whole).\(cents)") + (scale.isEmpty ? "" : " \(scale)")
        }
    }

    private struct Currency {
        let one: String
        let many: String
        var cent = "cent"
        var cents = "cents"

        /// - Parameters:
        ///   - sum: how much.
        ///   - isAttribute: whether a noun follows that it belongs to.
        /// - Returns: "5 dollars", and "5 dollar" before a note.
        func words(_ sum: Sum, _ isAttribute: Bool) -> String {
            let many = isAttribute ? one : many
            guard !sum.cents.isEmpty, sum.scale.isEmpty, let cents = Int(sum.cents) else {
                return "\(sum.words) \(sum.isOne ? one : many)"
            }
            let small = "\(cents) \(cents == 1 || isAttribute ? cent : self.cents)"
            if isAttribute, cents > 0 {
                return sum.whole == "0" ? small : "\(sum.whole) \(one) \(cents)"
            }
            if cents == 0 { return "\(sum.whole) \(sum.whole == "1" ? one : many)" }
            return sum.whole == "0"
                ? small : "\(sum.whole) \(sum.whole == "1" ? one : many) and \(small)"
        }
    }

    private static func takeSum(_ cursor: inout Cursor) -> Sum? {
        cursor.attempt { cursor in
            guard let number = takeNumber(&cursor) else { return nil }
            let parts = number.split(separator: ".")
            let scale = takeScale(&cursor)
            if parts.count == 2, parts[1].count == 2, scale.isEmpty {
                return Sum(whole: String(parts[0]), cents: String(parts[1]), scale: "")
            }
            return Sum(whole: number, cents: "", scale: scale)
        }
    }

    private static func takeScale(_ cursor: inout Cursor) -> String {
        let short = cursor.attempt { cursor -> String? in
            guard let letters = cursor.takeLetters(1...2) else { return nil }
            return [
                "k": "thousand", "K": "thousand", "m": "million", "M": "million",
                "mn": "million", "bn": "billion", "b": "billion", "B": "billion",
                "tn": "trillion", "T": "trillion",
            ][letters]
        }
        if let short { return short }
        return cursor.attempt { cursor in
            guard cursor.takeSpace() || cursor.take("-"), let word = cursor.takeLetters() else {
                return nil
            }
            return ["hundred", "thousand", "million", "billion", "trillion"].contains(word)
                ? word : nil
        } ?? ""
    }

    private static func takeCurrency(_ cursor: inout Cursor, isAfter: Bool = false) -> Currency? {
        // No currency has a small letter at its beginning, and most words have.
        guard let first = cursor.peek(), !first.isSmall else { return nil }
        for (symbol, currency) in signs where cursor.take(text: symbol) { return currency }
        return cursor.attempt { cursor in
            guard let code = cursor.takeLetters(3...3), let currency = codes[code],
                isAfter || cursor.takeSpace() || cursor.peek()?.isDigit == true
            else { return nil }
            return currency
        }
    }

    private static let dollar = Currency(one: "dollar", many: "dollars")
    private static let euro = Currency(one: "euro", many: "euros")
    private static let pound = Currency(one: "pound", many: "pounds", cent: "penny", cents: "pence")
    private static let yen = Currency(one: "yen", many: "yen")
    private static let rupee = Currency(
        one: "rupee", many: "rupees", cent: "paisa", cents: "paise")

    private static func dollar(of country: String) -> Currency {
        Currency(one: "\(country) dollar", many: "\(country) dollars")
    }

    /// Longer signs first.
    private static let signs: [(String, Currency)] = [
        ("US$", dollar(of: "U S")), ("CA$", dollar(of: "Canadian")),
        ("AU$", dollar(of: "Australian")), ("NZ$", dollar(of: "New Zealand")),
        ("HK$", dollar(of: "Hong Kong")), ("C$", dollar(of: "Canadian")),
        ("A$", dollar(of: "Australian")), ("R$", Currency(one: "real", many: "reais")),
        ("$", dollar), ("€", euro), ("£", pound), ("¥", yen), ("₹", rupee),
        ("₽", Currency(one: "rouble", many: "roubles", cent: "kopeck", cents: "kopecks")),
        ("₩", Currency(one: "won", many: "won")), ("₿", Currency(one: "bitcoin", many: "bitcoins")),
        ("₺", Currency(one: "lira", many: "lira")),
        ("₴", Currency(one: "hryvnia", many: "hryvnias")),
        ("₪", Currency(one: "shekel", many: "shekels")),
    ]
    private static let codes: [String: Currency] = [
        "USD": dollar(of: "U S"), "EUR": euro, "GBP": pound, "JPY": yen, "INR": rupee,
        "CHF": Currency(one: "Swiss franc", many: "Swiss francs"),
        "CAD": dollar(of: "Canadian"), "AUD": dollar(of: "Australian"),
        "CNY": Currency(one: "yuan", many: "yuan"),
        "SEK": Currency(one: "Swedish krona", many: "Swedish kronor"),
        "NOK": Currency(one: "Norwegian krone", many: "Norwegian kroner"),
        "DKK": Currency(one: "Danish krone", many: "Danish kroner"),
        "PLN": Currency(one: "zloty", many: "zlotys"),
    ]
}
