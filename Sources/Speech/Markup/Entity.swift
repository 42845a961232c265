/// The characters that HTML's entities stand for.
enum Entity {
    /// - Parameter text: `&amp;`, `&#233;` or `&#xE9;`.
    /// - Returns: the character; what is unknown stays as it is written.
    static func passage(_ text: Passage) -> Passage {
        guard let place = text.source, let scalar = scalar(text.text) else { return text }
        var result = Passage()
        result.append(scalar, at: place)
        return result
    }

    private static func scalar(_ text: String) -> Unicode.Scalar? {
        let name = text.dropFirst().dropLast()
        if name.hasPrefix("#x") || name.hasPrefix("#X") {
            return UInt32(name.dropFirst(2), radix: 16).flatMap(Unicode.Scalar.init)
        }
        if name.hasPrefix("#") {
            return UInt32(name.dropFirst()).flatMap(Unicode.Scalar.init)
        }
        return named[String(name)]
    }

    private static let named: [String: Unicode.Scalar] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
        "ndash": "–", "mdash": "—", "hellip": "…", "copy": "©", "reg": "®", "trade": "™",
        "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "sect": "§", "deg": "°",
        "plusmn": "±", "times": "×", "divide": "÷", "minus": "−", "le": "≤", "ge": "≥",
        "ne": "≠", "asymp": "≈", "infin": "∞", "radic": "√", "rarr": "→", "larr": "←",
        "uarr": "↑", "darr": "↓", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”",
        "laquo": "«", "raquo": "»", "bull": "•", "middot": "·", "frac12": "½", "frac14": "¼",
        "frac34": "¾", "sup2": "²", "sup3": "³", "micro": "µ", "shy": "\u{AD}", "szlig": "ß",
        "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä", "Ouml": "Ö", "Uuml": "Ü",
        "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç", "ntilde": "ñ", "oslash": "ø",
    ]
}
