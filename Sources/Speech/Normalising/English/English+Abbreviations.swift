extension English {
    /// `Dr. Smith`, `e.g.`, `approx.`: the dot goes, unless it ends the sentence too.
    static let abbreviation = SpokenRule([.letter, .plainWord]) { cursor in
        guard cursor.isAtWordStart, cursor.peek(-1) != "." else { return nil }
        let word = cursor.takeRun(1...10) { $0.isLetter || $0 == "." } ?? ""
        if word.isEmpty { return nil }
        if word == "w", cursor.take("/") { return withSign(&cursor) }
        let isDotted = word.hasSuffix(".")
        let stem = isDotted ? String(word.dropLast()) : word
        guard isDotted || stem.contains(".") || withoutDot[stem] != nil else { return nil }
        guard cursor.isAtWordEnd, let words = words(for: stem, isDotted: isDotted, cursor) else {
            return nil
        }
        // Only what can end a sentence keeps its dot at the end of the text.
        if isDotted, !cursor.text[cursor.position...].contains(where: \.continuesWord) {
            return words + "."
        }
        return words
    }

    private static func words(for stem: String, isDotted: Bool, _ cursor: Cursor) -> String? {
        if !isDotted { return withoutDot[stem] ?? dotted[stem] }
        switch stem {
        case "St":
            // Before a name a saint, after one a street.
            return cursor.nextWord.first?.isUppercase == true && !isAfterName(cursor, stem)
                ? "Saint" : "Street"
        case "Dr":
            return cursor.nextWord.first?.isUppercase == true || !isAfterName(cursor, stem)
                ? "Doctor" : "Drive"
        case "in": return nil
        default:
            return dotted[stem]
                ?? dotted[stem.lowercased()].map { words in
                    stem.first?.isUppercase == true && words.first?.isLowercase == true
                        ? words.prefix(1).uppercased() + words.dropFirst() : words
                }
        }
    }

    private static func isAfterName(_ cursor: Cursor, _ stem: String) -> Bool {
        var back = cursor
        back.position -= stem.count + 1
        return back.previousWord.first?.isUppercase == true
    }

    /// `w/` and `w/o`.
    private static func withSign(_ cursor: inout Cursor) -> String? {
        if cursor.take("o"), cursor.isAtWordEnd { return "without" }
        return cursor.isAtWordEnd && cursor.takeSpace() ? "with " : nil
    }

    /// Said in full even where no dot is written.
    private static let withoutDot = [
        "vs": "versus", "approx": "approximately", "Mr": "Mister", "Mrs": "Missis",
        "eg": "for example", "ie": "that is",
    ]

    /// Said in full where a dot is written; small letters also stand for a capital.
    private static let dotted: [String: String] = [
        "Mr": "Mister", "Mrs": "Missis", "Ms": "Miz", "Mx": "Mix", "Prof": "Professor",
        "Rev": "Reverend", "Hon": "Honourable", "Gov": "Governor", "Sen": "Senator",
        "Rep": "Representative", "Pres": "President", "Gen": "General", "Col": "Colonel",
        "Maj": "Major", "Capt": "Captain", "Cmdr": "Commander", "Lt": "Lieutenant",
        "Sgt": "Sergeant", "Cpl": "Corporal", "Jr": "Junior", "Sr": "Senior", "Mt": "Mount",
        "Ft": "Fort", "Messrs": "Messers", "Ave": "Avenue", "Blvd": "Boulevard", "Rd": "Road",
        "Sq": "Square", "Hwy": "Highway", "Apt": "Apartment", "Inc": "Incorporated",
        "Ltd": "Limited", "Corp": "Corporation", "Co": "Company", "Bros": "Brothers",
        "Dept": "Department", "Univ": "University", "Assn": "Association", "Govt": "Government",
        "Mon": "Monday", "Tue": "Tuesday", "Tues": "Tuesday", "Wed": "Wednesday",
        "Thu": "Thursday", "Thur": "Thursday", "Thurs": "Thursday", "Fri": "Friday",
        "Jan": "January", "Feb": "February", "Mar": "March", "Apr": "April", "Jun": "June",
        "Jul": "July", "Aug": "August", "Sep": "September", "Sept": "September",
        "Oct": "October", "Nov": "November", "Dec": "December",
        "e.g": "for example", "i.e": "that is", "etc": "et cetera", "vs": "versus",
        "cf": "compare", "viz": "namely", "approx": "approximately", "ca": "circa",
        "al": "al", "vol": "volume", "vols": "volumes", "fig": "figure", "figs": "figures",
        "eq": "equation", "ch": "chapter", "sec": "section", "pp": "pages", "p": "page",
        "ed": "edition", "eds": "editors", "max": "maximum", "min": "minimum", "avg": "average",
        "dept": "department", "est": "established", "tel": "telephone", "ext": "extension",
        "ver": "version", "temp": "temperature", "misc": "miscellaneous", "incl": "including",
        "excl": "excluding", "a.k.a": "also known as", "p.m": "PM", "a.m": "AM",
        "Ph.D": "PhD", "M.D": "MD", "B.A": "BA", "M.A": "MA", "B.C": "BC", "A.D": "AD",
        "U.S": "U S", "U.K": "U K", "U.N": "U N", "E.U": "E U", "U.S.A": "U S A",
        "R.I.P": "R I P", "P.S": "P S", "N.B": "note", "c.v": "C V",
    ]
}
