extension English {
    /// `https://www.example.org/docs/guide.html?x=1`: the host, and a short path.
    static let webAddress = SpokenRule(.letter) { cursor in
        guard cursor.isAtWordStart else { return nil }
        let hasScheme = ["https://", "http://", "ftp://", "file://"].contains {
            cursor.take(text: $0)
        }
        let hasWorldWideWeb = cursor.take(text: "www.")
        guard let host = takeHost(&cursor) else { return nil }
        let isSure = hasScheme || hasWorldWideWeb
        guard isSure || cursor.peek() == "/" && endings.contains(host.last ?? "") else {
            return nil
        }
        if let port = cursor.attempt({ $0.take(":") ? $0.takeDigits(1...5) : nil }) {
            return "\(host.joined(separator: " dot ")) port \(EnglishNumber.digits(port))"
                + takePath(&cursor)
        }
        return host.joined(separator: " dot ") + takePath(&cursor)
    }

    /// `anna.smith@example.org`.
    static let mailAddress = SpokenRule(.letter) { cursor in
        guard cursor.isAtWordStart else { return nil }
        _ = cursor.take(text: "mailto:")
        guard
            let name = cursor.takeRun(
                1...64,
                where: { $0.isASCII && ($0.continuesWord || "._%+-".unicodeScalars.contains($0)) }),
            cursor.take("@"), let host = takeHost(&cursor), host.count > 1
        else { return nil }
        return "\(spelledName(name)) at \(host.joined(separator: " dot "))"
    }

    /// `192.168.0.1`, with `/24` or `:8080`.
    static let internetAddress = SpokenRule(.digit) { cursor in
        guard cursor.isAtWordStart, cursor.peek(-1) != ".", var words = takeFour(&cursor) else {
            return nil
        }
        if let length = cursor.attempt({ $0.take("/") ? $0.takeDigits(1...2) : nil }) {
            words += " slash \(length)"
        } else if let port = cursor.attempt({ $0.take(":") ? $0.takeDigits(1...5) : nil }) {
            words += " port \(port)"
        }
        return cursor.isAtWordEnd ? words : nil
    }

    /// `2001:db8::1`: letter by letter.
    static let longInternetAddress = SpokenRule([.digit, .letter, .sign]) { cursor in
        guard cursor.isAtWordStart, cursor.peek(-1) != ":",
            let text = cursor.takeRun(3...45, where: { $0.isHexDigit || $0 == ":" }),
            cursor.isAtWordEnd
        else { return nil }
        let groups = text.split(separator: ":", omittingEmptySubsequences: false)
        let isShortened = text.contains("::")
        guard groups.allSatisfy({ $0.count <= 4 }),
            isShortened ? (3...8).contains(groups.count) : groups.count == 8,
            !text.hasSuffix(":")
                || text.hasSuffix("::"), text.contains(where: \.isHexDigit)
        else { return nil }
        // Twelve o'clock has no two colons; std::min does not end in digits.
        guard groups.count > 3 || text.contains(where: \.isNumber) else { return nil }
        return groups.map { spelled($0) }.joined(separator: " colon ")
            .split(separator: " ").joined(separator: " ")
    }

    /// `00:1a:2b:3c:4d:5e`, `00-1A-2B-3C-4D-5E`.
    static let hardwareAddress = SpokenRule([.digit, .letter]) { cursor in
        guard cursor.isAtWordStart, let first = cursor.takeRun(2...2, where: \.isHexDigit),
            let sign = cursor.take(anyOf: ":-")
        else { return nil }
        var parts = [first]
        while parts.count < 6 {
            guard parts.count == 1 || cursor.take(sign),
                let part = cursor.takeRun(2...2, where: \.isHexDigit)
            else { return nil }
            parts.append(part)
        }
        guard cursor.isAtWordEnd, cursor.peek() != sign else { return nil }
        return parts.map { spelled($0) }.joined(separator: ", ")
    }

    private static func takeFour(_ cursor: inout Cursor) -> String? {
        cursor.attempt { cursor in
            var parts: [String] = []
            while parts.count < 4 {
                guard parts.isEmpty || cursor.take("."),
                    let part = cursor.takeDigits(1...3), let value = Int(part), value < 256
                else { return nil }
                parts.append(part)
            }
            guard cursor.isAtWordEnd, cursor.peek() != "." || cursor.isAtTokenEnd else {
                return nil
            }
            return parts.joined(separator: " dot ")
        }
    }

    private static func takeHost(_ cursor: inout Cursor) -> [String]? {
        cursor.attempt { cursor in
            var labels: [String] = []
            while let label = cursor.attempt({ cursor -> String? in
                guard labels.isEmpty || cursor.take(".") else { return nil }
                return cursor.takeRun(1...63) {
                    $0.continuesWord || $0 == "-" || $0 == "_"
                }
            }) { labels.append(label) }
            guard let last = labels.last else { return nil }
            return last == "localhost" || labels.count > 1 ? labels : nil
        }
    }

    /// One short part of a path is said; of a longer one, that there is more.
    private static func takePath(_ cursor: inout Cursor) -> String {
        var path =
            cursor.takeRun(0...4000) { !$0.isSpace && !"<>\"”»|".unicodeScalars.contains($0) } ?? ""
        // The sentence's own marks are not of the address.
        while let last = path.unicodeScalars.last, ".,;:!?)]}'’*".unicodeScalars.contains(last),
            last != ")" || !path.contains("(")
        {
            path.unicodeScalars.removeLast()
            cursor.position -= 1
        }
        let parts = path.split(separator: "/")
        guard let first = parts.first else { return "" }
        if parts.count == 1, first.count <= 20,
            first.allSatisfy({ $0.isLetter || $0.isNumber || "-._~@".contains($0) })
        {
            return " slash \(spelledName(String(first)))"
        }
        return " and so on"
    }

    /// The signs of an address by name, the words as they are.
    static func spelledName(_ name: String) -> String {
        name.map { signNames[$0].map { " \($0) " } ?? String($0) }.joined()
            .split(separator: " ").joined(separator: " ")
    }

    /// Each letter and each digit by itself.
    static func spelled(_ text: some StringProtocol) -> String {
        text.map { $0.wholeNumberValue.map { EnglishNumber.cardinal($0) } ?? $0.uppercased() }
            .joined(separator: " ")
    }

    private static let signNames: [Character: String] = [
        ".": "dot", "-": "dash", "_": "underscore", "+": "plus", "%": "percent", "~": "tilde",
        "@": "at",
    ]
    /// After a host without a scheme, with a path: `github.com/apple`.
    private static let endings: Set<String> = [
        "com", "org", "net", "edu", "gov", "io", "dev", "uk", "de", "fr", "eu", "us", "info", "app",
        "ai", "co", "me", "tv", "ch", "at", "nl", "ca", "au",
    ]
}

extension Unicode.Scalar {
    fileprivate var isHexDigit: Bool { properties.isASCIIHexDigit }
}
