/// The few words that are said and not written, and the names of a program's signs.
package struct Wording: Sendable {
    /// Before a picture's description; nil where we do not know the word.
    let picture: String?
    let done: String?
    let toDo: String?
    let language: String
    private let signs: [Unicode.Scalar: String]

    /// - Parameter language: "en-us".
    package init(language: String) {
        self.language = language
        switch language.lowercased().split(separator: "-").first {
        case "en":
            (picture, done, toDo, signs) = ("image", "done", "to do", Self.englishSigns)
        case "de":
            (picture, done, toDo, signs) = ("Bild", "erledigt", "offen", Self.germanSigns)
        default:
            (picture, done, toDo, signs) = (nil, nil, nil, [:])
        }
    }

    /// Names the signs of code, and says `snake_case` and `camelCase` as the words that they are.
    ///
    /// - Parameter code: one line of a program, or a word of one.
    /// - Returns: the same in words, each where its sign is written.
    func codeReading(_ code: Passage) -> Passage {
        guard !signs.isEmpty else { return code }
        var reading = Passage()
        for (i, scalar) in code.scalars.enumerated() {
            let place = code.places[i]
            if let name = signs[scalar] {
                for letter in " \(name) ".unicodeScalars { reading.append(letter, at: place) }
            } else {
                if i > 0, scalar.properties.isUppercase, code.scalars[i - 1].properties.isLowercase
                {
                    reading.append(" ", at: place.lowerBound..<place.lowerBound)
                }
                reading.append(scalar, at: place)
            }
        }
        return reading.withoutDoubleSpaces
    }

    private static let englishSigns: [Unicode.Scalar: String] = [
        "_": "underscore", "-": "dash", "/": "slash", "\\": "backslash", ".": "dot", "=": "equals",
        "+": "plus", "*": "star", "<": "less than", ">": "greater than", "|": "pipe", "&": "and",
        "#": "hash", "@": "at", "$": "dollar", "%": "percent", "^": "caret", "~": "tilde",
        "`": "backtick", "{": "left brace", "}": "right brace", "[": "left bracket",
        "]": "right bracket", "(": "left paren", ")": "right paren", "!": "bang", ":": "colon",
        ";": "semicolon", "\"": "quote", "'": "single quote", ",": "comma", "?": "question mark",
    ]
    private static let germanSigns: [Unicode.Scalar: String] = [
        "_": "Unterstrich", "-": "Strich", "/": "Schrägstrich", "\\": "Backslash", ".": "Punkt",
        "=": "gleich", "+": "plus", "*": "Stern", "<": "kleiner als", ">": "größer als",
        "|": "senkrechter Strich", "&": "und", "#": "Raute", "@": "at", "$": "Dollar",
        "%": "Prozent", "^": "Dach", "~": "Tilde", "`": "Backtick", "{": "geschweifte Klammer auf",
        "}": "geschweifte Klammer zu", "[": "eckige Klammer auf", "]": "eckige Klammer zu",
        "(": "Klammer auf", ")": "Klammer zu", "!": "Ausrufezeichen", ":": "Doppelpunkt",
        ";": "Strichpunkt", "\"": "Anführungszeichen", "'": "Hochkomma", ",": "Komma",
        "?": "Fragezeichen",
    ]
}

extension Passage {
    fileprivate var withoutDoubleSpaces: Passage {
        var result = Passage()
        for (scalar, place) in zip(scalars, places)
        where !(scalar == " " && (result.scalars.last?.isSpace ?? true)) {
            result.append(scalar, at: place)
        }
        return result.trimmed
    }
}
