extension English {
    /// `Henry VIII` is the eighth, `Chapter IV` is four.
    static let roman = SpokenRule(.letter) { cursor in
        guard cursor.isAtWordStart, let first = cursor.peek(),
            "IVXLCDM".unicodeScalars.contains(first)
        else { return nil }
        let previous = cursor.previousWord
        guard !previous.isEmpty, let numeral = cursor.takeLetters(1...15),
            let number = romanValue(numeral)
        else { return nil }
        // "Chapter I" is one, "when I" is not.
        if parts.contains(previous.lowercased()),
            previous.first?.isUppercase == true
                || numeral.count > 1
        {
            return cursor.isAtWordEnd ? String(number) : nil
        }
        guard names.contains(previous), number < 40, cursor.peek() != "." || cursor.isAtTokenEnd
        else { return nil }
        // "Elizabeth I" needs something that is not a verb after it.
        if numeral == "I", startsClause(cursor) { return nil }
        return cursor.isAtWordEnd ? "the \(EnglishNumber.ordinal(number))" : nil
    }

    private static func startsClause(_ cursor: Cursor) -> Bool {
        ["am", "was", "have", "had", "will", "would", "think", "know", "said", "saw", "do"]
            .contains(cursor.nextWord)
    }

    /// The value of a numeral in its one correct form.
    static func romanValue(_ text: String) -> Int? {
        var rest = text[...]
        var value = 0
        for (numeral, worth) in romanParts {
            var count = 0
            while rest.hasPrefix(numeral), count < (numeral.count == 2 || worth % 9 == 5 ? 1 : 3) {
                rest = rest.dropFirst(numeral.count)
                value += worth
                count += 1
            }
        }
        return rest.isEmpty && value > 0 ? value : nil
    }

    private static let romanParts: [(String, Int)] = [
        ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50),
        ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1),
    ]
    private static let parts: Set<String> = [
        "chapter", "part", "volume", "book", "act", "scene", "section", "appendix", "article",
        "canto", "war", "phase", "type", "class", "grade", "level", "stage", "figure", "table",
        "title", "episode", "season", "apollo", "bowl", "rocky", "mark", "schedule", "annex",
        "olympiad", "category", "factor",
    ]
    private static let names: Set<String> = [
        "Henry", "Louis", "George", "Edward", "Charles", "James", "William", "Elizabeth", "Mary",
        "Richard", "John", "Paul", "Pius", "Benedict", "Francis", "Frederick", "Wilhelm", "Ivan",
        "Peter", "Catherine", "Alexander", "Nicholas", "Napoleon", "Philip", "Ferdinand", "Alfonso",
        "Ramesses", "Ptolemy", "Cleopatra", "Darius", "Xerxes", "Leo", "Gregory", "Innocent",
        "Clement", "Urban", "Boniface", "Adrian", "Otto", "Konrad", "Rudolf", "Leopold", "Albert",
        "Gustav", "Christian", "Haakon", "Olaf", "Harald", "Victor", "Humbert", "Emmanuel",
        "Margrethe", "Juan", "Carlos", "Felipe", "Isabella", "Joseph", "Maximilian", "Sixtus",
        "Julius", "Stephen", "Robert", "David", "Malcolm", "Kenneth", "Constantine", "Theodosius",
        "Justinian", "Basil", "Mehmed", "Murad", "Selim", "Suleiman", "Rama", "Elizabeth",
    ]

    /// `No. 5`, `#5`, `№ 5`.
    static let numberSign = SpokenRule([.letter, .sign]) { cursor in
        guard cursor.isAtWordStart else { return nil }
        let plural: Bool
        if cursor.take("#") || cursor.take("№") {
            plural = false
        } else if cursor.take(text: "Nos") || cursor.take(text: "nos") {
            plural = true
            guard cursor.take(".") else { return nil }
        } else if cursor.take(text: "No") || cursor.take(text: "no") {
            plural = false
            guard cursor.take(".") else { return nil }
        } else {
            return nil
        }
        _ = cursor.takeSpace()
        guard cursor.peek()?.isDigit == true, cursor.numberEndsWord else { return nil }
        return plural ? "numbers " : "number "
    }

    /// `#OpenSource` is "hashtag Open Source".
    static let hashtag = SpokenRule(.sign) { cursor in
        guard cursor.isAtWordStart, cursor.take("#"),
            cursor.peek()?.isLetter == true,
            let tag = cursor.takeRun(2...80, where: { $0.continuesWord || $0 == "_" }),
            cursor.isAtTokenEnd
        else { return nil }
        return isColour(tag) ? "hash \(spelled(tag))" : "hashtag \(splitWords(tag))"
    }

    private static func isColour(_ tag: String) -> Bool {
        tag.count == 6 && tag.allSatisfy(\.isHexDigit) && tag.contains(where: \.isNumber)
    }

    /// `@curb_cut` is "at curb cut".
    static let mention = SpokenRule(.sign) { cursor in
        guard cursor.isAtWordStart, cursor.take("@"),
            let name = cursor.takeRun(2...40, where: { $0.continuesWord || $0 == "_" })
        else { return nil }
        return "at \(splitWords(name))"
    }

    /// The words of `camelCase` and `snake_case`.
    static func splitWords(_ name: String) -> String {
        var words = ""
        var before: Character = " "
        for (i, letter) in name.enumerated() {
            let next = name.dropFirst(i + 1).first
            let isStart =
                letter.isUppercase
                && (before.isLowercase || before.isUppercase && next?.isLowercase == true)
                || letter.isNumber != before.isNumber
            if isStart, before != " " { words += " " }
            words += letter == "_" ? " " : String(letter)
            before = letter == "_" ? " " : letter
        }
        return words.split(separator: " ").joined(separator: " ")
    }

    /// `Ctrl+C`, `Alt-Tab`, `Cmd+Shift+P`.
    static let keys = SpokenRule(.letter) { cursor in
        guard cursor.isAtWordStart else { return nil }
        var names: [String] = []
        while let letters = cursor.takeLetters(2...7), let name = keyNames[letters.lowercased()],
            cursor.take(anyOf: "+-") != nil
        {
            names.append(name)
            if let last = cursor.attempt({ cursor -> String? in
                guard let key = cursor.takeRun(1...9, where: \.continuesWord),
                    keyNames[key.lowercased()] == nil,
                    key.count == 1 || key.first?.isUppercase == true
                else { return nil }
                return key
            }) {
                names.append(last.count == 1 ? last.uppercased() : last)
                return cursor.isAtWordEnd ? names.joined(separator: " ") : nil
            }
        }
        return nil
    }

    private static let keyNames = [
        "ctrl": "Control", "control": "Control", "alt": "Alt", "shift": "Shift", "cmd": "Command",
        "super": "Super", "meta": "Meta", "win": "Windows", "option": "Option", "fn": "Function",
        "altgr": "Alt Graph",
    ]
}

extension Cursor {
    /// A number follows that is not the beginning of a word: `#5`, not `#5th-place`.
    fileprivate var numberEndsWord: Bool {
        var ahead = self
        _ = ahead.takeDigits()
        return ahead.isAtWordEnd
    }
}
