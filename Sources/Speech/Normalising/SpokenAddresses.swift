/// How the addresses of a network are read aloud, in the words of a language.
struct SpokenAddresses: Sendable {
    /// The names of the signs in an address; there is one for `.` and one for `@`.
    let signs: [Character: String]
    let slash: String
    let port: String
    /// Said in place of a long path.
    let rest: String
    /// Words for each digit.
    let digits: @Sendable (String) -> String

    private var dot: String { " \(signs["."] ?? ".") " }

    /// `https://www.example.org/docs/guide.html?x=1`: the host, and a short path.
    var web: SpokenRule {
        SpokenRule(.letter) { cursor in
            guard cursor.isAtWordStart else { return nil }
            let hasScheme = Self.schemes.contains { cursor.take(text: $0) }
            let hasWorldWideWeb = cursor.take(text: "www.")
            guard let host = takeHost(&cursor) else { return nil }
            let isSure = hasScheme || hasWorldWideWeb
            guard isSure || cursor.peek() == "/" && Self.endings.contains(host.last ?? "") else {
                return nil
            }
            let name = host.joined(separator: dot)
            if let port = cursor.attempt({ $0.take(":") ? $0.takeDigits(1...5) : nil }) {
                return "\(name) \(self.port) \(digits(port))" + takePath(&cursor)
            }
            return name + takePath(&cursor)
        }
    }

    /// `anna.smith@example.org`.
    var mail: SpokenRule {
        SpokenRule(.letter) { cursor in
            guard cursor.isAtWordStart else { return nil }
            _ = cursor.take(text: "mailto:")
            guard
                let name = cursor.takeRun(
                    1...64,
                    where: {
                        $0.isASCII && ($0.continuesWord || "._%+-".unicodeScalars.contains($0))
                    }),
                cursor.take("@"), let host = takeHost(&cursor), host.count > 1
            else { return nil }
            return "\(spelledName(name)) \(signs["@"] ?? "@") \(host.joined(separator: dot))"
        }
    }

    /// `192.168.0.1`, with `/24` or `:8080`.
    var internet: SpokenRule {
        SpokenRule(.digit) { cursor in
            guard cursor.isAtWordStart, cursor.peek(-1) != ".", var words = takeFour(&cursor)
            else { return nil }
            if let length = cursor.attempt({ $0.take("/") ? $0.takeDigits(1...2) : nil }) {
                words += " \(slash) \(length)"
            } else if let port = cursor.attempt({ $0.take(":") ? $0.takeDigits(1...5) : nil }) {
                words += " \(self.port) \(port)"
            }
            return cursor.isAtWordEnd ? words : nil
        }
    }

    /// The signs of an address by name, the words as they are.
    func spelledName(_ name: String) -> String {
        name.map { signs[$0].map { " \($0) " } ?? String($0) }.joined()
            .split(separator: " ").joined(separator: " ")
    }

    private func takeFour(_ cursor: inout Cursor) -> String? {
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
            return parts.joined(separator: dot)
        }
    }

    private func takeHost(_ cursor: inout Cursor) -> [String]? {
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
    private func takePath(_ cursor: inout Cursor) -> String {
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
            return " \(slash) \(spelledName(String(first)))"
        }
        return " \(rest)"
    }

    private static let schemes = ["https://", "http://", "ftp://", "file://"]

    /// After a host without a scheme, with a path: `github.com/apple`.
    private static let endings: Set<String> = [
        "com", "org", "net", "edu", "gov", "io", "dev", "uk", "de", "fr", "eu", "us", "info", "app",
        "ai", "co", "me", "tv", "ch", "at", "nl", "ca", "au",
    ]
}
