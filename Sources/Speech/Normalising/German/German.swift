/// How German is read aloud: what its voice does not say of itself.
enum German {
    /// In the order in which they are asked: what is longer before its own beginning.
    static let rules: [SpokenRule] = [
        addresses.web, addresses.mail, addresses.internet,
        timestamp, isoDate, dottedDate, dayRange, dayMonth, clockRange, clock, hours,
        money, moneyAfter, phones.international, phones.national, paragraph,
        measureRange, measure, mixedFraction, fraction, decade, yearRange, year, ratio, range,
        power,
        ordinal, monthDate, weekday, romanOrdinal, abbreviation, street, sign,
    ]

    private static let addresses = SpokenAddresses(
        signs: [
            ".": "Punkt", "-": "Strich", "_": "Unterstrich", "+": "plus", "%": "Prozent",
            "~": "Tilde", "@": "at",
        ],
        slash: "Schrägstrich", port: "Port", rest: "und so weiter",
        digits: { GermanNumber.digits($0) })

    /// `030 1234567`, `(0711) 12 34 56`, `0171/1234567`, `+49 30 123456`.
    private static let phones = SpokenPhones(
        plus: "plus", separators: "-./–‑",
        announcements: [
            "tel", "telefon", "fon", "fax", "mobil", "handy", "rufnummer", "durchwahl", "pin",
            "telefonnummer",
        ],
        isUsual: { groups, _ in
            let digits = groups.joined().count
            return groups.count > 1 && (7...13).contains(digits) && groups[0].first == "0"
                && groups[0].count > 2
        },
        digits: { GermanNumber.digits($0) })

    /// `am 3. Oktober`: the number has the ending that the words before it ask for.
    ///
    /// - Parameters:
    ///   - number: of what follows.
    ///   - cursor: at the number.
    /// - Returns: one word.
    static func ordinal(_ number: Int, at cursor: Cursor) -> String {
        GermanNumber.ordinalStem(number) + (ending(at: cursor) ?? "er")
    }

    /// - Returns: nil where the word before tells none.
    static func ending(at cursor: Cursor) -> String? {
        switch cursor.previousWord.lowercased() {
        case "der", "die", "das": isAfterPreposition(cursor) ? "en" : "e"
        case "eine", "jede", "diese", "dieser", "dieses", "jene", "jener": "e"
        case "ein", "kein", "sein", "ihr", "mein", "unser": "er"
        case "am", "vom", "zum", "dem", "den", "des", "im", "beim", "bis", "seit", "ab", "zur",
            "ins", "einem", "einer", "einen", "eines", "jedem", "jeden", "ihrem", "seinem",
            "diesem":
            "en"
        default: nil
        }
    }

    /// Whether a preposition stands before the article: `in der 3. Klasse`.
    private static func isAfterPreposition(_ cursor: Cursor) -> Bool {
        var before = cursor
        while before.position > 0, before.text[before.position - 1].isSpace { before.position -= 1 }
        before.position -= before.position > 0 ? cursor.previousWord.unicodeScalars.count : 0
        return [
            "in", "an", "auf", "aus", "bei", "mit", "nach", "seit", "von", "zu", "vor", "ab",
            "während", "zwischen", "unter", "über", "hinter", "neben", "trotz", "wegen",
        ].contains(before.previousWord.lowercased())
    }

    /// `der 3. Platz`, `im 19. Jahrhundert`: after an article, or before a century.
    static let ordinal = SpokenRule(.digit) { cursor in
        let start = cursor
        guard cursor.isAtWordStart, !cursor.isAfter(anyOf: ".,:-–/"),
            let number = cursor.takeDigits(1...3).flatMap({ Int($0) }), number > 0,
            cursor.take("."), cursor.peek()?.isSpace == true
        else { return nil }
        // "bis 10." ends a sentence more often than not.
        guard !["bis", "seit", "ab"].contains(start.previousWord.lowercased()) else { return nil }
        let isCounted = ["Jh", "Jahrhundert", "Jahrhunderts", "Jahrtausend", "Lebensjahr"]
            .contains(cursor.nextWord)
        guard let ending = ending(at: start) ?? (isCounted ? "es" : nil) else { return nil }
        return GermanNumber.ordinalStem(number) + ending
    }

    /// `Ludwig XIV.`, `Kapitel IV`.
    static let romanOrdinal = SpokenRule(.letter) { cursor in
        guard cursor.isAtWordStart, let first = cursor.peek(),
            "IVX".unicodeScalars.contains(first)
        else { return nil }
        let previous = cursor.previousWord
        guard previous.first?.isUppercase == true, let numeral = cursor.takeLetters(1...8),
            let number = English.romanValue(numeral), cursor.isAtWordEnd
        else { return nil }
        if ["Kapitel", "Teil", "Band", "Akt", "Buch", "Artikel"].contains(previous) {
            return String(number)
        }
        guard number < 100, cursor.peek() == "." else { return nil }
        // At the end, the dot is the sentence's too.
        if !cursor.isAtEndOfText { cursor.position += 1 }
        return "der \(GermanNumber.ordinalStem(number))e"
    }

    /// `1/2`, `3/4`, `½`.
    static let fraction = SpokenRule([.digit, .sign]) { cursor in
        guard cursor.isAtWordStart, !cursor.isAfterSlash else { return nil }
        if let part = cursor.peek().flatMap({ vulgarFractions[$0] }) {
            cursor.position += 1
            return cursor.isAtWordEnd ? part : nil
        }
        guard let top = cursor.takeDigits(1...2).flatMap({ Int($0) }), cursor.take("/"),
            let bottom = cursor.takeDigits(1...2).flatMap({ Int($0) }), cursor.isAtWordEnd,
            cursor.peek() != "/", top > 0, top < bottom, bottom < 13
        else { return nil }
        if bottom == 2 { return "ein halb" }
        let part = bottom == 3 ? "Drittel" : "\(GermanNumber.small[bottom].capitalised)tel"
        let name = ["Siebentel": "Siebtel", "Achttel": "Achtel"][part] ?? part
        return "\(top == 1 ? "ein" : GermanNumber.small[top]) \(name)"
    }

    /// `2½`.
    static let mixedFraction = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, let whole = cursor.takeDigits(1...3).flatMap({ Int($0) }),
            let part = cursor.peek().flatMap({ vulgarFractions[$0] })
        else { return nil }
        cursor.position += 1
        guard cursor.isAtWordEnd else { return nil }
        guard part == "ein halb" else { return "\(whole) \(part)" }
        return "\(whole == 1 ? "ein" : GermanNumber.cardinal(whole))einhalb"
    }

    static let vulgarFractions: [Unicode.Scalar: String] = [
        "½": "ein halb", "⅓": "ein Drittel", "⅔": "zwei Drittel", "¼": "ein Viertel",
        "¾": "drei Viertel", "⅕": "ein Fünftel", "⅛": "ein Achtel",
    ]

    static let range = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, !cursor.isAfterSlash, let first = takeNumber(&cursor),
            cursor.takeRangeSign(), let last = takeNumber(&cursor), cursor.isAtTokenEnd
        else { return nil }
        return "\(first) bis \(last)"
    }

    /// `3:1`, `16:9`.
    static let ratio = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, !cursor.isAfter(anyOf: ":."),
            let first = cursor.takeDigits(1...4), cursor.take(":"),
            let second = cursor.takeDigits(1...4), cursor.isAtTokenEnd
        else { return nil }
        return "\(first) zu \(second)"
    }

    /// `x²`, `10^6`.
    static let power = SpokenRule([.digit, .letter]) { cursor in
        guard cursor.isAtWordStart,
            let base = cursor.peek()?.isDigit == true
                ? takeNumber(&cursor) : cursor.takeLetters(1...1)
        else { return nil }
        if cursor.take("²") { return cursor.isAtWordEnd ? "\(base) Quadrat" : nil }
        if cursor.take("³") { return cursor.isAtWordEnd ? "\(base) hoch drei" : nil }
        guard cursor.take("^") else { return nil }
        let sign = cursor.take(anyOf: "-−") == nil ? "" : "minus "
        guard let exponent = cursor.takeDigits(1...3), cursor.isAtWordEnd else { return nil }
        return "\(base) hoch \(sign)\(exponent)"
    }

    /// `1.234,5`: digits as the voice reads them.
    static func takeNumber(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            guard var number = cursor.takeDigits() else { return nil }
            while number.count <= 15,
                let group = cursor.attempt({ cursor -> String? in
                    guard cursor.take(anyOf: ".'’\u{202F}\u{2009}\u{A0}") != nil else { return nil }
                    return cursor.takeDigits(3...3)
                })
            {
                number += group
            }
            if let decimals = cursor.attempt({ $0.take(",") ? $0.takeDigits() : nil }) {
                number += ",\(decimals)"
            }
            return number
        }
    }
}

extension String {
    var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
