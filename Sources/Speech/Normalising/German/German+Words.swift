extension German {
    /// `§ 5`, `§§ 5–7`: the voice says the sign, but not that there are several.
    static let paragraph = SpokenRule(.sign) { cursor in
        guard cursor.take(text: "§§") else { return nil }
        return cursor.takeSpace() ? "Paragrafen " : "Paragrafen"
    }

    /// `z. B.`, `usw.`, `Dr.`: the dot goes, unless it ends the sentence too.
    static let abbreviation = SpokenRule(.letter) { cursor in
        guard cursor.isAtWordStart, cursor.peek(-1) != ".",
            let words = takeAbbreviation(&cursor), cursor.isAtWordEnd
        else { return nil }
        let isAtEnd = !cursor.text[cursor.position...].contains(where: \.continuesWord)
        return isAtEnd ? words + "." : words
    }

    /// The longest of up to three letters or words with a dot after each, spaces between or not.
    private static func takeAbbreviation(_ cursor: inout Cursor) -> String? {
        var found: (words: String, end: Int)?
        var key = ""
        var ahead = cursor
        for _ in 0..<3 {
            guard let part = ahead.takeLetters(1...9), ahead.take(".") else { break }
            key += part + "."
            if let words = abbreviations[key] { found = (words, ahead.position) }
            _ = ahead.takeSpace()
        }
        if let numbered = numberedWords[key], found == nil {
            // "S. 12", "Art. 5": else it may be a name or the end of a sentence.
            guard ahead.peek()?.isDigit == true else { return nil }
            cursor.position += key.unicodeScalars.count
            return numbered
        }
        guard let found else { return nil }
        cursor.position = found.end
        return found.words
    }

    /// `Hauptstr. 5`.
    static let street = SpokenRule(.letter) { cursor in
        guard cursor.isAtWordStart, let word = cursor.takeLetters(5...40), cursor.take("."),
            word.hasSuffix("str"), cursor.isAtWordEnd
        else { return nil }
        let isAtEnd = !cursor.text[cursor.position...].contains(where: \.continuesWord)
        return word + (isAtEnd ? "aße." : "aße")
    }

    /// Signs that the voice leaves out.
    static let sign = SpokenRule(.sign) { cursor in
        guard let sign = cursor.peek() else { return nil }
        let isSpaced = (cursor.peek(-1)?.isSpace ?? true) && (cursor.peek(1)?.isSpace ?? true)
        cursor.position += 1
        switch sign {
        case "<" where isSpaced && cursor.position > 1: return "kleiner als"
        case ">" where isSpaced && cursor.position > 1: return "größer als"
        default: return signs[sign]
        }
    }

    private static let signs: [Unicode.Scalar: String] = [
        "≤": "höchstens", "≥": "mindestens", "≈": "ungefähr", "≠": "ungleich", "→": "nach",
        "←": "von", "⇒": "daraus folgt", "·": "mal", "√": "Wurzel aus", "∞": "unendlich",
        "✓": "Haken", "✔": "Haken", "✗": "Kreuz", "☐": "offen", "☑": "erledigt",
    ]

    /// Before a number.
    private static let numberedWords = [
        "S.": "Seite", "Art.": "Artikel", "Abs.": "Absatz", "Tab.": "Tabelle", "Z.": "Zeile",
        "H.": "Heft", "V.": "Vers",
        "Anm.": "Anmerkung", "App.": "Apparat",
    ]

    /// With a dot after each part, and no space.
    private static let abbreviations = [
        "z.B.": "zum Beispiel", "d.h.": "das heißt", "u.a.": "unter anderem", "z.T.": "zum Teil",
        "z.Zt.": "zur Zeit", "z.Z.": "zur Zeit", "i.d.R.": "in der Regel",
        "u.U.": "unter Umständen",
        "u.s.w.": "und so weiter", "usw.": "und so weiter", "usf.": "und so fort",
        "u.ä.": "und ähnliches", "u.Ä.": "und Ähnliches", "o.ä.": "oder ähnliches",
        "o.Ä.": "oder Ähnliches", "s.o.": "siehe oben", "s.u.": "siehe unten",
        "v.a.": "vor allem", "i.e.": "das heißt", "n.Chr.": "nach Christus",
        "v.Chr.": "vor Christus", "e.V.": "eingetragener Verein", "z.Hd.": "zu Händen",
        "i.A.": "im Auftrag", "i.V.": "in Vertretung", "m.E.": "meines Erachtens",
        "p.a.": "pro Jahr", "a.D.": "außer Dienst", "u.v.m.": "und vieles mehr",
        "bzw.": "beziehungsweise", "ca.": "zirka", "etc.": "et cetera", "evtl.": "eventuell",
        "ggf.": "gegebenenfalls", "inkl.": "inklusive", "exkl.": "exklusive",
        "einschl.": "einschließlich", "vgl.": "vergleiche", "bspw.": "beispielsweise",
        "insb.": "insbesondere", "sog.": "sogenannt", "zzgl.": "zuzüglich",
        "abzgl.": "abzüglich", "max.": "maximal", "min.": "minimal", "mind.": "mindestens",
        "geb.": "geboren", "gest.": "gestorben", "verh.": "verheiratet", "Nr.": "Nummer",
        "Nrn.": "Nummern", "Dr.": "Doktor", "Prof.": "Professor", "Hr.": "Herr", "Hrn.": "Herrn",
        "Fr.": "Frau", "Frl.": "Fräulein", "St.": "Sankt", "Dipl.": "Diplom", "Ing.": "Ingenieur",
        "Hrsg.": "Herausgeber", "Aufl.": "Auflage", "Str.": "Straße", "Pl.": "Platz",
        "Tel.": "Telefon", "Jh.": "Jahrhundert", "Jhd.": "Jahrhundert", "Std.": "Stunden",
        "Min.": "Minuten", "Sek.": "Sekunden", "Mio.": "Millionen", "Mrd.": "Milliarden",
        "Tsd.": "Tausend", "Abt.": "Abteilung", "Bhf.": "Bahnhof", "Kto.": "Konto",
        "Stk.": "Stück", "Temp.": "Temperatur", "Abb.": "Abbildung", "Kap.": "Kapitel",
        "Bd.": "Band",
    ]
}
