/// How German is read aloud: what its voice does not say of itself.
enum German {
    /// In the order in which they are asked.
    static let rules: [SpokenRule] = [
        addresses.web, addresses.mail, addresses.internet, isoDate, dottedDate, dayMonth, clock,
        clockWithDot, money, moneyAfter, measureRange,
        measure, fraction, yearRange, year, range, romanOrdinal, abbreviation, sign,
    ]

    private static let addresses = SpokenAddresses(
        signs: [
            ".": "Punkt", "-": "Strich", "_": "Unterstrich", "+": "plus", "%": "Prozent",
            "~": "Tilde", "@": "at",
        ],
        slash: "Schrägstrich", port: "Port", rest: "und so weiter",
        digits: { digits in
            digits.compactMap { $0.wholeNumberValue.map { GermanNumber.small[$0] } }
                .joined(separator: " ")
        })

    /// `am 3. Oktober`: the number has the ending that the word before it asks for.
    static func ordinal(_ number: Int, after word: String) -> String {
        let stem = GermanNumber.ordinalStem(number)
        switch word.lowercased() {
        case "der", "die", "das": return stem + "e"
        case "am", "vom", "zum", "dem", "den", "des", "im", "beim", "bis", "seit", "ab", "zur":
            return stem + "en"
        default: return stem + "er"
        }
    }

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

    /// `1/2`, `3/4`.
    static let fraction = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, !cursor.isAfterSlash,
            let top = cursor.takeDigits(1...2).flatMap({ Int($0) }), cursor.take("/"),
            let bottom = cursor.takeDigits(1...2).flatMap({ Int($0) }), cursor.isAtWordEnd,
            cursor.peek() != "/", top > 0, top < bottom, bottom < 13
        else { return nil }
        if bottom == 2 { return "ein halb" }
        let part = bottom == 3 ? "Drittel" : "\(GermanNumber.small[bottom].capitalised)tel"
        let name = ["Siebentel": "Siebtel", "Achttel": "Achtel"][part] ?? part
        return "\(top == 1 ? "ein" : GermanNumber.small[top]) \(name)"
    }

    static let range = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, !cursor.isAfterSlash, let first = takeNumber(&cursor),
            cursor.takeRangeSign(), let last = takeNumber(&cursor), cursor.isAtTokenEnd
        else { return nil }
        return "\(first) bis \(last)"
    }

    static let sign = SpokenRule(.sign) { cursor in
        guard let sign = cursor.peek() else { return nil }
        cursor.position += 1
        return [
            "≤": "höchstens", "≥": "mindestens", "≈": "ungefähr", "→": "nach", "·": "mal",
            "✓": "Haken", "☐": "offen", "☑": "erledigt",
        ][sign]
    }

    /// `1.234,5`: digits as the voice reads them.
    static func takeNumber(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            guard var number = cursor.takeDigits() else { return nil }
            while number.count <= 15,
                let group = cursor.attempt({ $0.take(".") ? $0.takeDigits(3...3) : nil })
            {
                number += group
            }
            if let decimals = cursor.attempt({ $0.take(",") ? $0.takeDigits() : nil }) {
                number += ",\(decimals)"
            }
            return number
        }
    }

    static let abbreviation = SpokenRule(.letter) { cursor in
        guard cursor.isAtWordStart, cursor.peek(-1) != "." else { return nil }
        for (written, said) in abbreviations where cursor.take(text: written) {
            guard cursor.isAtWordEnd else { return nil }
            let isAtEnd = !cursor.text[cursor.position...].contains(where: \.continuesWord)
            return isAtEnd && written.hasSuffix(".") ? said + "." : said
        }
        return nil
    }

    /// Longer ones first.
    private static let abbreviations: [(String, String)] = [
        ("z. B.", "zum Beispiel"), ("z.B.", "zum Beispiel"), ("d. h.", "das heißt"),
        ("d.h.", "das heißt"), ("u. a.", "unter anderem"), ("u.a.", "unter anderem"),
        ("z. T.", "zum Teil"), ("z.T.", "zum Teil"), ("z.Zt.", "zur Zeit"),
        ("i. d. R.", "in der Regel"), ("i.d.R.", "in der Regel"), ("u.s.w.", "und so weiter"),
        ("usw.", "und so weiter"), ("bzw.", "beziehungsweise"), ("ca.", "zirka"),
        ("etc.", "et cetera"), ("evtl.", "eventuell"), ("ggf.", "gegebenenfalls"),
        ("inkl.", "inklusive"), ("exkl.", "exklusive"), ("vgl.", "vergleiche"),
        ("Nr.", "Nummer"), ("Dr.", "Doktor"), ("Prof.", "Professor"), ("Hr.", "Herr"),
        ("Fr.", "Frau"), ("Str.", "Straße"), ("Tel.", "Telefon"), ("Abb.", "Abbildung"),
        ("Kap.", "Kapitel"), ("Bd.", "Band"), ("Jh.", "Jahrhundert"), ("Std.", "Stunden"),
        ("Min.", "Minuten"), ("Sek.", "Sekunden"), ("Mio.", "Millionen"), ("Mrd.", "Milliarden"),
        ("Tsd.", "Tausend"), ("St.", "Sankt"), ("min.", "minimal"), ("max.", "maximal"),
        ("bspw.", "beispielsweise"), ("zzgl.", "zuzüglich"), ("abzgl.", "abzüglich"),
    ]
}

extension String {
    fileprivate var capitalised: String { prefix(1).uppercased() + dropFirst() }
}
